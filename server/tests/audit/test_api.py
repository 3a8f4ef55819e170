"""The audit trail as administrators read it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from httpx import AsyncClient

from pytake.audit import jobs, tasks
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.entrypoints.schedule import SCHEDULE
from pytake.identity.types import Role
from pytake.kit.ids import new_id
from pytake.kit.work import Actor
from tests.factories import Somebody, somebody
from tests.runtimes import NoJobs

URL = "/api/v1/audit-logs"


async def deeds(runtime: BuiltRuntime, organization_id: UUID, actions: Sequence[str], **said: Any) -> None:
    for action in actions:
        async with runtime.work(organization_id, Actor("user", said.get("user_id"))) as work:
            work.audit(action, said.get("resource_id"), after={"n": 1})


@pytest.fixture
async def ana(runtime: BuiltRuntime) -> Somebody:
    return await somebody(runtime, role=Role.ORG_ADMIN)


async def actions(client: AsyncClient, who: Somebody, **wanted: Any) -> list[str]:
    answer = await client.get(URL, headers=who.headers, params=wanted)
    assert answer.status_code == 200, answer.text
    return [item["action"] for item in answer.json()["items"]]


async def test_the_newest_come_first_page_by_page(
    client: AsyncClient, runtime: BuiltRuntime, ana: Somebody
) -> None:
    await deeds(runtime, ana.organization_id, [f"thing.done_{n}" for n in range(7)], user_id=ana.id)

    pages, cursor = [], None
    while True:
        wanted = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(URL, headers=ana.headers, params=wanted)).json()
        pages.append([item["action"] for item in page["items"]])
        if (cursor := page["next"]) is None:
            break

    assert pages == [
        ["thing.done_6", "thing.done_5", "thing.done_4"],
        ["thing.done_3", "thing.done_2", "thing.done_1"],
        ["thing.done_0"],
    ]
    assert page["items"][0]["user_name"] == "Ana Souza"
    assert page["items"][0]["changes"] == {"after": {"n": 1}}
    assert page["items"][0]["sequence"] == 1


async def test_it_is_searched_by_what_who_and_when(
    client: AsyncClient, runtime: BuiltRuntime, ana: Somebody
) -> None:
    flow = new_id()
    await deeds(runtime, ana.organization_id, ["flow.published"], user_id=ana.id, resource_id=flow)
    await deeds(runtime, ana.organization_id, ["flow.deleted", "user.created", "flowers.sent"])

    assert await actions(client, ana, action="flow.published") == ["flow.published"]
    assert await actions(client, ana, action="flow.") == ["flow.deleted", "flow.published"]
    assert await actions(client, ana, action="%.") == []
    assert await actions(client, ana, resource_type="user") == ["user.created"]
    assert await actions(client, ana, resource_id=str(flow)) == ["flow.published"]
    assert await actions(client, ana, user_id=str(ana.id)) == ["flow.published"]
    assert await actions(client, ana, since="2100-01-01T00:00:00Z") == []
    assert len(await actions(client, ana, until="2100-01-01T00:00:00Z")) == 4


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"cursor": "-1"}, None),
        ({"cursor": "9" * 40}, None),
        ({"cursor": "²"}, None),
        ({"limit": 0}, "query.limit"),
        ({"user_id": "ana"}, "query.user_id"),
        ({"since": "yesterday"}, "query.since"),
        ({"until": "2026-01-01T00:00:00"}, "query.until"),
        ({"action": "user\0"}, "query.action"),
        ({"resource_type": "\0"}, "query.resource_type"),
        ({"action": "a" * 101}, "query.action"),
    ],
)
async def test_what_is_not_valid_is_named(
    client: AsyncClient, ana: Somebody, wanted: dict[str, Any], field: str | None
) -> None:
    answer = await client.get(URL, headers=ana.headers, params=wanted)

    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == ("invalid" if field else "invalid_cursor")
    assert [each["field"] for each in error["details"].get("fields", [])] == ([field] if field else [])


async def test_another_organization_s_trail_does_not_exist(
    client: AsyncClient, runtime: BuiltRuntime, ana: Somebody
) -> None:
    other = await somebody(runtime, role=Role.ORG_ADMIN)
    await deeds(runtime, other.organization_id, ["user.created"], user_id=other.id)

    assert await actions(client, ana) == []
    assert await actions(client, ana, user_id=str(other.id)) == []
    assert len(await actions(client, other)) == 1


@pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER])
async def test_only_administrators_may_read_it(
    client: AsyncClient, runtime: BuiltRuntime, role: Role
) -> None:
    bia = await somebody(runtime, role=role)

    for path in (URL, f"{URL}/verification"):
        assert (await client.get(path, headers=bia.headers)).status_code == 403
        assert (await client.get(path)).status_code == 401


async def looked(client: AsyncClient, who: Somebody) -> Any:
    answer = await client.post(f"{URL}/verification", headers=who.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["last"]


async def last_look(client: AsyncClient, who: Somebody) -> Any:
    answer = await client.get(f"{URL}/verification", headers=who.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["last"]


async def test_it_can_be_verified(
    client: AsyncClient, runtime: BuiltRuntime, owner: asyncpg.Connection, ana: Somebody
) -> None:
    await deeds(runtime, ana.organization_id, ["thing.done"] * 3)
    async with runtime.work(ana.organization_id) as work:
        began = work.now
    whole = await looked(client, ana)

    await owner.execute("ALTER TABLE audit_logs DISABLE TRIGGER USER")
    row_id = await owner.fetchval("UPDATE audit_logs SET action = 'x' WHERE sequence = 2 RETURNING id")
    broken = await looked(client, ana)

    by = {"actor": "user", "user_id": str(ana.id), "user_name": "Ana Souza"}
    assert whole == {
        "intact": True,
        "verified_at": whole["verified_at"],
        **by,
        "rows": 3,
        "findings": [],
    }
    assert began <= datetime.fromisoformat(whole["verified_at"])
    assert broken == {
        "verified_at": broken["verified_at"],
        "intact": False,
        **by,
        "rows": 3,
        "findings": [{"damage": "changed", "sequence": 2, "row_id": str(row_id)}],
    }


async def test_what_was_found_is_there_for_whoever_looks_later(
    client: AsyncClient, runtime: BuiltRuntime, owner: asyncpg.Connection, ana: Somebody
) -> None:
    other = await somebody(runtime, role=Role.ORG_ADMIN)
    await deeds(runtime, ana.organization_id, ["thing.done"] * 3)
    assert await last_look(client, ana) is None

    whole = await looked(client, ana)
    assert await last_look(client, ana) == whole

    await owner.execute("ALTER TABLE audit_logs DISABLE TRIGGER USER")
    await owner.execute("UPDATE audit_logs SET action = 'x' WHERE sequence = 2")
    await tasks.verify(runtime, ana.organization_id)
    found = await last_look(client, ana)

    assert (found["intact"], found["actor"], found["user_name"]) == (False, "system", None)
    assert [each["damage"] for each in found["findings"]] == ["changed"]
    assert found["verified_at"] > whole["verified_at"]
    assert await last_look(client, other) is None


async def test_every_trail_is_looked_through_by_itself(runtime: BuiltRuntime, ana: Somebody) -> None:
    other = await somebody(runtime)
    queue = NoJobs()

    await tasks.verify_all(replace(runtime, jobs=queue))

    assert {*queue.pushed} == {jobs.verify(ana.organization_id), jobs.verify(other.organization_id)}
    assert jobs.verify_all() in SCHEDULE


@pytest.mark.parametrize(
    "claim",
    [
        "UPDATE audit_verifications SET findings = '[]'",
        "UPDATE audit_verifications SET findings = '[]', signature = NULL",
        "UPDATE audit_verifications SET findings = '[]', signature = (SELECT hash FROM audit_logs LIMIT 1)",
    ],
)
async def test_who_merely_writes_to_the_database_cannot_say_that_it_is_whole(
    client: AsyncClient, runtime: BuiltRuntime, owner: asyncpg.Connection, ana: Somebody, claim: str
) -> None:
    await deeds(runtime, ana.organization_id, ["thing.done"] * 3)
    await owner.execute("ALTER TABLE audit_logs DISABLE TRIGGER USER")
    await owner.execute("UPDATE audit_logs SET action = 'x' WHERE sequence = 2")
    assert not (await looked(client, ana))["intact"]

    await owner.execute(claim)

    assert await last_look(client, ana) is None


async def test_an_old_look_does_not_pass_for_a_new_one(
    client: AsyncClient, runtime: BuiltRuntime, owner: asyncpg.Connection, ana: Somebody
) -> None:
    await deeds(runtime, ana.organization_id, ["thing.done"] * 3)
    assert (await looked(client, ana))["intact"]

    await owner.execute("UPDATE audit_verifications SET verified_at = verified_at + interval '1 second'")

    assert await last_look(client, ana) is None
