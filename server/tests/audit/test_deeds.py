"""A write leaves exactly one row in the audit trail, in its own transaction, or there is no write."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import contextmanager
from typing import Annotated, Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import APIRouter, Depends, FastAPI
from httpx import ASGITransport, AsyncClient

from pytake.audit.verification import verify
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.dependencies import allowed
from pytake.identity.permissions import Permission
from pytake.kit.ids import new_id
from pytake.kit.origin import ORIGIN, Origin
from pytake.kit.work import Actor, Work
from pytake.runtime import WriteUnaudited
from tests.factories import an_organization, somebody

Anybody = Annotated[Work, Depends(allowed(Permission.PROFILE_READ), scope="function")]
RENAME = "UPDATE organizations SET name = $2 WHERE id = $1"


@contextmanager
def acting(*, writes: bool = True) -> Any:
    token = ORIGIN.set(Origin("http", "POST", writes=writes, ip_address="198.51.100.7", user_agent="Firefox"))
    try:
        yield
    finally:
        ORIGIN.reset(token)


async def trail(runtime: BuiltRuntime, organization_id: UUID) -> list[asyncpg.Record]:
    async with runtime.work(organization_id) as work:
        return await work.fetch("SELECT * FROM audit_logs ORDER BY sequence")


async def name_of(runtime: BuiltRuntime, organization_id: UUID) -> str:
    async with runtime.work(organization_id) as work:
        (row,) = await work.fetch("SELECT name FROM organizations")
    return str(row["name"])


@pytest.fixture
async def bakery(runtime: BuiltRuntime) -> UUID:
    return await an_organization(runtime)


@pytest.fixture
async def doors(app: FastAPI) -> AsyncIterator[AsyncClient]:
    """The application with more routes: some that forget, and one that writes where it promised not to."""
    router = APIRouter(prefix="/api/v1/tests")

    @router.post("/silent")
    async def silent(work: Anybody) -> None:
        await work.execute(RENAME, work.organization_id, "Silent")

    @router.post("/told")
    async def told(work: Anybody) -> None:
        await work.execute(RENAME, work.organization_id, "Told")
        work.audit("organization.renamed", work.organization_id, after={"name": "Told"})

    @router.post("/tidy")
    async def tidy(work: Anybody) -> None:
        await work.execute(RENAME, work.organization_id, "Tidy")
        work.unaudited("tests only")

    @router.post("/failing")
    async def failing(work: Anybody) -> None:
        work.audit("organization.renamed", work.organization_id)
        await work.execute("SELECT 1 / 0")

    @router.get("/promise")
    async def promise(work: Anybody) -> None:
        work.audit("organization.renamed", work.organization_id)
        await work.execute(RENAME, work.organization_id, "Promise")

    app.include_router(router)
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://pytake.test") as client:
        yield client


@pytest.mark.parametrize(
    ("method", "door", "status", "name", "actions"),
    [
        ("POST", "told", 200, "Told", ["organization.renamed"]),
        ("POST", "tidy", 200, "Tidy", []),
        ("POST", "silent", 500, "Padaria Aurora", []),
        ("POST", "failing", 500, "Padaria Aurora", []),
        ("GET", "promise", 500, "Padaria Aurora", []),
    ],
)
async def test_a_route_cannot_write_without_saying_what_it_did(
    doors: AsyncClient,
    runtime: BuiltRuntime,
    method: str,
    door: str,
    status: int,
    name: str,
    actions: list[str],
) -> None:
    ana = await somebody(runtime)

    answer = await doors.request(method, f"/api/v1/tests/{door}", headers=ana.headers)

    assert answer.status_code == status
    assert await name_of(runtime, ana.organization_id) == name
    assert [row["action"] for row in await trail(runtime, ana.organization_id)] == actions


async def test_the_row_says_who_what_and_from_where(doors: AsyncClient, runtime: BuiltRuntime) -> None:
    ana = await somebody(runtime)

    asked = {"user-agent": "Firefox/99", "x-request-id": "request-0001", **ana.headers}
    await doors.post("/api/v1/tests/told", headers=asked)

    (row,) = await trail(runtime, ana.organization_id)
    assert (row["user_id"], row["organization_id"], row["resource_id"]) == (
        ana.id,
        ana.organization_id,
        ana.organization_id,
    )
    assert (row["action"], row["resource_type"], row["changes"]) == (
        "organization.renamed",
        "organization",
        {"after": {"name": "Told"}},
    )
    assert (str(row["ip_address"]), row["user_agent"]) == ("127.0.0.1", "Firefox/99")
    assert row["metadata"] == {"actor": "user", "door": "POST", "request_id": "request-0001"}


async def test_a_command_cannot_either(runtime: BuiltRuntime, bakery: UUID) -> None:
    async def rename() -> None:
        async with runtime.work(bakery) as work:
            await work.execute(RENAME, bakery, "Silent")

    with acting(), pytest.raises(WriteUnaudited):
        await rename()

    assert await name_of(runtime, bakery) == "Padaria Aurora"


async def test_reading_needs_no_row(runtime: BuiltRuntime, bakery: UUID) -> None:
    with acting():
        async with runtime.work(bakery) as work:
            await work.fetch("SELECT * FROM organizations")

    assert await trail(runtime, bakery) == []


async def test_the_pipeline_is_not_asked(runtime: BuiltRuntime, bakery: UUID) -> None:
    """Nobody's request: what it does is told by the journal."""
    async with runtime.work(bakery) as work:
        await work.execute(RENAME, bakery, "By itself")

    assert await trail(runtime, bakery) == []


async def test_one_transaction_is_one_deed(runtime: BuiltRuntime, bakery: UUID) -> None:
    async with runtime.work(bakery) as work:
        work.audit("first.deed")
        with pytest.raises(RuntimeError, match=r"first\.deed, then second\.deed"):
            work.audit("second.deed")

    assert [row["action"] for row in await trail(runtime, bakery)] == ["first.deed"]


async def test_killed_midway_there_is_neither_the_write_nor_the_row(
    runtime: BuiltRuntime, owner_url: str, bakery: UUID
) -> None:
    """The connection is cut by the server after the write, and after the row, before the commit."""
    owner = await asyncpg.connect(owner_url)

    async def rename(moment: str) -> None:
        async with runtime.work(bakery) as work:
            await work.execute(RENAME, bakery, moment)
            work.audit("organization.renamed", bakery)
            if moment == "after the row":
                assert work.deed is not None
                await runtime._chain(work.connection, work.deed)
                work.deed = None
            await owner.execute("SELECT pg_terminate_backend($1)", work.connection.get_server_pid())
            await work.execute("SELECT 1")

    for moment in ("after the write", "after the row"):
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
            await rename(moment)
    await owner.close()

    assert await name_of(runtime, bakery) == "Padaria Aurora"
    assert await trail(runtime, bakery) == []
    assert (await verify(runtime, [bakery])).findings == []


async def test_many_at_once_make_one_chain_without_gaps(runtime: BuiltRuntime, bakery: UUID) -> None:
    async def rename(number: int) -> None:
        async with runtime.work(bakery, Actor("user", new_id())) as work:
            work.audit("organization.renamed", bakery, before={"n": 0}, after={"n": number})

    await asyncio.gather(*(rename(number) for number in range(1, 51)))

    rows = await trail(runtime, bakery)
    assert [row["sequence"] for row in rows] == list(range(1, 51))
    found = await verify(runtime, [bakery])
    assert (found.rows, found.findings) == (50, [])


async def test_the_trail_outlives_the_user_and_the_organization(
    runtime: BuiltRuntime, owner_url: str
) -> None:
    ana = await somebody(runtime)
    async with runtime.work(ana.organization_id, Actor("user", ana.id)) as work:
        work.audit("user.created", ana.id, after={"email": ana.email})
    owner = await asyncpg.connect(owner_url)

    await owner.execute("DELETE FROM users")
    await owner.execute("DELETE FROM organizations")

    rows = await owner.fetch("SELECT user_id, organization_id FROM audit_logs")
    await owner.close()
    assert [tuple(row) for row in rows] == [(ana.id, ana.organization_id)]
    found = await verify(runtime)
    assert (found.chains, found.rows, found.findings) == (1, 1, [])
