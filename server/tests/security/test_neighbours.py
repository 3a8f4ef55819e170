"""A9: every route, every method, every place where an id belongs, with every id of another tenant: nothing is
shown, nothing is changed, and the answer is the one that a random id gets.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.kit.pages import Position
from tests.schema.rows import Tenant
from tests.security.neighbours import CANARY, actors_of, fingerprint, own_ids, two_tenants
from tests.security.operations import Operation, Slot, operations
from tests.sizes import FULL, SEED, Figure

SPELLINGS = ("{}", "{:upper}", "{:hex}", "urn:uuid:{}", "{{{}}}")
"""Everything that the framework reads as a UUID; the first alone in the short form."""

AT = datetime(2031, 1, 1, tzinfo=UTC)


def _spelled(spelling: str, value: UUID, slot: Slot) -> str:
    if slot.name == "cursor":
        return str(Position(AT, value))
    text = {"{:upper}": str(value).upper(), "{:hex}": value.hex}.get(spelling)
    return text or spelling.format(value)


BY_SECRET = {
    ("GET /api/v1/avatars/{avatar_token}", "avatar_token"),
    ("GET /api/v1/media/files/{media_token}/{file_name}", "media_token"),
    ("GET /api/v1/media/files/{media_token}/{file_name}", "file_name"),
}
"""What is found by chance alone, and by nobody: not by an id."""


def _normal(answer: Response, value: UUID, sent: str) -> tuple[int, str]:
    text = answer.text.replace(sent, "ID").replace(str(value), "ID").replace(value.hex, "ID")
    return answer.status_code, text


def _places() -> list[tuple[Operation, Slot]]:
    return [(operation, slot) for operation in operations() for slot in operation.slots()]


def test_every_parameter_that_names_a_row_is_a_place() -> None:
    named = {(op.name, name) for op in operations() for name in _in_braces(op.path)}
    places = {(operation.name, slot.name) for operation, slot in _places() if slot.place == "path"}

    assert named - places == BY_SECRET
    assert len(_places()) >= 25


def _in_braces(path: str) -> Iterator[str]:
    return (part[1:-1] for part in path.split("/") if part.startswith("{"))


@pytest.mark.timeout(3600)
async def test_a_neighbour_s_id_is_like_one_that_nobody_has(
    unlimited: FastAPI,
    client: AsyncClient,
    runtime: BuiltRuntime,
    login: asyncpg.Connection,
    owner: asyncpg.Connection,
    figure: Figure,
) -> None:
    ours, theirs = await two_tenants(login)
    actors = await actors_of(runtime, client, ours)
    before = await fingerprint(owner, theirs)
    asked = allowed = 0
    leaks: list[str] = []
    chance = random.Random(SEED)

    for actor in actors if FULL else actors[:3]:
        for operation, slot in _places():
            for spelling in SPELLINGS if FULL else SPELLINGS[:1]:
                nobody = uuid4()
                sent = _spelled(spelling, nobody, slot)
                answer = await operation.send(client, actor.headers, own_ids(ours), slot, sent)
                asked += 1
                expected = _normal(answer, nobody, sent)
                for table, row_id in chance.sample(_ids(theirs), len(theirs.rows) // (1 if FULL else 2)):
                    sent = _spelled(spelling, row_id, slot)
                    answer = await operation.send(client, actor.headers, own_ids(ours), slot, sent)
                    asked += 1
                    allowed += answer.status_code not in {401, 403}
                    if _normal(answer, row_id, sent) != expected or CANARY in answer.text:
                        leaks.append(f"{actor.name}: {operation.name} {slot} {table}: {answer.text[:200]}")

    figure(f"A9: {asked} requests, {allowed} of them past the guard, {len(leaks)} leaks")
    assert leaks == []
    assert await fingerprint(owner, theirs) == before
    assert asked >= (20_000 if FULL else 2_000)
    assert allowed > asked / 2


def _ids(tenant: Tenant) -> list[tuple[str, UUID]]:
    return sorted(tenant.rows.items())


async def test_one_s_own_ids_do_find_something(
    unlimited: FastAPI, client: AsyncClient, runtime: BuiltRuntime, login: asyncpg.Connection
) -> None:
    """Or nothing above would mean anything."""
    ours, _ = await two_tenants(login)
    administrator, *_ = await actors_of(runtime, client, ours)

    found = [
        operation.name
        for operation in operations()
        if operation.method == "GET" and any(slot.place == "path" for slot in operation.slots())
        if (await operation.send(client, administrator.headers, own_ids(ours))).status_code == 200
    ]

    assert len(found) >= 6
