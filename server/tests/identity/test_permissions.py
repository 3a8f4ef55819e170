"""Who may do what: every route asks, and what is not granted is refused."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import iter_route_contexts
from httpx import ASGITransport, AsyncClient

from pytake.identity.dependencies import allowed
from pytake.identity.guards import PUBLIC_ROUTES, unguarded_routes
from pytake.identity.permissions import OF_ROLE, Permission
from pytake.identity.types import Role
from pytake.kit.work import Work
from pytake.runtime import Runtime
from tests.factories import somebody

LOOKING = {
    "profile.read",
    "conversations.read",
    "contacts.read",
    "departments.read",
    "organization.read",
    "templates.read",
}
AGENT = LOOKING | {
    "contacts.merge",
    "conversations.read_department",
    "conversations.read_number",
    "conversations.reply",
}
ORG_ADMIN = AGENT | {
    "templates.write",
    "conversations.read_all",
    "departments.write",
    "people.read",
    "people.write",
    "users.invite",
    "organization.write",
    "organization.delete",
    "api_keys.read",
    "api_keys.write",
    "numbers.read",
    "numbers.write",
    "audit.read",
}
TABLE = {
    Role.SUPER_ADMIN: ORG_ADMIN | {"platform.read", "platform.write"},
    Role.ORG_ADMIN: ORG_ADMIN,
    Role.AGENT: AGENT,
    Role.VIEWER: LOOKING | {"conversations.read_all"},
}


def _routes(app: FastAPI) -> list[tuple[str, str]]:
    return [
        (method, context.path_format or "")
        for context in iter_route_contexts(app.routes)
        for method in sorted((context.methods or set()) - {"HEAD"})
    ]


def test_the_table_of_roles_is_what_it_is() -> None:
    assert {role: {p.value for p in permissions} for role, permissions in OF_ROLE.items()} == TABLE


def test_every_route_is_guarded_or_public(app: FastAPI) -> None:
    assert unguarded_routes(app.routes) == []
    assert len(_routes(app)) > 8
    missing = PUBLIC_ROUTES - {f"{method} {path}" for method, path in _routes(app)}
    assert missing == {"GET /api/openapi.json"}, "in production nobody is told"


def test_a_route_without_a_guard_is_found() -> None:
    router = APIRouter(prefix="/api/v1/campaigns")

    @router.get("/open")
    async def left_open() -> None: ...

    @router.get("/closed")
    async def closed(_: Annotated[Work, Depends(allowed(Permission.PROFILE_READ))]) -> None: ...

    @router.websocket("/live")
    async def live() -> None: ...

    app = FastAPI(openapi_url=None)
    app.include_router(router)
    app.include_router(router, prefix="/again")

    assert unguarded_routes(app.routes) == [
        "GET /api/v1/campaigns/open",
        "WS /api/v1/campaigns/live",
        "GET /again/api/v1/campaigns/open",
        "WS /again/api/v1/campaigns/live",
    ]


async def test_nobody_gets_anything_without_signing_in(app: FastAPI, client: AsyncClient) -> None:
    asked = 0
    for method, path in _routes(app):
        if f"{method} {path}" in PUBLIC_ROUTES:
            continue
        address = re.sub(r"\{.*?\}", "01999999-9999-7999-8999-999999999999", path)
        for headers in ({}, {"authorization": "Bearer x.y.z"}, {"authorization": "Basic YTpi"}):
            answer = await client.request(method, address, headers=headers)
            assert answer.status_code == 401, f"{method} {path}"
            asked += 1
    assert asked >= 15


async def test_every_role_may_look_and_see_itself(client: AsyncClient, runtime: Runtime) -> None:
    for role in Role:
        user = await somebody(runtime, role=role)

        assert (await client.get("/api/v1/auth/me", headers=user.headers)).status_code == 200
        assert (await client.get("/api/v1/conversations", headers=user.headers)).status_code == 200


async def test_what_a_role_lacks_is_refused_and_may_be_granted_by_name(
    runtime: Runtime, app: FastAPI
) -> None:
    viewer = await somebody(runtime, role=Role.VIEWER)
    guard = allowed(Permission.CONVERSATIONS_REPLY)

    @app.post("/reply")
    async def reply(_: Annotated[Work, Depends(guard, scope="function")]) -> str:
        return "said"

    async with AsyncClient(transport=ASGITransport(app), base_url="http://pytake.test") as client:
        refused = await client.post("/reply", headers=viewer.headers)
        async with runtime.work(viewer.organization_id) as work:
            await work.execute("""UPDATE users SET permissions = '["conversations.reply", 7, "unknown"]'""")
        granted = await client.post("/reply", headers=viewer.headers)

    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "permission_missing")
    assert refused.json()["error"]["details"] == {"permission": "conversations.reply"}
    assert granted.status_code == 200


async def test_a_commit_that_fails_is_not_answered_as_done(runtime: Runtime, app: FastAPI) -> None:
    user = await somebody(runtime)

    @app.post("/break")
    async def break_at_commit(
        work: Annotated[Work, Depends(allowed(Permission.PROFILE_READ), scope="function")],
    ) -> str:
        work.publish("an event type that is much too long for its column" * 2, {})
        return "done"

    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://pytake.test") as client:
        answer = await client.post("/break", headers=user.headers)

    assert answer.status_code == 500
