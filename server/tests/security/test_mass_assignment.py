"""A19: every attribute of every table, sent on every route that writes: refused by name, nothing changes."""

import random

import asyncpg
import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.entrypoints.models import METADATA
from pytake.identity.types import Role
from tests.factories import a_user, bearer
from tests.security.neighbours import fingerprint, own_ids, two_tenants
from tests.security.operations import Operation, operations
from tests.sizes import FULL, SEED, Figure

ATTRIBUTES = sorted({column.name for table in METADATA.sorted_tables for column in table.columns})
MORE = ["id", "granted", "password", "is_superuser", "__class__", "constructor"]


def _writing() -> list[Operation]:
    return [operation for operation in operations() if operation.writes and operation.body is not None]


def test_no_body_takes_what_it_does_not_name() -> None:
    open_ones = [op.name for op in _writing() if (op.body or {}).get("additionalProperties") is not False]

    assert open_ones == []


@pytest.mark.timeout(3600)
async def test_an_attribute_that_is_not_asked_for_is_refused_and_changes_nothing(
    unlimited: FastAPI,
    client: AsyncClient,
    runtime: BuiltRuntime,
    login: asyncpg.Connection,
    owner: asyncpg.Connection,
    figure: Figure,
) -> None:
    ours, _ = await two_tenants(login)
    root_id, _ = await a_user(runtime, ours.id, role=Role.SUPER_ADMIN)
    headers = await bearer(runtime, ours.id, root_id)
    before = await fingerprint(owner, ours)
    asked, tried, wrong = 0, 0, []

    for operation in _writing():
        for attributes in _bodies(operation):
            more = dict.fromkeys(attributes, "super_admin")
            answer = await operation.send(client, headers, own_ids(ours), more=more)
            tried += len(attributes)
            asked += 1
            fields = answer.json().get("error", {}).get("details", {}).get("fields", [])
            named = {field["field"] for field in fields if field["code"] == "extra_forbidden"}
            if answer.status_code != 422 or {f"body.{name}" for name in attributes} - named:
                wrong.append(f"{operation.name} {attributes}: {answer.status_code} {answer.text[:100]}")

    figure(
        f"A19: {tried} attributes in {asked} requests on {len(_writing())} routes, {len(wrong)} not refused"
    )
    assert wrong == []
    assert await fingerprint(owner, ours) == before
    assert tried >= 8_000


def _bodies(operation: Operation) -> list[list[str]]:
    """What to slip in: one attribute to each request; in the short form all at once, and some alone."""
    known = (operation.body or {}).get("properties", {})
    foreign = [name for name in [*ATTRIBUTES, *MORE] if name not in known]
    if FULL:
        return [[name] for name in foreign]
    return [foreign, *([name] for name in random.Random(SEED).sample(foreign, 10))]
