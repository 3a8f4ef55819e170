"""Which conversations somebody sees: in lists, alone, by their messages, and live."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient

from pytake.conversations.sight import Sight, who_sees
from pytake.identity import service as identity
from pytake.identity.types import Role
from pytake.kit.work import Actor
from pytake.runtime import Runtime
from tests.factories import (
    Somebody,
    a_conversation,
    a_department,
    a_message,
    a_number,
    grant,
    hand_to,
    somebody,
)


@dataclass(frozen=True)
class House:
    """One conversation of each kind, as Ana meets it."""

    ana: Somebody
    talks: dict[str, UUID]

    @property
    def names(self) -> dict[str, str]:
        return {str(talk): name for name, talk in self.talks.items()}


@pytest.fixture
async def house(runtime: Runtime) -> House:
    ana = await somebody(runtime)
    beto = await somebody(runtime, ana.organization_id)
    async with runtime.work(ana.organization_id) as work:
        shared, plain = await a_number(work), await a_number(work)
        hers = await a_department(work, ana.id, number_id=shared)
        others = await a_department(work, beto.id)
        homes: dict[str, tuple[UUID | None, UUID | None, UUID]] = {
            "mine": (None, ana.id, plain),
            "mine elsewhere": (others, ana.id, plain),
            "my department's": (hers, None, plain),
            "a colleague's of my department": (hers, beto.id, plain),
            "nobody's": (None, None, plain),
            "another department's": (others, None, plain),
            "a colleague's": (None, beto.id, plain),
            "another department's on my number": (others, beto.id, shared),
        }
        talks = {}
        for name, (department_id, user_id, number_id) in homes.items():
            talk = talks[name] = await a_conversation(work, number_id=number_id)
            await hand_to(work, talk, department_id=department_id, user_id=user_id)
            await a_message(work, talk)
    return House(ana, talks)


OWN = {"mine", "mine elsewhere"}
DEPARTMENT = OWN | {"my department's", "a colleague's of my department", "nobody's"}
NUMBER = {"another department's on my number"}
ALL = DEPARTMENT | NUMBER | {"another department's", "a colleague's"}

SIGHTS: list[tuple[Role, tuple[str, ...], set[str]]] = [
    (Role.SUPER_ADMIN, (), ALL),
    (Role.ORG_ADMIN, (), ALL),
    (Role.AGENT, (), DEPARTMENT | NUMBER),
    (Role.AGENT, ("preset:supervisor",), ALL),
    (Role.AGENT, ("conversations.read_all",), ALL),
    (Role.VIEWER, (), ALL),
]


@pytest.mark.parametrize(("role", "words", "seen"), SIGHTS)
async def test_everybody_sees_what_their_permissions_say_wherever_they_look(
    client: AsyncClient, runtime: Runtime, house: House, role: Role, words: tuple[str, ...], seen: set[str]
) -> None:
    async with runtime.work(house.ana.organization_id) as work:
        await work.execute("UPDATE users SET role = $1 WHERE id = $2", role.value, house.ana.id)
        await grant(work, house.ana.id, *words)

    assert await _listed(client, house) == seen
    assert await _listed(client, house, q="joão") == seen
    assert await _found(client, house, "") == seen
    assert await _found(client, house, "/messages") == seen
    assert await _counted(client, house) == len(seen)


async def _counted(client: AsyncClient, house: House) -> int:
    answer = await client.get("/api/v1/conversations/counts", headers=house.ana.headers)
    assert answer.json()["by_filter"]["all"]["is_exact"]
    return int(answer.json()["by_filter"]["all"]["count"])


async def _listed(client: AsyncClient, house: House, **wanted: str) -> set[str]:
    """Page by page: what is not seen takes no place on a page either."""
    seen: set[str] = set()
    cursor: str | None = None
    while True:
        params: dict[str, Any] = {"status": "all", "limit": 2, **wanted} | (
            {"cursor": cursor} if cursor else {}
        )
        page = (await client.get("/api/v1/conversations", params=params, headers=house.ana.headers)).json()
        assert len(page["items"]) == 2 or page["next"] is None
        seen |= {house.names[item["id"]] for item in page["items"]}
        cursor = page["next"]
        if cursor is None:
            return seen


async def _found(client: AsyncClient, house: House, path: str) -> set[str]:
    """What is not seen answers like what does not exist."""
    headers = house.ana.headers
    nowhere = await client.get(f"/api/v1/conversations/{uuid4()}{path}", headers=headers)
    assert nowhere.status_code == 404
    found = set()
    for name, talk in house.talks.items():
        answer = await client.get(f"/api/v1/conversations/{talk}{path}", headers=headers)
        if answer.status_code == 200:
            found.add(name)
        else:
            assert (answer.status_code, answer.json()) == (404, nowhere.json())
    return found


ONLY = [
    (frozenset[str](), OWN),
    (frozenset({"conversations.read_department"}), DEPARTMENT),
    (frozenset({"conversations.read_number"}), OWN | NUMBER),
    (frozenset({"conversations.read_department", "conversations.read_number"}), DEPARTMENT | NUMBER),
]


@pytest.mark.parametrize(("grants", "seen"), ONLY)
async def test_each_permission_adds_its_own_kind_for_lists_and_for_live_events_alike(
    runtime: Runtime, house: House, grants: frozenset[str], seen: set[str]
) -> None:
    from pytake.conversations import reading
    from pytake.conversations.schemas import Listed

    actor = Actor("user", house.ana.id, grants=grants)
    async with runtime.work(house.ana.organization_id, actor) as work:
        page = await reading.page(work, Listed.ALL, None, 100)
        live = await who_sees(work, [Sight.of(house.ana.id, grants)], list(house.talks.values()))

    assert {house.names[item["id"]] for item in page["items"]} == seen
    assert {house.names[str(talk)] for talk, users in live.items() if house.ana.id in users} == seen


async def test_a_machine_sees_what_nobody_has_unless_it_may_see_all(runtime: Runtime, house: House) -> None:
    from pytake.conversations import reading
    from pytake.conversations.schemas import Listed

    for scopes, seen in (
        ({"conversations.read"}, set()),
        ({"conversations.read_department", "conversations.read_number"}, {"nobody's"}),
        ({"conversations.read_all"}, ALL),
    ):
        actor = Actor("machine", api_key_id=uuid4(), grants=frozenset(scopes))
        async with runtime.work(house.ana.organization_id, actor) as work:
            page = await reading.page(work, Listed.ALL, None, 100)
        assert {house.names[item["id"]] for item in page["items"]} == seen


async def test_who_is_switched_off_has_no_grants(runtime: Runtime, house: House) -> None:
    async with runtime.work(house.ana.organization_id) as work:
        await work.execute("UPDATE users SET is_active = false WHERE id = $1", house.ana.id)
        assert await identity.grants(work, [house.ana.id]) == {}
