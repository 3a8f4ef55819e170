"""People of an organization: seen, changed and removed by whoever may, and never beyond their own reach."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient

from pytake.identity.permissions import OF_ROLE, Permission
from pytake.identity.types import Role
from pytake.runtime import Runtime
from tests.factories import Somebody, a_conversation, a_department, grant, hand_to, somebody


@pytest.fixture
async def boss(runtime: Runtime) -> Somebody:
    return await somebody(runtime, role=Role.ORG_ADMIN)


async def _patch(client: AsyncClient, actor: Somebody, user_id: UUID, **changes: Any) -> Any:
    return await client.patch(f"/api/v1/people/{user_id}", json=changes, headers=actor.headers)


def _refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def test_people_are_listed_page_by_page_and_found_by_what_they_are(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    agents = [await somebody(runtime, boss.organization_id) for _ in range(3)]
    viewer = await somebody(runtime, boss.organization_id, role=Role.VIEWER)
    async with runtime.work(boss.organization_id) as work:
        sales = await a_department(work, agents[0].id)
        await work.execute("UPDATE users SET is_active = false WHERE id = $1", agents[1].id)
        await work.execute("UPDATE users SET full_name = 'João Ávila' WHERE id = $1", agents[2].id)

    async def shown(**params: Any) -> list[UUID]:
        answer = await client.get("/api/v1/people", params=params, headers=boss.headers)
        assert answer.status_code == 200, answer.text
        return [UUID(item["id"]) for item in answer.json()["items"]]

    everybody = [viewer.id, *(agent.id for agent in reversed(agents)), boss.id]
    assert await shown() == everybody
    assert await shown(role="viewer") == [viewer.id]
    assert await shown(is_active=False) == [agents[1].id]
    assert await shown(department_id=sales) == [agents[0].id]
    assert await shown(q="joão á") == await shown(q="JOAO A") == [agents[2].id]
    paged: list[str] = []
    cursor: str | None = None
    while cursor is not None or not paged:
        params: dict[str, Any] = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/api/v1/people", params=params, headers=boss.headers)).json()
        paged += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert [UUID(item) for item in paged] == everybody
    one = (await client.get(f"/api/v1/people/{agents[0].id}", headers=boss.headers)).json()
    assert [department["id"] for department in one["departments"]] == [str(sales)]
    assert "password" not in str(one)


ORDERS = {
    "name": ["Álvaro", "ana", "Bia", "Íris", "zé"],
    "role": ["Íris", "Álvaro", "ana", "zé", "Bia"],
    "last_seen_at": ["ana", "Álvaro", "Bia", "zé", "Íris"],
    "created_at": ["Íris", "zé", "ana", "Bia", "Álvaro"],
}


@pytest.mark.parametrize("sort", [way + by for by in ORDERS for way in ("", "-")])
async def test_people_are_listed_in_the_order_that_is_asked_for(
    client: AsyncClient, runtime: Runtime, boss: Somebody, sort: str
) -> None:
    """Accents and case do not count, and no page loses or repeats anybody. Who never came was there first."""
    hours = {"Íris": 1, "zé": 2, "ana": None, "Bia": 3, "Álvaro": 4}
    people = [boss] + [
        await somebody(runtime, boss.organization_id, role=Role.VIEWER if name == "Bia" else Role.AGENT)
        for name in list(hours)[1:]
    ]
    async with runtime.work(boss.organization_id) as work:
        for person, (name, ago) in zip(people, hours.items(), strict=True):
            await work.execute(
                "UPDATE users SET full_name = $2, last_seen_at = now() - $3 * interval '1h' WHERE id = $1",
                person.id,
                name,
                ago,
            )

    listed: list[str] = []
    cursor: str | None = None
    while cursor is not None or not listed:
        params: dict[str, Any] = {"limit": 2, "sort": sort} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/api/v1/people", params=params, headers=boss.headers)).json()
        listed += [item["full_name"] for item in page["items"]]
        cursor = page["next"]

    expected = ORDERS[sort.removeprefix("-")]
    assert listed == (expected[::-1] if sort.startswith("-") else expected)


async def test_everybody_sees_what_they_may_do_themselves(client: AsyncClient, runtime: Runtime) -> None:
    for role in Role:
        user = await somebody(runtime, role=role)
        me = await client.get("/api/v1/people/me", headers=user.headers)
        assert me.json()["id"] == str(user.id)
        assert set(me.json()["granted"]) == OF_ROLE[role]


async def test_a_role_a_preset_and_single_permissions_add_up(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    ana = await somebody(runtime, boss.organization_id, role=Role.VIEWER)

    changed = await _patch(
        client, boss, ana.id, role="agent", preset="supervisor", permissions=["organization.write"]
    )

    assert changed.status_code == 200
    person = changed.json()
    assert (person["role"], person["preset"], person["permissions"]) == (
        "agent",
        "supervisor",
        ["organization.write"],
    )
    assert {"people.read", "conversations.read_all", "organization.write"} <= set(person["granted"])
    for path in ("/api/v1/people", "/api/v1/organization"):
        assert (await client.get(path, headers=ana.headers)).status_code == 200
    several = ["organization.write", "api_keys.read", "organization.write"]
    await _patch(client, boss, ana.id, preset=None, permissions=several)
    async with runtime.work(boss.organization_id) as work:
        (row,) = await work.fetch("SELECT permissions FROM users WHERE id = $1", ana.id)
    assert row["permissions"] == ["api_keys.read", "organization.write"]
    plain = await _patch(client, boss, ana.id, preset=None, permissions=[])
    assert (plain.json()["preset"], plain.json()["permissions"]) == (None, [])
    assert (await client.get("/api/v1/people", headers=ana.headers)).status_code == 403


async def test_one_s_own_rights_may_be_repeated_in_any_order(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    async with runtime.work(boss.organization_id) as work:
        await grant(work, boss.id, "api_keys.read", "organization.write")

    for repeated in (["organization.write", "api_keys.read"], ["api_keys.read", "organization.write"] * 2):
        answer = await _patch(client, boss, boss.id, full_name="Ana", permissions=repeated)
        assert answer.status_code == 200, answer.text
    other = await _patch(client, boss, boss.id, permissions=["api_keys.read"])
    assert _refusal(other) == (409, "not_yourself")


async def test_who_is_switched_off_or_removed_is_out_at_once(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    ana = await somebody(runtime, boss.organization_id)

    assert (await _patch(client, boss, ana.id, is_active=False)).json()["is_active"] is False
    assert (await client.get("/api/v1/auth/me", headers=ana.headers)).status_code == 401
    assert (await _patch(client, boss, ana.id, is_active=True)).status_code == 200
    back = await client.get("/api/v1/auth/me", headers=ana.headers)
    assert back.status_code == 401, "back at work is not signed in again"

    gone = await client.delete(f"/api/v1/people/{ana.id}", headers=boss.headers)
    assert (gone.status_code, gone.content) == (204, b"")
    assert (await client.get("/api/v1/auth/me", headers=ana.headers)).status_code == 401
    for answer in (
        await client.get(f"/api/v1/people/{ana.id}", headers=boss.headers),
        await client.delete(f"/api/v1/people/{ana.id}", headers=boss.headers),
        await client.get(f"/api/v1/people/{uuid4()}", headers=boss.headers),
    ):
        assert _refusal(answer) == (404, "not_found")


async def test_nobody_reaches_beyond_what_they_hold(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    deputy = await somebody(runtime, boss.organization_id)
    ana = await somebody(runtime, boss.organization_id)
    root = await somebody(runtime, boss.organization_id, role=Role.SUPER_ADMIN)
    async with runtime.work(boss.organization_id) as work:
        await grant(work, deputy.id, "people.write", "people.read")

    refused = [
        await _patch(client, deputy, ana.id, role="org_admin"),
        await _patch(client, deputy, ana.id, permissions=["api_keys.write"]),
        await _patch(client, deputy, boss.id, full_name="Nobody"),
        await client.delete(f"/api/v1/people/{boss.id}", headers=deputy.headers),
        await _patch(client, boss, ana.id, role="super_admin"),
        await _patch(client, boss, root.id, is_active=False),
        await client.delete(f"/api/v1/people/{root.id}", headers=boss.headers),
    ]
    assert [_refusal(answer) for answer in refused] == [(403, "beyond_your_own")] * len(refused)
    besides = await _patch(client, root, ana.id, permissions=["platform.read"])
    assert _refusal(besides) == (422, "not_grantable")
    assert (await _patch(client, deputy, ana.id, is_active=False)).status_code == 200
    assert (await _patch(client, root, ana.id, role="super_admin")).status_code == 200


async def test_nobody_changes_what_they_are_themselves(client: AsyncClient, boss: Somebody) -> None:
    mine: list[dict[str, Any]] = [{"role": "agent"}, {"is_active": False}, {"preset": "supervisor"}]
    for changes in mine:
        assert _refusal(await _patch(client, boss, boss.id, **changes)) == (409, "not_yourself")
    own = await client.delete(f"/api/v1/people/{boss.id}", headers=boss.headers)
    assert _refusal(own) == (409, "not_yourself")
    renamed = await _patch(client, boss, boss.id, full_name="Ana Lima", phone_number="+55 11 91111-2222")
    assert (renamed.json()["full_name"], renamed.json()["phone_number"]) == ("Ana Lima", "+55 11 91111-2222")


async def test_two_administrators_who_switch_each_other_off_leave_one(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    for _ in range(5):
        other = await somebody(runtime, boss.organization_id, role=Role.ORG_ADMIN)
        answers = await asyncio.gather(
            _patch(client, boss, other.id, role="agent"), _patch(client, other, boss.id, role="agent")
        )
        async with runtime.work(boss.organization_id) as work:
            left = await work.fetch("SELECT id FROM users WHERE role = 'org_admin' AND is_active")
            await work.execute("UPDATE users SET role = 'org_admin' WHERE id = $1", boss.id)
            await work.execute("UPDATE users SET role = 'agent' WHERE id = $1", other.id)
        assert len(left) == 1
        assert min(answer.status_code for answer in answers) == 200
        assert {_refusal(answer) for answer in answers if answer.status_code != 200} <= {
            (409, "last_administrator"),
            (403, "permission_missing"),
            (403, "beyond_your_own"),
        }


NOT_VALID: list[dict[str, Any]] = [
    {"role": "owner"},
    {"role": None},
    {"permissions": ["everything"]},
    {"preset": "king"},
    {"full_name": " "},
    {"full_name": "a\x00b"},
    {"full_name": "Ana\nBia"},
    {"full_name": "<b>Ana</b>"},
    {"phone_number": "call me"},
    {"is_active": "perhaps"},
    {"email": "other@padaria.example"},
    {"password_hash": "x"},
    {"organization_id": str(uuid4())},
]


async def test_what_is_not_valid_is_named(client: AsyncClient, runtime: Runtime, boss: Somebody) -> None:
    ana = await somebody(runtime, boss.organization_id)
    for changes in NOT_VALID:
        answer = await _patch(client, boss, ana.id, **changes)
        assert _refusal(answer) == (422, "invalid")
        (name,) = changes
        assert answer.json()["error"]["details"]["fields"][0]["field"].startswith(f"body.{name}")


async def test_every_change_leaves_one_row_in_the_audit_trail(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    ana = await somebody(runtime, boss.organization_id)
    await _patch(client, boss, ana.id, role="viewer")
    await client.delete(f"/api/v1/people/{ana.id}", headers=boss.headers)

    async with runtime.work(boss.organization_id) as work:
        rows = await work.fetch(
            "SELECT action, user_id, resource_id, changes FROM audit_logs ORDER BY created_at"
        )
    assert [(row["action"], row["user_id"], row["resource_id"]) for row in rows] == [
        ("user.updated", boss.id, ana.id),
        ("user.deleted", boss.id, ana.id),
    ]
    assert rows[0]["changes"] == {"before": {"role": "agent"}, "after": {"role": "viewer"}}


async def test_what_somebody_had_to_answer_is_given_back_when_they_are_removed(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    ana, bia = [await somebody(runtime, boss.organization_id) for _ in range(2)]
    async with runtime.work(boss.organization_id) as work:
        talks = {status: await a_conversation(work, status=status) for status in ("assigned", "resolved")}
        talks["bot's"] = await a_conversation(work, status="pending")
        talks["written by hand"] = await a_conversation(work, status="open")
        for talk in talks.values():
            await hand_to(work, talk, user_id=ana.id)
        await hand_to(work, others := await a_conversation(work, status="assigned"), user_id=bia.id)
        await work.execute(
            "UPDATE conversations SET is_bot_active = false WHERE id = $1", talks["written by hand"]
        )

    assert (await client.delete(f"/api/v1/people/{ana.id}", headers=boss.headers)).status_code == 204

    async with runtime.work(boss.organization_id) as work:
        rows = await work.fetch("SELECT id, status, assigned_to, entered_queue_at FROM conversations")
        told = await work.fetch("SELECT payload FROM events WHERE type = 'conversation.updated'")
    now = {row["id"]: (row["status"], row["assigned_to"], row["entered_queue_at"] is None) for row in rows}
    assert now == {
        talks["assigned"]: ("waiting_in_queue", None, False),
        talks["written by hand"]: ("waiting_in_queue", None, False),
        talks["bot's"]: ("pending", None, True),
        talks["resolved"]: ("resolved", ana.id, True),
        others: ("assigned", bia.id, True),
    }
    assert {row["payload"]["conversation_id"]: row["payload"]["status"] for row in told} == {
        str(talks["assigned"]): "waiting_in_queue",
        str(talks["written by hand"]): "waiting_in_queue",
        str(talks["bot's"]): "pending",
    }


async def test_who_was_seen_a_moment_ago_is_online(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    now, long_ago, off = [await somebody(runtime, boss.organization_id) for _ in range(3)]
    async with runtime.work(boss.organization_id) as work:
        sales = await a_department(work, now.id, long_ago.id, off.id)
        await work.execute("UPDATE users SET last_seen_at = now() WHERE id = ANY($1)", [now.id, off.id])
        await work.execute(
            "UPDATE users SET last_seen_at = now() - interval '2 minutes' WHERE id = $1", long_ago.id
        )
        await work.execute("UPDATE users SET is_active = false WHERE id = $1", off.id)

    people = (await client.get("/api/v1/people", headers=boss.headers)).json()["items"]
    members = await client.get(f"/api/v1/departments/{sales}/members", headers=boss.headers)

    online = {str(now.id): True, str(long_ago.id): False, str(off.id): False}
    assert {p["id"]: p["is_online"] for p in people if p["id"] != str(boss.id)} == online
    assert {m["user_id"]: m["is_online"] for m in members.json()["items"]} == online


async def test_the_table_of_permissions_is_told_to_everybody(client: AsyncClient, runtime: Runtime) -> None:
    for role in Role:
        user = await somebody(runtime, role=role)
        table = (await client.get("/api/v1/permissions", headers=user.headers)).json()
        assert [row["permission"] for row in table["permissions"]] == list(Permission)
        assert {row["role"]: set(row["permissions"]) for row in table["roles"]} == OF_ROLE
        (supervisor,) = table["presets"]
        assert supervisor["preset"] == "supervisor"
        assert set(supervisor["permissions"]) > OF_ROLE[Role.AGENT]
        given = {row["permission"]: (row["is_grantable"], row["is_for_keys"]) for row in table["permissions"]}
        assert given["platform.write"] == (False, False)
        assert given["people.write"] == (True, False)
        assert given["people.read"] == (True, True)
    assert (await client.get("/api/v1/permissions")).status_code == 401
