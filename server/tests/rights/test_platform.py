"""The super administrator's area: every organization, made, suspended, limited; nobody else's business."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient

from pytake.identity.types import Role
from pytake.runtime import Runtime
from tests.factories import Somebody, somebody

ALL = "/api/v1/platform/organizations"


@pytest.fixture
async def root(runtime: Runtime) -> Somebody:
    return await somebody(runtime, role=Role.SUPER_ADMIN)


async def _create(client: AsyncClient, root: Somebody, **fields: Any) -> Any:
    slug = fields.pop("slug", f"made-{uuid4().hex[:12]}")
    answer = await client.post(ALL, json={"name": "Café Sol", "slug": slug, **fields}, headers=root.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_an_organization_is_made_without_limits_or_with_a_plan_s(
    client: AsyncClient, root: Somebody
) -> None:
    free = await _create(client, root)
    paid = await _create(
        client, root, plan_type="starter", limits={"max_agents": None, "max_chatbots": 7}, locale="es"
    )

    assert set(free["limits"].values()) == {None}
    assert (paid["plan_type"], paid["locale"], paid["limits"]["max_departments"]) == ("starter", "es", 5)
    assert (paid["limits"]["max_agents"], paid["limits"]["max_chatbots"]) == (None, 7)
    assert {(use["used"], use["is_more"]) for use in paid["uses"].values()} == {(0, False)}


async def test_a_plan_changes_its_limits_and_a_limit_only_itself(client: AsyncClient, root: Somebody) -> None:
    made = await _create(client, root)
    one = f"{ALL}/{made['id']}"

    planned = (await client.patch(one, json={"plan_type": "free"}, headers=root.headers)).json()
    raised = (await client.patch(one, json={"limits": {"max_agents": 50}}, headers=root.headers)).json()
    ends = {"plan_expires_at": "2031-01-01T00:00:00Z", "name": "Café Lua"}
    ended = (await client.patch(one, json=ends, headers=root.headers)).json()

    assert (planned["limits"]["max_agents"], planned["limits"]["max_contacts"]) == (3, 1000)
    assert (raised["limits"]["max_agents"], raised["limits"]["max_contacts"]) == (50, 1000)
    assert {name: ended[name] for name in ends} == ends
    assert ended["limits"] == raised["limits"]


async def test_raising_the_month_s_limit_lets_the_bots_speak_again(
    client: AsyncClient, runtime: Runtime, root: Somebody
) -> None:
    made = await _create(client, root, limits={"monthly_message_limit": 5})
    async with runtime.work(UUID(made["id"])) as work:
        await work.execute(
            """
            INSERT INTO message_usage (organization_id, month, sent)
            VALUES ($1, date_trunc('month', now() AT TIME ZONE 'America/Sao_Paulo'), 5)
            """,
            work.organization_id,
        )

    async def paused(allowed: int | None) -> bool:
        body = {"limits": {"monthly_message_limit": allowed}}
        answer = await client.patch(f"{ALL}/{made['id']}", json=body, headers=root.headers)
        return answer.json()["messages_paused_until"] is not None

    assert [await paused(allowed) for allowed in (5, 6, 4, None)] == [True, False, True, False]


async def test_suspending_and_deleting_shut_everybody_out_and_can_be_taken_back(
    client: AsyncClient, runtime: Runtime, root: Somebody
) -> None:
    member = await somebody(runtime)
    one = f"{ALL}/{member.organization_id}"

    async def is_in() -> bool:
        return (await client.get("/api/v1/auth/me", headers=member.headers)).status_code == 200

    assert await is_in()
    assert (await client.patch(one, json={"is_active": False}, headers=root.headers)).status_code == 200
    assert not await is_in()
    assert (await client.patch(one, json={"is_active": True}, headers=root.headers)).status_code == 200
    assert await is_in()
    assert (await client.delete(one, headers=root.headers)).status_code == 204
    assert not await is_in()
    assert (await client.get(one, headers=root.headers)).json()["deleted_at"] is not None
    assert (await client.put(f"{one}/restored", headers=root.headers)).json()["deleted_at"] is None
    assert await is_in()
    for answer in (
        await client.patch(f"{ALL}/{root.organization_id}", json={"is_active": False}, headers=root.headers),
        await client.delete(f"{ALL}/{root.organization_id}", headers=root.headers),
    ):
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "own_organization")
    async with runtime.work(member.organization_id) as work:
        rows = await work.fetch("SELECT action, user_id FROM audit_logs ORDER BY created_at")
    assert [row["action"].removeprefix("organization.") for row in rows] == [
        "updated",
        "updated",
        "deleted",
        "restored",
    ]
    assert {row["user_id"] for row in rows} == {root.id}


async def test_nobody_closes_an_organization_where_super_administrators_work(
    client: AsyncClient, runtime: Runtime, root: Somebody
) -> None:
    """Two of them could close each other's, and nobody would be left who opens one again."""
    other = await somebody(runtime, role=Role.SUPER_ADMIN)
    one = f"{ALL}/{other.organization_id}"

    refused = (
        await client.patch(one, json={"is_active": False}, headers=root.headers),
        await client.delete(one, headers=root.headers),
    )
    renamed = await client.patch(one, json={"name": "Matriz", "is_active": True}, headers=root.headers)
    restored = await client.put(f"{one}/restored", headers=root.headers)

    for answer in refused:
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "own_organization")
    assert (renamed.status_code, restored.status_code) == (200, 200)
    assert (await client.get("/api/v1/auth/me", headers=other.headers)).status_code == 200


async def test_organizations_are_listed_by_slug_and_found_by_state_and_name(
    client: AsyncClient, root: Somebody
) -> None:
    mark = uuid4().hex[:8]
    made = [await _create(client, root, name=f"Casa {mark} {n}", slug=f"casa-{mark}-{n}") for n in range(5)]
    await client.patch(f"{ALL}/{made[1]['id']}", json={"is_active": False}, headers=root.headers)
    await client.delete(f"{ALL}/{made[2]['id']}", headers=root.headers)

    async def shown(**params: Any) -> list[int]:
        page = (await client.get(ALL, params={"q": mark, **params}, headers=root.headers)).json()
        return [int(item["slug"][-1]) for item in page["items"]]

    assert await shown() == [0, 1, 2, 3, 4]
    assert await shown(state="active") == [0, 3, 4]
    assert await shown(state="suspended") == [1]
    assert await shown(state="deleted") == [2]
    assert await shown(q=f"CASA {mark} 3") == [3]
    first = (await client.get(ALL, params={"q": mark, "limit": 2}, headers=root.headers)).json()
    assert await shown(limit=2, cursor=first["next"]) == [2, 3]
    assert await shown(cursor=f"casa-{mark}-4") == []


async def test_it_is_nobody_else_s_business(client: AsyncClient, runtime: Runtime, root: Somebody) -> None:
    boss = await somebody(runtime, role=Role.ORG_ADMIN)
    for method, path in (("GET", ALL), ("POST", ALL), ("GET", f"{ALL}/{boss.organization_id}")):
        answer = await client.request(method, path, json={"name": "x", "slug": "x"}, headers=boss.headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "permission_missing")
    unknown = await client.get(f"{ALL}/{uuid4()}", headers=root.headers)
    assert unknown.status_code == 404


async def test_a_creation_that_is_sent_again_finds_what_it_made(client: AsyncClient, root: Somebody) -> None:
    headers = {**root.headers, "idempotency-key": str(uuid4())}
    body = {"name": "Café Sol", "slug": f"once-{uuid4().hex[:12]}"}

    first = await client.post(ALL, json=body, headers=headers)
    again = await client.post(ALL, json=body, headers=headers)
    other = await client.post(ALL, json={**body, "name": "Café Lua"}, headers=headers)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert [each.headers.get("idempotent-replayed") for each in (first, again)] == [None, "true"]
    assert (other.status_code, other.json()["error"]["code"]) == (422, "idempotency_key_reused")
    wrong = await client.post(ALL, json={**body, "timezone": "Mars/Olympus"}, headers=root.headers)
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "timezone_unknown")


async def test_twins_find_the_same_organization(client: AsyncClient, root: Somebody) -> None:
    headers = {**root.headers, "idempotency-key": str(uuid4())}
    body = {"name": "Café Sol", "slug": f"twins-{uuid4().hex[:12]}"}

    answers = await asyncio.gather(*(client.post(ALL, json=body, headers=headers) for _ in range(6)))

    assert [answer.status_code for answer in answers] == [201] * 6
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 1
