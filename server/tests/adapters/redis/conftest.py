"""Clients of the shared test Redis, and a Redis of one's own to break."""

from collections.abc import AsyncIterator, Iterator

import pytest

from pytake.adapters.redis.client import RedisClient
from tests.adapters.redis.own import OwnRedis


@pytest.fixture
async def client(redis_url: str) -> AsyncIterator[RedisClient]:
    client = RedisClient(redis_url)
    yield client
    await client.close()


@pytest.fixture
def own_redis() -> Iterator[OwnRedis]:
    with OwnRedis() as server:
        yield server


@pytest.fixture
async def own_client(own_redis: OwnRedis) -> AsyncIterator[RedisClient]:
    client = RedisClient(own_redis.url)
    yield client
    await client.close()
