"""The second factor: codes that are good once, few tries, and a way back without the phone."""

import random

import asyncpg
import pyotp
import pytest
from fastapi import FastAPI
from httpx import Response

from pytake.accounts.service.guesses import CODES
from pytake.accounts.service.two_factor import STEP
from pytake.entrypoints.bootstrap import BuiltRuntime
from tests.accounts.people import Browser, a_browser, audited, code_of
from tests.factories import PASSWORD, Somebody, somebody
from tests.sizes import SEED, Figure, full_or_tenth


class Phone:
    """An authenticator app: each code it shows is a half minute later than the one before."""

    def __init__(self, runtime: BuiltRuntime, user: Somebody, secret: str) -> None:
        self._runtime, self._user, self._app = runtime, user, pyotp.TOTP(secret)
        self._ahead = -1

    async def code(self) -> str:
        self._ahead += 1
        assert self._ahead <= 1, "a third code would be of a time that is not accepted yet"
        return self._app.generate_otp(await self.now() + self._ahead)

    async def late(self, steps: int) -> str:
        return self._app.generate_otp(await self.now() + steps)

    async def now(self) -> int:
        async with self._runtime.work(self._user.organization_id) as work:
            return int(work.now.timestamp()) // STEP


async def _switched_on(browser: Browser, runtime: BuiltRuntime, user: Somebody) -> tuple[Phone, list[str]]:
    await browser.sign_in(user.email)
    setup = (await browser.post("/auth/two-factor/setup", {"password": PASSWORD})).json()
    assert setup["uri"].startswith("otpauth://totp/PyTake:")
    phone = Phone(runtime, user, setup["secret"])
    code = await phone.code()
    answer = await browser.post("/auth/two-factor/confirm", {"code": f"{code[:3]} {code[3:]}"})
    assert answer.status_code == 200, answer.text
    return phone, answer.json()["recovery_codes"]


async def test_from_now_on_a_code_is_asked_for(
    app: FastAPI, runtime: BuiltRuntime, owner: asyncpg.Connection
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as desk, a_browser(app, "203.0.113.4") as other:
        phone, recovery = await _switched_on(desk, runtime, user)
        assert (await desk.get("/auth/two-factor")).json() == {"is_on": True, "recovery_codes_left": 10}

        assert code_of(await other.sign_in(user.email)) == (401, "second_factor_needed")
        wrong = await other.sign_in(user.email, "not the password", code="000000")
        assert code_of(wrong) == (401, "wrong_credentials"), "a code is not looked at before the password"
        fullwidth = await other.sign_in(user.email, code="１２３４５６")
        assert code_of(fullwidth) == (401, "wrong_code")
        code = await phone.code()
        assert (await other.sign_in(user.email, code=code)).status_code == 200
        assert code_of(await other.sign_in(user.email, code=code)) == (401, "wrong_code"), "good once"

        shouted = recovery[0].upper().replace("-", " ")
        assert (await other.sign_in(user.email, code=shouted)).status_code == 200
        assert code_of(await other.sign_in(user.email, code=recovery[0])) == (401, "wrong_code")
        assert (await desk.get("/auth/two-factor")).json()["recovery_codes_left"] == 9
    dump = str(await owner.fetch("SELECT t::text FROM totp_factors t"))
    dump += str(await owner.fetch("SELECT c::text FROM recovery_codes c"))
    assert phone._app.secret not in dump
    assert not any(code.replace("-", "") in dump for code in recovery)


async def test_a_secret_that_was_not_confirmed_counts_for_nothing(
    app: FastAPI, runtime: BuiltRuntime
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        await browser.sign_in(user.email)
        assert code_of(await browser.post("/auth/two-factor/setup", {"password": "wrong"})) == (
            422,
            "wrong_password",
        )
        assert code_of(await browser.post("/auth/two-factor/confirm", {"code": "123456"})) == (
            409,
            "two_factor_not_on",
        )
        await browser.post("/auth/two-factor/setup", {"password": PASSWORD})
        for wrong in ("abcdef", "１２３４５６", "²" * 6):
            refused = await browser.post("/auth/two-factor/confirm", {"code": wrong})
            assert code_of(refused) == (422, "wrong_code")
        assert (await browser.get("/auth/two-factor")).json()["is_on"] is False
        assert (await browser.sign_in(user.email)).status_code == 200


async def test_new_recovery_codes_and_switching_off(app: FastAPI, runtime: BuiltRuntime) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        phone, old = await _switched_on(browser, runtime, user)
        again = await browser.post("/auth/two-factor/setup", {"password": PASSWORD})
        assert code_of(again) == (409, "two_factor_already_on")
        renewed = await browser.post("/auth/two-factor/recovery-codes", {"code": await phone.code()})
        new = renewed.json()["recovery_codes"]
        assert len(set(new) - set(old)) == 10
        assert code_of(await _off(browser, old[0])) == (422, "wrong_code")
        assert code_of(await _off(browser, new[0], "not this one")) == (422, "wrong_password")
        assert (await _off(browser, new[0])).status_code == 204
        assert code_of(await _off(browser, new[1])) == (409, "two_factor_not_on")
        assert (await browser.sign_in(user.email)).status_code == 200
    assert await audited(runtime, user.organization_id) == [
        "session.opened",
        "user.two_factor_begun",
        "user.two_factor_enabled",
        "user.recovery_codes_renewed",
        "user.two_factor_disabled",
        "session.opened",
    ]


async def _off(browser: Browser, code: str, password: str = PASSWORD) -> Response:
    return await browser.post("/auth/two-factor/disable", {"code": code, "password": password})


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
async def test_a_clock_may_be_half_a_minute_off(
    app: FastAPI, runtime: BuiltRuntime, steps: int, accepted: bool
) -> None:
    user = await somebody(runtime)
    async with a_browser(app) as browser:
        phone, _ = await _switched_on(browser, runtime, user)
        while True:
            began = await phone.now()
            async with runtime.work(user.organization_id) as work:
                await work.execute("UPDATE totp_factors SET last_step = 0")
            answer = await browser.sign_in(user.email, code=await phone.late(steps))
            if began == await phone.now():  # a half minute that ends in between would tell nothing
                break
    assert (answer.status_code == 200) is accepted


async def test_five_tries_in_a_quarter_of_an_hour(
    app: FastAPI, runtime: BuiltRuntime, figure: Figure
) -> None:
    """A14, for codes: whoever has the password guesses as often as they like, and is heard five times."""
    user, chance = await somebody(runtime), random.Random(SEED)
    tried, heard = full_or_tenth(1_000), 0
    async with a_browser(app) as owner, a_browser(app, "203.0.113.4") as thief:
        _, recovery = await _switched_on(owner, runtime, user)
        for _ in range(tried):
            answer = await thief.sign_in(user.email, code=f"{chance.randrange(10**6):06}")
            heard += answer.status_code == 401
            assert code_of(answer) in {
                (401, "wrong_code"),
                (429, "too_many_attempts"),
                (429, "rate_limit_exceeded"),
            }
        assert heard == CODES
        async with a_browser(app, "203.0.113.5") as elsewhere:
            answer = await elsewhere.sign_in(user.email, code=recovery[0])
        assert code_of(answer) == (429, "too_many_attempts"), "from wherever they ask"
        assert await owner.is_in(), "whoever is in stays in"
    figure(f"A14: {tried} guesses at codes by who has the password, {heard} heard, 0 right")
