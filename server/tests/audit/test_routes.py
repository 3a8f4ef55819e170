"""Every route that writes leaves one row when it succeeds and none when it is refused.

`tests.rows_told` looks at every call of every test. Here is shown that it looks, and where it does not.
"""

from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import iter_route_contexts
from httpx import AsyncClient

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.dependencies import allowed
from pytake.identity.permissions import Permission
from pytake.kit.errors import Conflict
from pytake.kit.work import Actor, Work
from tests.factories import PASSWORD, somebody
from tests.rows_told import NO_ROW, PERHAPS_A_ROW

Anybody = Annotated[Work, Depends(allowed(Permission.PROFILE_READ), scope="function")]


@pytest.fixture
async def doors(app: FastAPI, client: AsyncClient, runtime: BuiltRuntime) -> AsyncClient:
    router = APIRouter(prefix="/api/v1/tests")

    @router.post("/nothing")
    async def nothing(_: Anybody) -> None:
        """Succeeds and tells nothing."""

    @router.post("/refused")
    async def refused(work: Anybody) -> None:
        """Is refused, and has told something all the same."""
        async with runtime.work(work.organization_id, Actor("user")) as other:
            other.audit("things.changed")
        raise Conflict

    app.include_router(router)
    return client


def test_what_needs_no_row_is_a_route_that_exists(app: FastAPI) -> None:
    writing = {
        f"{method} {context.path_format}"
        for context in iter_route_contexts(app.routes)
        for method in context.methods or ()
    }

    assert set(NO_ROW) | set(PERHAPS_A_ROW) <= writing


@pytest.mark.parametrize(
    ("door", "said"), [("nothing", "left no row"), ("refused", r"left \['things.changed'\]")]
)
async def test_a_route_that_forgets_is_noticed_wherever_it_is_called(
    doors: AsyncClient, runtime: BuiltRuntime, door: str, said: str
) -> None:
    ana = await somebody(runtime)

    with pytest.raises(AssertionError, match=said):
        await doors.post(f"/api/v1/tests/{door}", headers=ana.headers)


async def test_signing_in_is_a_deed_and_failing_to_is_none(
    client: AsyncClient, runtime: BuiltRuntime
) -> None:
    ana = await somebody(runtime)
    body = {"email": ana.email, "password": PASSWORD}

    assert (await client.post("/api/v1/auth/login", json=body)).status_code == 200
    assert (await client.post("/api/v1/auth/login", json=body | {"password": "wrong"})).status_code == 401

    async with runtime.work(ana.organization_id) as work:
        rows = await work.fetch("SELECT action, user_id FROM audit_logs")
    assert [tuple(row) for row in rows] == [("session.opened", ana.id)]
