"""What is deleted by itself, and what a thief would be glad of if it were."""

import asyncpg
import pytest
from fastapi import FastAPI

from pytake.accounts import tasks
from pytake.entrypoints.bootstrap import BuiltRuntime
from tests.accounts.people import a_browser, code_of
from tests.factories import somebody

TOKENS = "SELECT count(*) FROM refresh_tokens"
SESSIONS = "SELECT count(*) FROM user_sessions"


async def test_a_token_that_nobody_can_replay_is_forgotten(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        await browser.sign_in(user.email)
        for _ in range(3):
            await browser.refresh()
        await owner.execute(
            """
            UPDATE refresh_tokens SET expires_at = now()
            WHERE id IN (SELECT id FROM refresh_tokens ORDER BY created_at LIMIT 2)
            """
        )

        await tasks.tidy(runtime)

        assert await owner.fetchval(TOKENS) == 2
        assert (await browser.refresh()).status_code == 200


async def test_a_replay_is_noticed_after_tidying(app: FastAPI, runtime: BuiltRuntime) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as owner, a_browser(app, "203.0.113.9") as thief:
        await owner.sign_in(user.email)
        stolen = owner.refresh_token
        await owner.refresh()
        await tasks.tidy(runtime)

        thief.carry(stolen)
        assert code_of(await thief.refresh()) == (401, "invalid_token")

        assert not await owner.is_in()


async def test_a_sign_in_that_ended_by_itself_does_not_come_back_into_the_list(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as elsewhere, a_browser(app) as browser:
        await elsewhere.sign_in(user.email)
        await owner.execute("UPDATE refresh_tokens SET expires_at = now()")
        await browser.sign_in(user.email)
        listed = (await browser.get("/auth/sessions")).json()

        await tasks.tidy(runtime)

        assert (await browser.get("/auth/sessions")).json() == listed
        assert await owner.fetchval(TOKENS) == 2


async def test_what_was_long_ago_is_deleted_a_piece_at_a_time(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "TIDIED_AT_ONCE", 2)
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        for _ in range(5):
            await browser.sign_in(user.email)
        await browser.post("/auth/login", {"email": "nobody@example.org", "password": "not this one"})
    await owner.execute("UPDATE sign_in_attempts SET last_at = now() - interval '3 days'")
    await owner.execute(
        """
        UPDATE user_sessions SET expires_at = now() - interval '31 days'
        WHERE id <> (SELECT id FROM user_sessions ORDER BY created_at DESC LIMIT 1)
        """
    )

    assert await owner.fetchval("SELECT tidy_accounts(30, 2)") == 2
    assert await owner.fetchval(SESSIONS) == 4
    await tasks.tidy(runtime)

    assert await owner.fetchval(SESSIONS) == 1
    assert await owner.fetchval("SELECT count(*) FROM sign_in_attempts") == 0
