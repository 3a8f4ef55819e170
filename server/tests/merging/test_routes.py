"""The routes about who somebody is: who may, whose, what is refused, and what is answered."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient, Response

from pytake.identity.types import Role
from pytake.runtime import Runtime
from tests.factories import Somebody, a_contact, somebody

NOBODY = "00000000-0000-7000-8000-000000000000"
SUGGESTIONS = "/api/v1/contact-merge-suggestions"
ROUTES = {
    "identities": ("GET", "/api/v1/contacts/{contact}/identities"),
    "suggestions of one": ("GET", "/api/v1/contacts/{contact}/merge-suggestions"),
    "merge": ("POST", "/api/v1/contacts/{contact}/merge"),
    "suggestions": ("GET", SUGGESTIONS),
    "accept": ("POST", SUGGESTIONS + "/{suggestion}/accept"),
    "dismiss": ("POST", SUGGESTIONS + "/{suggestion}/dismiss"),
    "undo": ("POST", "/api/v1/contact-merges/{merge}/undo"),
}
FOREIGN = sorted(ROUTES.keys() - {"suggestions"})


@pytest.fixture
async def boss(runtime: Runtime) -> Somebody:
    return await somebody(runtime, role=Role.ORG_ADMIN)


async def two(runtime: Runtime, who: Somebody) -> tuple[UUID, UUID, UUID]:
    """Two contacts, and the suggestion that they are one."""
    async with runtime.work(who.organization_id) as work:
        one, other = await a_contact(work, name="Ana"), await a_contact(work, name="Ana Souza")
        rows = await work.fetch(
            """
            INSERT INTO contact_merge_suggestions (organization_id, one_id, other_id, reason, shows_id)
            VALUES ($1, $2, $3, 'same_phone', $2) RETURNING id
            """,
            work.organization_id,
            min(one, other),
            max(one, other),
        )
    return one, other, rows[0]["id"]


async def ask(client: AsyncClient, who: Somebody, route: str, body: Any = None, **ids: Any) -> Response:
    method, path = ROUTES[route]
    address = path.format(**{"contact": NOBODY, "suggestion": NOBODY, "merge": NOBODY} | ids)
    key = {"idempotency-key": str(uuid4())} if method == "POST" else {}
    return await client.request(method, address, json=body, headers=who.headers | key)


async def merged(client: AsyncClient, who: Somebody, one: UUID, other: UUID) -> Any:
    answer = await ask(client, who, "merge", {"other_id": str(other)}, contact=one)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_one_merges_and_tells_apart_and_is_told_who_is_who(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    one, other, _ = await two(runtime, boss)

    done = await merged(client, boss, one, other)

    assert done["contact_id"] == str(one)
    known = (await ask(client, boss, "identities", contact=one)).json()
    assert len([each for each in known["items"] if each["kind"] == "wa_id"]) == 2
    assert [(each["id"], each["can_undo"]) for each in known["merges"]] == [(done["merge_id"], True)]
    assert (await ask(client, boss, "identities", contact=other)).status_code == 404
    assert (await ask(client, boss, "suggestions")).json() == {"items": []}
    apart = await ask(client, boss, "undo", merge=done["merge_id"])
    assert (apart.status_code, apart.json()) == (201, {"contact_id": str(one), "other_id": str(other)})
    assert (await ask(client, boss, "identities", contact=other)).status_code == 200
    again = await ask(client, boss, "undo", merge=done["merge_id"])
    assert (again.status_code, again.json()["error"]["code"]) == (409, "merge_already_undone")


@pytest.mark.parametrize("answer", ["accept", "dismiss"])
async def test_a_suggestion_is_answered_once(
    client: AsyncClient, runtime: Runtime, boss: Somebody, answer: str
) -> None:
    one, other, suggestion = await two(runtime, boss)
    for listed in (
        await ask(client, boss, "suggestions"),
        await ask(client, boss, "suggestions of one", contact=one),
    ):
        (item,) = listed.json()["items"]
        assert {item["one"]["id"], item["other"]["id"]} == {str(one), str(other)}

    done = await ask(client, boss, answer, suggestion=suggestion)

    assert done.status_code == (201 if answer == "accept" else 204)
    assert (await ask(client, boss, "suggestions")).json() == {"items": []}
    assert (await ask(client, boss, answer, suggestion=suggestion)).status_code == 404
    hidden = (await ask(client, boss, "identities", contact=other)).status_code
    assert hidden == (404 if answer == "accept" else 200)


async def test_what_makes_no_sense_is_refused_by_name(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    one, other, _ = await two(runtime, boss)
    for body in (None, {}, {"other_id": "x"}, {"other_id": None}, {"other_id": str(other), "force": True}):
        assert (await ask(client, boss, "merge", body, contact=one)).status_code == 422
    itself = await ask(client, boss, "merge", {"other_id": str(one)}, contact=one)
    assert (itself.status_code, itself.json()["error"]["code"]) == (422, "same_contact")
    first = await merged(client, boss, one, other)
    async with runtime.work(boss.organization_id) as work:
        third = await a_contact(work)
    await merged(client, boss, one, third)
    early = await ask(client, boss, "undo", merge=first["merge_id"])
    assert (early.status_code, early.json()["error"]["code"]) == (409, "later_merge_stands")
    gone = await ask(client, boss, "merge", {"other_id": str(other)}, contact=one)
    assert gone.status_code == 404


async def test_nothing_of_another_organization_is_there(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    neighbour = await somebody(runtime, role=Role.ORG_ADMIN)
    one, other, suggestion = await two(runtime, neighbour)
    mine, _, _ = await two(runtime, boss)
    async with runtime.work(neighbour.organization_id) as work:
        third = await a_contact(work)
    theirs = await merged(client, neighbour, one, third)

    ids = {"contact": one, "suggestion": suggestion, "merge": theirs["merge_id"]}
    for route in FOREIGN:
        answer = await ask(client, boss, route, {"other_id": str(mine)} if route == "merge" else None, **ids)
        assert answer.status_code == 404, route
    assert (await ask(client, boss, "merge", {"other_id": str(other)}, contact=mine)).status_code == 404
    assert len((await ask(client, neighbour, "suggestions")).json()["items"]) == 1


async def test_who_may_only_read_merges_nobody(client: AsyncClient, runtime: Runtime, boss: Somebody) -> None:
    one, other, suggestion = await two(runtime, boss)
    done = await merged(client, boss, one, other)
    viewer = await somebody(runtime, boss.organization_id, role=Role.VIEWER)

    ids = {"contact": one, "suggestion": suggestion, "merge": done["merge_id"]}
    for route, (method, _) in ROUTES.items():
        answer = await ask(
            client, viewer, route, {"other_id": str(other)} if route == "merge" else None, **ids
        )
        assert (answer.status_code == 403) is (method == "POST"), route


async def test_a_merge_that_is_asked_twice_is_done_once(
    client: AsyncClient, runtime: Runtime, boss: Somebody
) -> None:
    one, other, _ = await two(runtime, boss)
    headers = boss.headers | {"idempotency-key": str(uuid4())}

    answers = [
        await client.post(f"/api/v1/contacts/{one}/merge", json={"other_id": str(other)}, headers=headers)
        for _ in range(2)
    ]

    assert answers[0].content == answers[1].content
    async with runtime.work(boss.organization_id) as work:
        rows = await work.fetch("SELECT id FROM contact_merges")
    assert [str(row["id"]) for row in rows] == [answers[0].json()["merge_id"]]
