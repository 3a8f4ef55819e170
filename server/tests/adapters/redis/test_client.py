"""A Redis that dies, freezes and comes back, as its client sees it."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import cast

import pytest
import uvloop
from redis import exceptions
from redis.asyncio import Redis

from pytake.adapters.redis.client import ANSWER_SECONDS, CONNECTIONS, RedisAway, RedisClient
from pytake.kit.errors import Unavailable
from tests.adapters.redis.own import OwnRedis
from tests.faults.proxy import Proxy


async def test_a_command_is_run(client: RedisClient) -> None:
    await client.run(lambda redis: redis.set("a", "1"))
    assert await client.run(lambda redis: redis.get("a")) == "1"


async def test_many_commands_at_once_wait_for_a_connection(client: RedisClient) -> None:
    counts = await asyncio.gather(*[client.run(lambda redis: redis.incr("n")) for _ in range(200)])
    assert sorted(counts) == list(range(1, 201))
    assert not client.is_away


async def test_waiting_for_others_of_one_s_own_does_not_mean_that_redis_is_away(client: RedisClient) -> None:
    """Ten rounds of answers that take their time: longer than an answer may take, for whoever comes last."""
    seconds, rounds = ANSWER_SECONDS / 8, 10

    async def nothing(redis: Redis) -> None:
        await cast("Awaitable[None]", redis.blpop(["nothing"], timeout=seconds))

    await asyncio.gather(*(client.run(nothing) for _ in range(rounds * CONNECTIONS)))
    assert not client.is_away


async def test_a_dead_redis_is_refused_at_once_until_it_is_back(
    own_redis: OwnRedis, own_client: RedisClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    assert await own_client.run(lambda redis: redis.ping())

    own_redis.kill()
    with pytest.raises(RedisAway):
        await own_client.run(lambda redis: redis.ping())
    assert own_client.is_away
    asked = 0

    async def ask(_: object) -> None:
        nonlocal asked
        asked += 1

    for _ in range(100):
        with pytest.raises(Unavailable):
            await own_client.run(ask)
    assert asked == 0

    own_redis.start()
    await own_client.returned()
    assert await own_client.run(lambda redis: redis.ping())
    assert [record.message.split(":")[0] for record in caplog.records] == ["redis is away", "redis is back"]


async def test_a_frozen_redis_is_given_up(own_redis: OwnRedis, own_client: RedisClient) -> None:
    await own_client.run(lambda redis: redis.ping())
    own_redis.freeze()
    failures = await asyncio.gather(
        *[own_client.run(lambda redis: redis.ping()) for _ in range(5)], return_exceptions=True
    )
    assert all(isinstance(failure, RedisAway) for failure in failures)
    own_redis.resume()
    await own_client.returned()
    assert await own_client.run(lambda redis: redis.echo("hello")) == "hello"


def test_a_connection_that_was_reset_is_a_redis_that_is_away(own_redis: OwnRedis) -> None:
    """On the event loop of our processes: it says so in words of its own."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_write_to_a_reset_connection(str(own_redis.socket)))


async def _write_to_a_reset_connection(socket: str) -> None:
    proxy = Proxy(socket)
    await proxy.open()
    client = RedisClient(f"redis://127.0.0.1:{proxy.port}/0")
    try:
        for _ in range(20):
            answers = await asyncio.gather(
                *[client.run(lambda redis: redis.ping()) for _ in range(10)], return_exceptions=True
            )
            assert all(answer is True or isinstance(answer, RedisAway) for answer in answers), answers
            await client.returned()
            proxy.reset()
            await asyncio.sleep(0)
    finally:
        await client.close()
        await proxy.close()


async def test_a_redis_that_was_never_there_is_away(tmp_path: object) -> None:
    client = RedisClient(f"unix://{tmp_path}/none.sock")
    with pytest.raises(RedisAway):
        await client.run(lambda redis: redis.ping())
    await client.close()
    assert not client.is_away


async def test_a_full_redis_is_away_for_who_writes(own_client: RedisClient) -> None:
    await own_client.run(lambda redis: redis.config_set("maxmemory", "1"))
    with pytest.raises(RedisAway):
        await own_client.run(lambda redis: redis.set("a", "1"))


async def test_a_mistake_of_ours_is_not_the_server_s(client: RedisClient) -> None:
    await client.run(lambda redis: redis.set("text", "1"))
    with pytest.raises(exceptions.ResponseError, match="WRONGTYPE"):
        await client.run(lambda redis: redis.hget("text", "field"))
    assert not client.is_away
