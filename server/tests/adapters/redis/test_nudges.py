"""Of many who ask for one job, the first is heard."""

import asyncio

from pytake.adapters.redis import keys
from pytake.adapters.redis.client import RedisClient
from pytake.adapters.redis.nudges import RedisNudges
from tests.adapters.redis.own import OwnRedis


async def test_only_the_first_asks(client: RedisClient) -> None:
    nudges = RedisNudges(client)
    assert await nudges.first(["a", "b"]) == [True, True]
    assert await nudges.first(["b", "c", "b"]) == [False, True, False]
    assert await nudges.first([]) == []


async def test_of_many_at_once_one_is_first(client: RedisClient) -> None:
    nudges = RedisNudges(client)
    asked = await asyncio.gather(*[nudges.first(["a"]) for _ in range(50)])
    assert asked.count([True]) == 1


async def test_a_job_that_begins_can_be_asked_for_again(client: RedisClient) -> None:
    nudges = RedisNudges(client)
    await nudges.first(["a"])
    await nudges.clear("a")
    assert await nudges.first(["a"]) == [True]


async def test_a_job_that_never_begins_can_be_asked_for_soon(client: RedisClient) -> None:
    await RedisNudges(client).first(["a"])
    assert 0 < await client.run(lambda redis: redis.pttl(keys.nudge("a").name)) <= 2000


async def test_without_redis_everybody_is_first(own_redis: OwnRedis, own_client: RedisClient) -> None:
    nudges = RedisNudges(own_client)
    own_redis.kill()
    assert await nudges.first(["a", "b"]) == [True, True]
    await nudges.clear("a")
