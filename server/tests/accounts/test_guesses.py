"""A18: strangers get few guesses and lock nobody out, and being locked tells nothing."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from pwdlib import PasswordHash

from pytake.accounts import marks
from pytake.accounts.service import guesses
from pytake.accounts.service.guesses import DEVICE, NETWORK, STRANGERS
from pytake.entrypoints.bootstrap import BuiltRuntime
from tests.accounts.people import DEVICE as DEVICE_COOKIE
from tests.accounts.people import Browser, a_browser, code_of, mail, token_in, without_redis
from tests.factories import PASSWORD, somebody
from tests.sizes import Figure, full_or_tenth

WRONG = "not this one at all"
LOCKED = (429, "too_many_attempts")


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was really checked."""
    checked: list[str] = []
    verify = PasswordHash.verify_and_update

    def watched(self: PasswordHash, password: str, hash_: str) -> Any:
        checked.append(password)
        return verify(self, password, hash_)

    monkeypatch.setattr(PasswordHash, "verify_and_update", watched)
    return checked


async def _guess(browser: Browser, email: str, times: int) -> list[int]:
    return [(await browser.sign_in(email, WRONG)).status_code for _ in range(times)]


async def test_ten_thousand_guesses_from_a_hundred_addresses(
    app: FastAPI, runtime: BuiltRuntime, hashed: list[str], figure: Figure
) -> None:
    owner = await somebody(runtime)
    each = full_or_tenth(10_000) // 100
    async with a_browser(app, "192.0.2.1") as known:
        assert (await known.sign_in(owner.email)).status_code == 200
        hashed.clear()

        async def attack(number: int) -> None:
            async with a_browser(app, f"198.51.100.{number}") as stranger:
                await _guess(stranger, owner.email, each)

        for first in range(0, 100, 10):
            await asyncio.gather(*(attack(number) for number in range(first, first + 10)))
        count = len(hashed)

        assert count < 100
        assert (await known.sign_in(owner.email)).status_code == 200, "the owner's own browser is not locked"
    async with runtime.work(owner.organization_id) as work:
        rows = await work.fetch("SELECT failed_login_attempts, locked_until FROM users")
    figure(f"A18: {100 * each} guesses from 100 addresses, {count} hashed; the owner's browser still gets in")
    assert count == STRANGERS
    assert rows[0]["failed_login_attempts"] == 0, "the owner's sign-in shows none of it"


async def test_a_lock_is_shown_in_the_row_and_told_alike_for_addresses_nobody_has(
    app: FastAPI, runtime: BuiltRuntime
) -> None:
    owner = await somebody(runtime)
    answers = []
    for number, email in enumerate((owner.email, "nobody@nowhere.example")):
        async with a_browser(app, f"198.51.100.{number}") as stranger:
            assert await _guess(stranger, email, STRANGERS) == [401] * STRANGERS
            answers.append(await stranger.sign_in(email, PASSWORD))
            assert code_of(answers[-1]) == LOCKED
            assert 800 < int(answers[-1].headers["retry-after"]) <= 900
    assert answers[0].json()["error"]["code"] == answers[1].json()["error"]["code"]
    async with runtime.work(owner.organization_id) as work:
        rows = await work.fetch("SELECT failed_login_attempts, locked_until > now() AS locked FROM users")
    assert tuple(rows[0]) == (STRANGERS, True)


async def test_after_the_lock_there_is_one_guess_and_a_longer_lock(
    app: FastAPI, runtime: BuiltRuntime, owner: Any
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as stranger:
        await _guess(stranger, user.email, STRANGERS)
        for longest in (1800, 3600, 3600):
            await owner.execute("UPDATE sign_in_attempts SET locked_until = now()")
            assert await _guess(stranger, user.email, 2) == [401, 429]
            refused = await stranger.sign_in(user.email)
            assert longest - 60 < refused.json()["error"]["details"]["retry_after"] <= longest


async def test_the_right_password_forgets_the_wrong_ones(app: FastAPI, runtime: BuiltRuntime) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        for _ in range(3):
            assert await _guess(browser, user.email, STRANGERS - 1) == [401] * (STRANGERS - 1)
            browser.client.cookies.clear()
            assert (await browser.sign_in(user.email)).status_code == 200
            browser.client.cookies.clear()
            await _reset_network(runtime)


async def _reset_network(runtime: BuiltRuntime) -> None:
    await guesses.forget(runtime, marks.subject(runtime.ports.digests, "network", "198.51.100.7"))


async def test_a_known_device_has_guesses_of_its_own(app: FastAPI, runtime: BuiltRuntime) -> None:
    user, other = await somebody(runtime), await somebody(runtime)
    async with a_browser(app) as known, a_browser(app, "203.0.113.4") as thief:
        await known.sign_in(user.email)
        mark = known.client.cookies[DEVICE_COOKIE]
        known.headers = {}
        assert await _guess(known, user.email, DEVICE + 1) == [401] * DEVICE + [429]
        assert (await thief.sign_in(user.email)).status_code == 200, "a locked device locks nobody else"

        for forged in (
            mark[:-5] + ("A" if mark[-5] != "A" else "B") + mark[-4:],
            "x",
            mark.partition(".")[0],
            "",
        ):
            thief.client.cookies.set(DEVICE_COOKIE, forged, domain="pytake.test", path="/")
            answer = await thief.sign_in(user.email, WRONG)
            assert answer.status_code == 401, "a forged mark is no mark: not locked with the device"
        thief.client.cookies.set(DEVICE_COOKIE, mark, domain="pytake.test", path="/")
        assert await _guess(thief, other.email, 1) == [401]
    async with runtime.work(other.organization_id) as work:
        rows = await work.fetch("SELECT failed_login_attempts FROM users")
    assert rows[0]["failed_login_attempts"] == 1, "the mark is of one person: for others it is a stranger's"


async def test_one_network_gets_few_guesses_at_many_people(
    app: FastAPI, runtime: BuiltRuntime, hashed: list[str]
) -> None:
    user = await somebody(runtime)
    async with a_browser(app, "2001:db8:1::1") as one, a_browser(app, "2001:db8:1::2") as neighbour:
        await one.sign_in(user.email)
        hashed.clear()
        for number in range(NETWORK):
            await (one, neighbour)[number % 2].sign_in(f"{number}@nowhere.example", WRONG)
            if number % 3 == 0:
                await one.sign_in(user.email)  # an own account gives nothing back but its own attempt
        hashed[:] = [password for password in hashed if password == WRONG]

        assert code_of(await neighbour.sign_in("one-more@nowhere.example", WRONG)) == LOCKED
        assert len(hashed) == NETWORK
    async with a_browser(app, "2001:db8:2::1") as elsewhere:
        assert (await elsewhere.sign_in(user.email)).status_code == 200


async def test_who_is_locked_out_on_a_new_device_gets_in_by_mail(app: FastAPI, runtime: BuiltRuntime) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as stranger, a_browser(app, "203.0.113.4") as owner:
        await _guess(stranger, user.email, STRANGERS)
        assert code_of(await owner.sign_in(user.email)) == LOCKED

        assert (await owner.post("/auth/password/forgot", {"email": user.email})).status_code == 202
        letter = (await mail(runtime, user.organization_id))[0]
        body = {"token": token_in(letter), "password": "a fresh horse battery"}
        assert (await owner.post("/auth/password/reset", body)).status_code == 200

        await _guess(stranger, user.email, STRANGERS)
        assert (await owner.sign_in(user.email, "a fresh horse battery")).status_code == 200


async def test_many_at_once_are_no_more_than_one_by_one(
    app: FastAPI, runtime: BuiltRuntime, hashed: list[str]
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as stranger:
        answers = await asyncio.gather(*(stranger.sign_in(user.email, WRONG) for _ in range(60)))

    assert len(hashed) == STRANGERS == sum(answer.status_code == 401 for answer in answers)


async def test_the_limits_hold_without_redis(app: FastAPI, runtime: BuiltRuntime, hashed: list[str]) -> None:
    user = await somebody(runtime)
    await without_redis(runtime)
    async with a_browser(app) as stranger:
        assert await _guess(stranger, user.email, STRANGERS + 2) == [401] * STRANGERS + [429] * 2
        assert runtime.redis.is_away

    assert len(hashed) == STRANGERS
