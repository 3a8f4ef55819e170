"""A38: calls are counted where it is atomic, for addresses and for people."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from redis.asyncio import Redis

from pytake.adapters.redis import keys, scripts
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.http.rates import RateLimits
from pytake.kit.ids import new_id
from pytake.ports.rates import Counted, Counter
from tests.accounts.people import a_browser, code_of, without_redis
from tests.factories import somebody
from tests.sizes import Figure

pytestmark = pytest.mark.usefixtures("patient_redis")


async def test_two_hundred_at_once_are_told_two_hundred_numbers(redis_url: str, figure: Figure) -> None:
    """The counting itself, without our client: on a busy machine that one gives up after a second."""
    key = keys.user_rate(new_id())
    async with Redis.from_url(redis_url, max_connections=200) as redis:
        calls: list[Any] = [redis.eval(scripts.COUNT_EACH, 1, key.name, 60_000) for _ in range(200)]
        told = await asyncio.gather(*calls)
        assert sorted(used for used, _ in told) == list(range(1, 201))
        assert all(0 < left <= 60_000 for _, left in told)
        assert 0 < await redis.ttl(key.name) <= 60
    passed = sum(used <= 100 for used, _ in told)
    figure(f"A38: 200 calls of one person at once, limit 100: {passed} passed")


async def test_a_person_is_told_how_much_is_left(app: FastAPI, runtime: BuiltRuntime) -> None:
    app.state.rate_limits = RateLimits(runtime.ports.rates, {Counted.USER: 10})
    user, other = await somebody(runtime), await somebody(runtime)
    async with a_browser(app) as browser, a_browser(app) as neighbour:
        browser.headers, neighbour.headers = user.headers, other.headers
        answers = await asyncio.gather(*(browser.get("/auth/me") for _ in range(20)))
        passed = [answer for answer in answers if answer.status_code == 200]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert (len(passed), len(refused)) == (10, 10)
        assert (await neighbour.get("/auth/me")).status_code == 200

    assert {answer.headers["ratelimit-limit"] for answer in answers} == {"10"}
    assert sorted(int(answer.headers["ratelimit-remaining"]) for answer in passed) == list(range(10))
    assert {answer.headers["ratelimit-remaining"] for answer in refused} == {"0"}
    assert all(0 < int(answer.headers["retry-after"]) <= 60 for answer in refused)


async def test_an_address_has_a_share_of_each_open_door(app: FastAPI, redis_url: str, figure: Figure) -> None:
    async with a_browser(app, "203.0.113.9") as browser, a_browser(app, "203.0.113.10") as neighbour:
        answers = []
        for first in range(0, 120, 30):
            calls = [
                browser.post("/auth/links/look", {"token": "x"}, **{"x-forwarded-for": f"10.0.0.{number}"})
                for number in range(first, first + 30)
            ]
            answers += await asyncio.gather(*calls)
        assert [answer.status_code for answer in answers].count(404) == 60
        assert [answer.status_code for answer in answers].count(429) == 60
        assert code_of(await neighbour.post("/auth/links/look", {"token": "x"})) == (404, "link_unusable")
        assert (await browser.post("/auth/email/verify", {"token": "x"})).status_code == 404
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        assert await redis.get("ratelimit:203.0.113.9:auth/link-look") == "120"
    figure("A38: 120 calls of one address, 30 at once, limit 60: 60 passed, whatever it says of itself")


async def test_whoever_has_a_network_of_addresses_has_one_share(app: FastAPI) -> None:
    async def ask(address: str) -> int:
        async with a_browser(app, address) as browser:
            return (await browser.post("/auth/links/look", {"token": "x"})).status_code

    answers = [await ask(f"2001:db8::{number:x}") for number in range(61)]

    assert (answers.count(404), answers[-1]) == (60, 429)
    assert await ask("2001:db8:0:1::1") == 404


@pytest.mark.parametrize("limit", [0, 10])
async def test_without_redis_each_process_counts_for_itself(
    app: FastAPI, runtime: BuiltRuntime, limit: int
) -> None:
    app.state.rate_limits = RateLimits(runtime.ports.rates, {Counted.USER: limit})
    user = await somebody(runtime)
    await without_redis(runtime)
    async with a_browser(app) as browser:
        browser.headers = user.headers
        answers = [(await browser.get("/auth/me")).status_code for _ in range(13)]
    assert runtime.redis.is_away == bool(limit), "without a limit nobody asks Redis"
    assert answers.count(200) == (limit or 13)


async def test_what_redis_counted_is_not_forgotten_when_it_goes(runtime: BuiltRuntime) -> None:
    counter, rates = Counter(Counted.USER, new_id()), runtime.ports.rates
    for _ in range(7):
        await rates.count([counter], "no token")
    await without_redis(runtime)

    counted = await rates.count([counter], "no token")

    assert counted is not None
    assert [rate.used for rate in counted] == [8]


async def test_a_revoked_token_is_refused_and_uses_up_nothing(runtime: BuiltRuntime) -> None:
    user_id, rates = new_id(), runtime.ports.rates
    counters = [Counter(Counted.USER, user_id), Counter(Counted.ORGANIZATION, new_id())]
    await runtime.ports.gate.refuse(user_id, {"revoked": timedelta(minutes=1)})

    assert await rates.count(counters, "revoked") is None
    counted = await rates.count(counters, "another")

    assert counted is not None
    assert [rate.used for rate in counted] == [1, 1]
