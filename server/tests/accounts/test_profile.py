"""What people say of themselves, and how they want to have it, in every browser."""

import asyncio
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.identity.types import Role
from tests.accounts.people import a_browser, audited, code_of
from tests.factories import somebody
from tests.locks import waiting


async def test_a_name_and_a_phone_are_ones_own(app: FastAPI, runtime: BuiltRuntime) -> None:
    viewer = await somebody(runtime, role=Role.VIEWER)
    async with a_browser(app) as browser:
        browser.headers = viewer.headers
        said = {"full_name": " Ana Lima ", "phone_number": "+55 11 98765-4321"}
        changed = await browser.patch("/profile", said)
        assert changed.status_code == 200, changed.text
        assert (changed.json()["full_name"], changed.json()["phone_number"]) == (
            "Ana Lima",
            said["phone_number"],
        )
        assert changed.json() == (await browser.get("/auth/me")).json()
        without = await browser.patch("/profile", {"phone_number": None})
        assert (without.json()["full_name"], without.json()["phone_number"]) == ("Ana Lima", None)
    assert await audited(runtime, viewer.organization_id) == ["user.profile_changed"] * 2


async def test_language_and_theme_follow_to_another_browser(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    ana = await somebody(runtime)
    await owner.execute("""UPDATE users SET preferences = '{"sound": "off"}' WHERE id = $1""", ana.id)
    async with a_browser(app) as here, a_browser(app, "203.0.113.4") as there:
        here.headers = ana.headers
        assert (await here.get("/auth/me")).json()["preferences"] == {"language": None, "theme": None}
        await here.patch("/profile", {"language": "es"})
        await here.patch("/profile", {"theme": "dark"})
        signed_in = await there.sign_in(ana.email)
        assert signed_in.json()["user"]["preferences"] == {"language": "es", "theme": "dark"}
        await here.patch("/profile", {"theme": None})
        assert (await there.get("/auth/me")).json()["preferences"] == {"language": "es", "theme": None}
    assert '"sound": "off"' in await owner.fetchval("SELECT preferences FROM users WHERE id = $1", ana.id)


async def test_what_is_chosen_at_the_same_moment_is_kept_both(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    ana = await somebody(runtime)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        async with owner.transaction(), asyncio.timeout(20):
            await owner.execute("SELECT FROM users WHERE id = $1 FOR UPDATE", ana.id)
            both = asyncio.gather(
                browser.patch("/profile", {"language": "es"}), browser.patch("/profile", {"theme": "dark"})
            )
            while await waiting(runtime) < 2:
                await asyncio.sleep(0.01)
        assert [answer.status_code for answer in await both] == [200, 200]
        kept = (await browser.get("/auth/me")).json()["preferences"]
    assert kept == {"language": "es", "theme": "dark"}


async def test_what_nobody_knows_any_more_was_never_chosen(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    ana = await somebody(runtime)
    stored = """{"language": "tlh", "theme": ["dark"]}"""
    await owner.execute("UPDATE users SET preferences = $2::text::jsonb WHERE id = $1", ana.id, stored)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        assert (await browser.get("/auth/me")).json()["preferences"] == {"language": None, "theme": None}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"full_name": ""}, "body.full_name"),
        ({"full_name": "x" * 256}, "body.full_name"),
        ({"phone_number": "call me"}, "body.phone_number"),
        ({"language": "de"}, "body.language"),
        ({"theme": "pink"}, "body.theme"),
        ({"email": "other@padaria-aurora.example"}, "body.email"),
        ({"role": "org_admin"}, "body.role"),
        ({"avatar_url": "https://evil.example/x.svg"}, "body.avatar_url"),
    ],
)
async def test_nothing_else_can_be_said(
    app: FastAPI, runtime: BuiltRuntime, change: dict[str, Any], field: str
) -> None:
    ana = await somebody(runtime)
    async with a_browser(app) as browser:
        browser.headers = ana.headers
        before = (await browser.get("/auth/me")).json()
        answer = await browser.patch("/profile", change)
        assert code_of(answer) == (422, "invalid")
        assert [mistake["field"] for mistake in answer.json()["error"]["details"]["fields"]] == [field]
        assert (await browser.get("/auth/me")).json() == before
