"""An organization's own settings, what it may have, and the end of it."""

from typing import Any

import pytest
from httpx import AsyncClient

from pytake.identity.types import Role
from pytake.runtime import Runtime
from tests.factories import Somebody, a_number, a_user, somebody

HERE = "/api/v1/organization"


@pytest.fixture
async def boss(runtime: Runtime) -> Somebody:
    return await somebody(runtime, role=Role.ORG_ADMIN)


async def test_a_new_organization_is_brazilian_and_has_no_limit(client: AsyncClient, boss: Somebody) -> None:
    shown = (await client.get(HERE, headers=boss.headers)).json()

    assert (shown["timezone"], shown["locale"]) == ("America/Sao_Paulo", "pt-BR")
    assert set(shown["limits"].values()) == {None}
    usage = (await client.get(f"{HERE}/usage", headers=boss.headers)).json()
    assert {use["allowed"] for use in usage["limits"].values()} == {None}
    assert usage["limits"]["max_agents"]["used"] == 1
    assert usage["months"] == []


async def test_settings_are_changed_and_what_is_left_out_stays(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    async with runtime.work(boss.organization_id) as work:
        await work.execute("""UPDATE organizations SET settings = '{"kept": 1}'""")

    changes = {"name": "Padaria Lua", "slug": f"lua-{boss.id.hex[-8:]}", "timezone": "Europe/Lisbon"}
    changed = await client.patch(HERE, json=changes, headers=boss.headers)
    again = await client.patch(HERE, json={"locale": "en"}, headers=boss.headers)

    assert {name: changed.json()[name] for name in changes} == changes
    assert again.json()["timezone"] == "Europe/Lisbon"
    me = (await client.get("/api/v1/auth/me", headers=boss.headers)).json()
    assert me["organization"]["timezone"] == "Europe/Lisbon"
    async with runtime.work(boss.organization_id) as work:
        (row,) = await work.fetch("SELECT settings FROM organizations")
    assert row["settings"] == {"kept": 1, "timezone": "Europe/Lisbon", "locale": "en"}


NOT_VALID: list[tuple[dict[str, Any], str]] = [
    ({"timezone": "Mars/Olympus"}, "timezone_unknown"),
    ({"timezone": "<-03>3"}, "invalid"),
    ({"timezone": "EST5EDT4"}, "timezone_unknown"),
    ({"locale": "tlh"}, "invalid"),
    ({"slug": "Não é slug"}, "invalid"),
    ({"name": ""}, "invalid"),
    ({"plan_type": "enterprise"}, "invalid"),
    ({"limits": {}}, "invalid"),
    ({"is_active": False}, "invalid"),
]


async def test_what_is_not_valid_is_named(client: AsyncClient, boss: Somebody) -> None:
    for wrong, code in NOT_VALID:
        answer = await client.patch(HERE, json=wrong, headers=boss.headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, code), wrong


async def test_a_slug_is_given_once(client: AsyncClient, runtime: Runtime, boss: Somebody) -> None:
    other = await somebody(runtime)
    async with runtime.work(other.organization_id) as work:
        (row,) = await work.fetch("SELECT slug FROM organizations")

    answer = await client.patch(HERE, json={"slug": row["slug"]}, headers=boss.headers)

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "slug_taken")


async def test_the_end_of_an_organization_is_meant(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    slug = (await client.get(HERE, headers=boss.headers)).json()["slug"]
    root_id, _ = await a_user(runtime, boss.organization_id, role=Role.SUPER_ADMIN)
    home = await client.delete(HERE, params={"slug": slug}, headers=boss.headers)
    async with runtime.work(boss.organization_id) as work:
        await work.execute("UPDATE users SET role = 'agent' WHERE id = $1", root_id)
    by_mistake = await client.delete(HERE, params={"slug": "another"}, headers=boss.headers)
    meant = await client.delete(HERE, params={"slug": slug}, headers=boss.headers)

    assert home.json()["error"]["code"] == "own_organization"
    assert by_mistake.json()["error"]["code"] == "slug_does_not_match"
    assert meant.status_code == 204
    assert (await client.get(HERE, headers=boss.headers)).status_code == 401
    async with runtime.work(boss.organization_id) as work:
        (row,) = await work.fetch("SELECT deleted_at IS NOT NULL AS gone FROM organizations")
    assert row["gone"]


async def test_what_messages_cost_is_told_by_month_number_and_category(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    nothing = await client.get(f"{HERE}/charges", headers=boss.headers)
    async with runtime.work(boss.organization_id) as work:
        numbers = [await a_number(work, display_name=name) for name in ("Centro", "=Bairro")]
        for month, number, category, kind, messages in (
            ("2026-10-01", 0, "utility", "regular", 5),
            ("2026-11-01", 0, "service", "free_customer_service", 9),
            ("2026-11-01", 0, "service", "regular", 2),
            ("2026-11-01", 1, "marketing", "regular", 3),
        ):
            await work.execute(
                """
                INSERT INTO message_charges (organization_id, month, whatsapp_number_id, category, type,
                                             messages)
                VALUES ($1, $2::text::date, $3, $4, $5, $6)
                """,
                boss.organization_id,
                month,
                numbers[number],
                category,
                kind,
                messages,
            )
    told = (await client.get(f"{HERE}/charges", headers=boss.headers)).json()["items"]
    file = await client.get(f"{HERE}/charges/export", params={"separator": "semicolon"}, headers=boss.headers)

    assert nothing.json() == {"items": []}
    fields = ("month", "display_name", "category", "charged", "free")
    assert [tuple(each[name] for name in fields) for each in told] == [
        ("2026-11-01", "=Bairro", "marketing", 3, 0),
        ("2026-11-01", "Centro", "service", 2, 9),
        ("2026-10-01", "Centro", "utility", 5, 0),
    ]
    head, first, *_ = file.content.decode("utf-8-sig").splitlines()
    assert head == "month;phone_number;display_name;category;charged;free"
    assert first.split(";")[2:] == ["'=Bairro", "marketing", "3", "0"], "nothing is computed"
