"""Departments: made, changed, left; and who works in them."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from pytake.identity.rows import people
from pytake.identity.types import Role
from pytake.runtime import Runtime
from tests.factories import Somebody, a_conversation, a_number, hand_to, somebody
from tests.locks import waiting

DEPARTMENTS = "/api/v1/departments"


@pytest.fixture
async def boss(runtime: Runtime) -> Somebody:
    return await somebody(runtime, role=Role.ORG_ADMIN)


async def _make(client: AsyncClient, boss: Somebody, **fields: Any) -> Any:
    answer = await client.post(DEPARTMENTS, json={"name": "Vendas", **fields}, headers=boss.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_department_is_made_changed_and_deleted(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    async with runtime.work(boss.organization_id) as work:
        number = await a_number(work)
        talk = await a_conversation(work)
    hours = {"monday": [{"since": "09:00", "until": "18:00"}]}

    made = await _make(client, boss, whatsapp_number_id=str(number), business_hours=hours)

    assert made["whatsapp_number_id"] == str(number)
    assert (made["business_hours"], made["max_queue_size"], made["color"]) == (hours, 100, "#3B82F6")
    one = f"{DEPARTMENTS}/{made['id']}"
    changes = {"name": "Vendas e troca", "whatsapp_number_id": None, "assignment_strategy": "priority"}
    changed = await client.patch(one, json=changes, headers=boss.headers)
    assert {name: changed.json()[name] for name in changes} == changes
    assert changed.json()["business_hours"] == hours
    assert (await client.get(DEPARTMENTS, headers=boss.headers)).json()["items"] == [changed.json()]
    async with runtime.work(boss.organization_id) as work:
        await hand_to(work, talk, department_id=made["id"])
    assert (await client.delete(one, headers=boss.headers)).status_code == 204
    assert (await client.get(one, headers=boss.headers)).status_code == 404
    shown = await client.get(f"/api/v1/conversations/{talk}", headers=boss.headers)
    assert shown.status_code == 200


async def test_people_work_in_departments_one_of_them_their_first(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    ana = await somebody(runtime, boss.organization_id)
    sales, trade = await _make(client, boss), await _make(client, boss, name="Troca")
    async with runtime.work(boss.organization_id) as work:
        await work.execute("UPDATE users SET avatar_url = '/api/v1/avatars/ana' WHERE id = $1", ana.id)

    for department in (sales, trade):
        place = {"is_primary": True, "max_concurrent_conversations": 8}
        answer = await client.put(
            f"{DEPARTMENTS}/{department['id']}/members/{ana.id}", json=place, headers=boss.headers
        )
        (member,) = answer.json()["items"]
        assert (member["user_id"], member["is_primary"], member["max_concurrent_conversations"]) == (
            str(ana.id),
            True,
            8,
        )
        assert member["avatar_url"] == "/api/v1/avatars/ana"
    person = (await client.get(f"/api/v1/people/{ana.id}", headers=boss.headers)).json()
    assert {d["name"]: d["is_primary"] for d in person["departments"]} == {"Vendas": False, "Troca": True}
    listed = (await client.get(DEPARTMENTS, headers=boss.headers)).json()["items"]
    assert [department["member_count"] for department in listed] == [1, 1]
    there = f"{DEPARTMENTS}/{sales['id']}/members/{ana.id}"
    assert (await client.delete(there, headers=boss.headers)).status_code == 204
    assert (await client.delete(there, headers=boss.headers)).status_code == 404
    left = await client.get(f"{DEPARTMENTS}/{sales['id']}/members", headers=boss.headers)
    assert left.json() == {"items": []}


async def test_whoever_is_being_removed_gets_no_place(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    ana = await somebody(runtime, boss.organization_id)
    sales = await _make(client, boss)
    there = f"{DEPARTMENTS}/{sales['id']}/members"
    async with asyncio.timeout(20):
        async with runtime.work(boss.organization_id) as work:
            await people.remove(work, ana.id)
            placing = asyncio.create_task(client.put(f"{there}/{ana.id}", json={}, headers=boss.headers))
            while not placing.done() and not await waiting(runtime):
                await asyncio.sleep(0.01)
        assert (await placing).status_code == 404
    async with runtime.work(boss.organization_id) as work:
        assert await work.fetch("SELECT FROM user_departments") == []


async def test_a_name_is_given_once_and_a_foreign_number_is_like_none(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    await _make(client, boss)
    stranger = await somebody(runtime)
    async with runtime.work(stranger.organization_id) as work:
        theirs = await a_number(work)

    again = await client.post(DEPARTMENTS, json={"name": "Vendas"}, headers=boss.headers)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "department_name_taken")
    answers = [
        await client.post(
            DEPARTMENTS, json={"name": "Outra", "whatsapp_number_id": str(number)}, headers=boss.headers
        )
        for number in (theirs, uuid4())
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["error"]["details"] == {"field": "whatsapp_number_id"}


NOT_VALID: list[dict[str, Any]] = [
    {"name": ""},
    {"name": "x" * 256},
    {"color": "red"},
    {"max_queue_size": 0},
    {"assignment_strategy": "luck"},
    {"business_hours": {"someday": []}},
    {"business_hours": {"monday": [{"since": "25:00", "until": "26:00"}]}},
    {"member_count": 3},
    {"organization_id": str(uuid4())},
]


async def test_what_is_not_valid_is_named(client: AsyncClient, boss: Somebody) -> None:
    made = await _make(client, boss)
    for wrong in NOT_VALID:
        answers = (
            await client.post(DEPARTMENTS, json={"name": "Outra", **wrong}, headers=boss.headers),
            await client.patch(f"{DEPARTMENTS}/{made['id']}", json=wrong, headers=boss.headers),
        )
        for answer in answers:
            assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid"), wrong


async def test_numbers_are_listed_for_whoever_works_there(client: AsyncClient, runtime: Runtime) -> None:
    viewer, stranger = await somebody(runtime, role=Role.VIEWER), await somebody(runtime)
    async with runtime.work(viewer.organization_id) as work:
        number, gone = await a_number(work, display_name="Centro"), await a_number(work)
        await work.execute("UPDATE whatsapp_numbers SET deleted_at = now() WHERE id = $1", gone)

    listed = (await client.get("/api/v1/whatsapp-numbers", headers=viewer.headers)).json()["items"]
    theirs = await client.get("/api/v1/whatsapp-numbers", headers=stranger.headers)

    assert [(row["id"], row["display_name"]) for row in listed] == [(str(number), "Centro")]
    assert set(listed[0]) == {"id", "display_name", "phone_number", "is_active", "is_default"}
    assert theirs.json() == {"items": []}
