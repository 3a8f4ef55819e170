"""A19, for getting in: whatever else is sent along changes nothing, and mistakes are told by field."""

from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.entrypoints.models import METADATA
from pytake.identity.types import Role
from tests.accounts.people import a_browser, code_of, mail, token_in
from tests.factories import PASSWORD, somebody
from tests.sizes import Figure

NEW = "a fresh horse battery"
TABLES = ("users", "organizations", "user_sessions", "refresh_tokens", "one_time_links", "totp_factors")
BODIES: dict[str, dict[str, Any]] = {
    "/auth/login": {"email": "EMAIL", "password": PASSWORD},
    "/auth/password": {"present_password": PASSWORD, "password": NEW},
    "/auth/password/forgot": {"email": "EMAIL"},
    "/auth/password/reset": {"token": "TOKEN", "password": NEW},
    "/auth/links/look": {"token": "TOKEN"},
    "/auth/email/verify": {"token": "TOKEN"},
    "/auth/two-factor/setup": {"password": PASSWORD},
    "/auth/two-factor/confirm": {"code": "123456"},
    "/auth/two-factor/recovery-codes": {"code": "123456"},
    "/auth/two-factor/disable": {"code": "123456", "password": PASSWORD},
    "/auth/email/change": {"email": "nova@padaria-aurora.example", "password": PASSWORD},
    "/auth/email/change/confirm": {"token": "TOKEN"},
    "/invitations": {"email": "bia@padaria-aurora.example", "full_name": "Bia"},
    "/invitations/accept": {"token": "TOKEN", "password": NEW},
}


async def test_nothing_can_be_slipped_in(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection, figure: Figure
) -> None:
    admin, asked = await somebody(runtime, role=Role.ORG_ADMIN), 0
    attributes = {column.name for table in TABLES for column in METADATA.tables[table].columns}
    app.state.user_requests_per_minute = 0
    async with a_browser(app) as browser:
        await browser.post("/auth/password/forgot", {"email": admin.email})
        token = token_in((await mail(runtime, admin.organization_id))[0])
        browser.headers = admin.headers
        before = await _people(owner)
        for number, (path, body) in enumerate(BODIES.items()):
            own = {
                name: {"EMAIL": admin.email, "TOKEN": token}.get(value, value) for name, value in body.items()
            }
            for turn, name in enumerate(sorted(attributes - own.keys() - {"role", "full_name"})):
                address = f"203.0.{number}.{turn}"
                async with a_browser(app, address) as elsewhere:
                    elsewhere.headers = admin.headers
                    answer = await elsewhere.post(path, own | {name: "super_admin"})
                assert code_of(answer) == (422, "invalid"), f"{path} {name}"
                asked += 1
        assert await _people(owner) == before
    figure(f"A19: {asked} attributes slipped into {len(BODIES)} routes of getting in, 0 taken")


async def _people(owner: asyncpg.Connection) -> list[str]:
    return [
        str(await owner.fetch(f"SELECT t::text FROM {table} t ORDER BY 1"))  # noqa: S608 - the names in the loop beside it
        for table in TABLES
    ]


@pytest.mark.parametrize(
    ("path", "change", "field"),
    [
        ("/auth/login", {"email": "no address"}, "body.email"),
        ("/auth/login", {"code": "1"}, "body.code"),
        ("/auth/password/reset", {"password": "x" * 201}, "body.password"),
        ("/invitations", {"role": "king"}, "body.role"),
        ("/invitations", {"full_name": "Ana\nBcc: x"}, "body.full_name"),
        ("/invitations", {"full_name": ""}, "body.full_name"),
    ],
)
async def test_a_mistake_is_told_by_field(
    app: FastAPI, runtime: BuiltRuntime, path: str, change: dict[str, str], field: str
) -> None:
    admin = await somebody(runtime, role=Role.ORG_ADMIN)
    async with a_browser(app) as browser:
        browser.headers = admin.headers
        own = {"email": admin.email} if "email" in BODIES[path] else {}
        answer = await browser.post(path, BODIES[path] | own | change)
    assert code_of(answer) == (422, "invalid")
    assert [mistake["field"] for mistake in answer.json()["error"]["details"]["fields"]] == [field]
    assert "x" * 201 not in answer.text
