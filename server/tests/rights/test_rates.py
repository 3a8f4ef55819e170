"""Requests a minute: counted where it is atomic, and told with every answer."""

import asyncio

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from pytake.adapters.redis.client import CONNECTIONS, RedisAway
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.http.rates import RateLimits
from pytake.identity.types import Role
from pytake.kit.ids import new_id
from pytake.ports.rates import Counted, Counter
from tests.factories import Somebody, somebody

pytestmark = pytest.mark.usefixtures("patient_redis")

HERE = "/api/v1/organization"


def _limit(app: FastAPI, runtime: BuiltRuntime, organization: int = 0, api_key: int = 0) -> None:
    per_minute = {Counted.ORGANIZATION: organization, Counted.API_KEY: api_key}
    app.state.rate_limits = RateLimits(runtime.ports.rates, per_minute)


@pytest.fixture
async def boss(runtime: BuiltRuntime) -> Somebody:
    return await somebody(runtime, role=Role.ORG_ADMIN)


async def _lines_to_redis(runtime: BuiltRuntime) -> None:
    """Open as many as there can be: opening takes longer than Redis is waited for when all begin at once."""
    for many in (*range(1, CONNECTIONS + 1), CONNECTIONS):
        await asyncio.gather(*(runtime.redis.run(lambda redis: redis.ping()) for _ in range(many)))


async def test_of_two_hundred_at_once_a_hundred_pass(
    app: FastAPI, client: AsyncClient, runtime: BuiltRuntime, boss: Somebody
) -> None:
    await _lines_to_redis(runtime)
    _limit(app, runtime, organization=100)

    answers = await asyncio.gather(*(client.get(HERE, headers=boss.headers) for _ in range(200)))

    passed = [answer for answer in answers if answer.status_code == 200]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert (len(passed), len(refused)) == (100, 100)
    assert sorted(int(answer.headers["ratelimit-remaining"]) for answer in passed) == list(range(100))
    for answer in refused:
        assert answer.json()["error"]["code"] == "rate_limit_exceeded"
        assert answer.headers["ratelimit-remaining"] == "0"
        assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert {answer.headers["ratelimit-limit"] for answer in answers} == {"100"}
    other = await somebody(runtime)
    assert (await client.get(HERE, headers=other.headers)).status_code == 200


async def test_a_key_has_a_limit_of_its_own_and_the_nearer_one_is_told(
    app: FastAPI, client: AsyncClient, runtime: BuiltRuntime, boss: Somebody
) -> None:
    body = {"name": "ERP", "scopes": ["organization.read"]}
    key = (await client.post("/api/v1/api-keys", json=body, headers=boss.headers)).json()["key"]
    machine = {"authorization": f"Bearer {key}"}
    _limit(app, runtime, organization=1000, api_key=3)

    answers = [await client.get(HERE, headers=machine) for _ in range(4)]
    person = await client.get(HERE, headers=boss.headers)

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert (person.status_code, person.headers["ratelimit-limit"]) == (200, "1000")


async def test_a_refusal_has_the_headers_too_and_a_stranger_none(
    app: FastAPI, client: AsyncClient, runtime: BuiltRuntime, boss: Somebody
) -> None:
    _limit(app, runtime, organization=10)

    missing = await client.get(f"/api/v1/people/{new_id()}", headers=boss.headers)
    stranger = await client.get(HERE)

    assert (missing.status_code, missing.headers["ratelimit-remaining"]) == (404, "9")
    assert "ratelimit-limit" not in stranger.headers


async def test_knowing_how_a_key_begins_uses_up_nobody_s_share(
    app: FastAPI, client: AsyncClient, runtime: BuiltRuntime, boss: Somebody
) -> None:
    body = {"name": "ERP", "scopes": ["organization.read"]}
    prefix = (await client.post("/api/v1/api-keys", json=body, headers=boss.headers)).json()["prefix"]
    _limit(app, runtime, organization=5, api_key=5)
    for _ in range(20):
        guess = {"authorization": f"Bearer {prefix}_{'x' * 43}"}
        assert (await client.get(HERE, headers=guess)).status_code == 401

    answer = await client.get(HERE, headers=boss.headers)

    assert answer.headers["ratelimit-remaining"] == "3", "one made the key, one asks now"


async def test_without_redis_each_process_counts_for_itself(
    app: FastAPI,
    client: AsyncClient,
    runtime: BuiltRuntime,
    boss: Somebody,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def away(_: object) -> None:
        raise RedisAway

    _limit(app, runtime, organization=3)
    monkeypatch.setattr(runtime.redis, "run", away)

    answers = [await client.get(HERE, headers=boss.headers) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


async def test_a_counter_lives_a_minute_from_its_first_request(runtime: BuiltRuntime) -> None:
    counter = Counter(Counted.ORGANIZATION, new_id())

    first, second = [((await runtime.ports.rates.count([counter])) or [])[0] for _ in range(2)]

    assert (first.used, second.used) == (1, 2)
    assert 59 < second.resets_in <= first.resets_in <= 60


async def test_no_limit_counts_nothing(
    app: FastAPI, client: AsyncClient, runtime: BuiltRuntime, boss: Somebody
) -> None:
    _limit(app, runtime)

    assert "ratelimit-limit" not in (await client.get(HERE, headers=boss.headers)).headers
