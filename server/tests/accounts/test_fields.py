"""Getting in: mistakes are told by field. What is slipped in: see tests/security/test_mass_assignment.py."""

from typing import Any

import pytest
from fastapi import FastAPI

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.types import Role
from tests.accounts.people import a_browser, code_of
from tests.factories import PASSWORD, somebody

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
