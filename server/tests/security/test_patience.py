"""A request that takes too long is given up, and what it began is undone."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI
from httpx import AsyncClient
from starlette.requests import Request
from starlette.responses import StreamingResponse

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.http import middleware
from pytake.identity.dependencies import allowed
from pytake.identity.permissions import Permission
from pytake.kit.work import Work
from tests.factories import somebody

Anybody = Annotated[Work, Depends(allowed(Permission.PROFILE_READ), scope="function")]
RENAME = "UPDATE organizations SET name = 'Slow' WHERE id = $1"


@pytest.fixture
def doors(app: FastAPI, client: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> AsyncClient:
    monkeypatch.setattr(middleware, "PATIENCE", 0.3)
    router = APIRouter(prefix="/api/v1/tests")

    @router.post("/hanging")
    async def hanging(work: Anybody) -> None:
        work.audit("organization.renamed")
        await work.execute(RENAME, work.organization_id)
        await work.execute("SELECT pg_sleep(60)")

    @router.post("/reading")
    async def reading(request: Request) -> int:
        return len(await request.body())

    @router.get("/own-timeout")
    async def own_timeout() -> None:
        raise TimeoutError

    @router.get("/streaming")
    async def streaming() -> StreamingResponse:
        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(5):
                yield b"slow "
                await asyncio.sleep(0.1)

        return StreamingResponse(pieces())

    app.include_router(router)
    return client


async def test_what_hangs_is_given_up_and_undone(doors: AsyncClient, runtime: BuiltRuntime) -> None:
    ana = await somebody(runtime)

    answer = await doors.post("/api/v1/tests/hanging", headers=ana.headers)

    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "took_too_long")
    assert answer.headers["retry-after"] == "5"
    async with runtime.work(ana.organization_id) as work:
        rows = await work.fetch("SELECT name FROM organizations")
        sleeping = await work.fetch(
            """
            SELECT FROM pg_stat_activity
            WHERE query LIKE 'SELECT pg_sleep(60)%' AND state = 'active' AND datname = current_database()
            """
        )
    assert [row["name"] for row in rows] == ["Padaria Aurora"]
    assert sleeping == []


async def test_a_body_that_never_ends_is_given_up(doors: AsyncClient) -> None:
    async def drip() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    answer = await doors.post("/api/v1/tests/reading", content=drip())

    assert answer.status_code == 503


async def test_an_answer_that_has_begun_may_take_its_time(doors: AsyncClient) -> None:
    answer = await doors.get("/api/v1/tests/streaming")

    assert (answer.status_code, answer.text) == (200, "slow " * 5)


async def test_another_timeout_is_not_taken_for_ours(doors: AsyncClient) -> None:
    answer = await doors.get("/api/v1/tests/own-timeout")

    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")
