"""A11: what the page about permissions says is what happens, for every route and every role."""

import re
from pathlib import Path
from uuid import UUID

import asyncpg
from fastapi import FastAPI
from httpx import AsyncClient

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.types import Role
from tests.factories import a_user, bearer, grant
from tests.schema.rows import Tenant, fill
from tests.security.neighbours import own_ids
from tests.security.operations import Operation, operations
from tests.sizes import Figure

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/permissions.md"
PLAYERS = ("super_admin", "org_admin", "agent", "viewer", "supervisor")
PUBLIC = "nobody's: open to strangers"


def _rows() -> list[list[str]]:
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def holders() -> dict[str, set[str]]:
    """Who has each permission, as the page says."""
    found = {}
    for cells in _rows():
        if len(cells) > 4 and cells[0].startswith("`"):
            marks = dict(zip(PLAYERS, cells[1:], strict=False))
            found[cells[0].strip("`")] = {name for name, mark in marks.items() if mark}
    return found


def asked_for() -> dict[str, str]:
    """The permission of each route, as the page says."""
    return {
        cells[0].strip("`"): cells[1].strip("`")
        for cells in _rows()
        if len(cells) == 2 and cells[0].startswith("`")
    }


async def _player(runtime: BuiltRuntime, tenant: Tenant, name: str) -> dict[str, str]:
    role = Role.AGENT if name == "supervisor" else Role(name)
    user_id, _ = await a_user(runtime, tenant.id, role=role)
    if name == "supervisor":
        async with runtime.work(tenant.id) as work:
            await grant(work, user_id, "preset:supervisor")
    return await bearer(runtime, tenant.id, user_id)


async def _is_let_in(
    client: AsyncClient, operation: Operation, headers: dict[str, str], own: dict[str, UUID]
) -> bool:
    answer = await operation.send(client, headers, own)
    assert answer.status_code < 500, f"{operation.name}: {answer.text}"
    if answer.status_code == 401:
        return False
    return not (answer.status_code == 403 and answer.json()["error"]["code"] == "permission_missing")


def test_the_page_names_every_route() -> None:
    assert {operation.name for operation in operations()} <= set(asked_for())
    assert set(asked_for().values()) <= {*holders(), PUBLIC}


async def test_every_route_lets_in_whom_the_page_says(
    unlimited: FastAPI,
    client: AsyncClient,
    runtime: BuiltRuntime,
    login: asyncpg.Connection,
    figure: Figure,
) -> None:
    held, needs = holders(), asked_for()
    differences, asked = [], 0
    for name in (*PLAYERS, "stranger"):
        tenant = await fill(login)
        headers = {} if name == "stranger" else await _player(runtime, tenant, name)
        for operation in operations():
            permission = needs[operation.name]
            expected = permission == PUBLIC or name in held.get(permission, set())
            if permission != PUBLIC:
                asked += 1
                if await _is_let_in(client, operation, headers, own_ids(tenant)) != expected:
                    differences.append(f"{name}: {operation.name} wants {permission}, expected {expected}")

    figure(f"A11: {asked} routes x roles, {len(differences)} differences")
    assert differences == []
    assert asked >= 180
