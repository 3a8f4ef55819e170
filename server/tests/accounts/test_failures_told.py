"""Wrong passwords leave a row with whom they were guessed at, tell the guesser nothing, and flood nothing."""

import asyncio
from typing import Any

import asyncpg
import pyotp
from fastapi import FastAPI

from pytake.accounts import jobs, tasks
from pytake.accounts.service.guesses import STRANGERS
from pytake.entrypoints.bootstrap import BuiltRuntime
from tests.accounts.people import a_browser, audited, code_of
from tests.factories import somebody, whoever

WRONG = "not this one at all"
FAILED = "session.sign_in_failed"


async def _rows(owner: asyncpg.Connection) -> list[Any]:
    rows: list[Any] = await owner.fetch(
        "SELECT * FROM audit_logs WHERE action LIKE 'session.%failed' ORDER BY organization_id, sequence"
    )
    return rows


async def test_the_row_says_whom_and_where_from(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    user = await somebody(runtime)
    async with a_browser(app, "203.0.113.9", **{"user-agent": "Curious/1.0"}) as stranger:
        refused = await stranger.sign_in(user.email.upper(), WRONG)
    async with a_browser(app, "192.0.2.1") as own:
        await own.sign_in(user.email)
        await own.sign_in(user.email, WRONG)
    assert jobs.tell_sign_in_failures() in await tasks.unanswered(runtime)
    await tasks.tell_sign_in_failures(runtime)

    first, second = await _rows(owner)
    assert (first["organization_id"], first["resource_id"], first["user_id"]) == (
        user.organization_id,
        user.id,
        None,
    )
    assert (str(first["ip_address"]), first["user_agent"]) == ("203.0.113.9", "Curious/1.0")
    assert '"is_known_device": false' in first["metadata"]
    assert '"actor": "stranger"' in first["metadata"]
    assert refused.headers["x-request-id"] in first["metadata"]
    assert '"is_known_device": true' in second["metadata"]
    assert WRONG not in str([dict(row) for row in (first, second)])
    assert jobs.tell_sign_in_failures() not in await tasks.unanswered(runtime)


async def test_an_address_nobody_has_takes_the_same_steps_and_leaves_nothing(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    user, off = await somebody(runtime), await somebody(runtime)
    async with runtime.work(off.organization_id) as work:
        await work.execute("UPDATE users SET is_active = false")
    steps: list[list[str]] = []
    async with a_browser(app) as browser:
        for email in ("warm@up.example", user.email, "nobody@nowhere.example", off.email):
            asked: list[str] = []
            async with runtime.work(user.organization_id) as work:
                work.connection.add_query_logger(
                    lambda query, asked=asked: asked.append(whoever(query.query))
                )
            assert code_of(await browser.sign_in(email, WRONG)) == (401, "wrong_credentials")
            steps.append(list(asked))
    assert steps[1][:12] == steps[2][:12] == steps[3][:12]
    assert any("note_sign_in_failure" in statement for statement in steps[1])

    await tasks.tell_sign_in_failures(runtime)
    assert {row["resource_id"] for row in await _rows(owner)} == {user.id, off.id}
    assert await owner.fetchval("SELECT count(*) FROM sign_in_failures") == 0


async def test_a_thousand_guesses_leave_ten_rows(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    """Only what was really checked is told, and that is what the lock allows."""
    user = await somebody(runtime)

    async def guess(number: int) -> None:
        async with a_browser(app, f"198.51.100.{number}") as stranger:
            for _ in range(20):
                await stranger.sign_in(user.email, WRONG)

    await asyncio.gather(*(guess(number) for number in range(50)))
    await asyncio.gather(*(tasks.tell_sign_in_failures(runtime) for _ in range(3)))

    assert len(await _rows(owner)) == STRANGERS


async def test_a_wrong_code_is_told_at_once(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser, a_browser(app, "203.0.113.9") as thief:
        await browser.sign_in(user.email)
        setup = await browser.post("/auth/two-factor/setup", {"password": "correct horse battery"})
        code = pyotp.TOTP(setup.json()["secret"]).now()
        assert (await browser.post("/auth/two-factor/confirm", {"code": code})).status_code == 200
        assert code_of(await thief.sign_in(user.email)) == (401, "second_factor_needed")
        assert code_of(await thief.sign_in(user.email, code="aaaa-bbbb-cccc-dddd")) == (401, "wrong_code")
    (row,) = await _rows(owner)
    assert (row["action"], row["resource_id"]) == ("session.second_factor_failed", user.id)
    assert str(row["ip_address"]) == "203.0.113.9"
    assert "session.second_factor_failed" in await audited(runtime, user.organization_id)


async def test_a_trail_that_cannot_be_written_keeps_no_other_waiting(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    broken, sound = await somebody(runtime), await somebody(runtime)
    async with a_browser(app) as browser:
        await browser.sign_in(broken.email)
        await owner.execute(
            "UPDATE audit_chains SET key_encrypted = 'lost' WHERE organization_id = $1",
            broken.organization_id,
        )
        for user in (broken, sound):
            assert code_of(await browser.sign_in(user.email, WRONG)) == (401, "wrong_credentials")

    await tasks.tell_sign_in_failures(runtime)

    assert [row["resource_id"] for row in await _rows(owner)] == [sound.id]
    assert await owner.fetchval("SELECT count(*) FROM sign_in_failures") == 0
