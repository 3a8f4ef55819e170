"""A19: every attribute of every table, sent on every route that writes: refused by name, nothing changes."""

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
from tests.sizes import Figure

ATTRIBUTES = sorted({column.name for table in METADATA.sorted_tables for column in table.columns})
MORE = ["id", "granted", "password", "is_superuser", "__class__", "constructor"]


def _writing() -> list[Operation]:
    return [operation for operation in operations() if operation.writes and operation.body is not None]


def test_no_body_takes_what_it_does_not_name() -> None:
    open_ones = [op.name for op in _writing() if (op.body or {}).get("additionalProperties") is not False]

    assert open_ones == []


@pytest.mark.timeout(600)
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
    asked, wrong = 0, []

    for operation in _writing():
        known = (operation.body or {}).get("properties", {})
        for attribute in [*ATTRIBUTES, *MORE]:
            if attribute in known:
                continue
            answer = await operation.send(client, headers, own_ids(ours), more={attribute: "super_admin"})
            asked += 1
            fields = answer.json().get("error", {}).get("details", {}).get("fields", [])
            named = {field["field"]: field["code"] for field in fields}
            if answer.status_code != 422 or named.get(f"body.{attribute}") != "extra_forbidden":
                wrong.append(f"{operation.name} {attribute}: {answer.status_code} {answer.text[:100]}")

    figure(f"A19: {asked} requests on {len(_writing())} routes, {len(wrong)} not refused by name")
    assert wrong == []
    assert await fingerprint(owner, ours) == before
    assert asked >= 1_500
