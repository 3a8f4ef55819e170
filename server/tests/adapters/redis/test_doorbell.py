"""Rings reach whoever listens, and a broken line says that some may have been missed."""

import asyncio
from contextlib import aclosing
from pathlib import Path
from uuid import uuid4

from pytake.adapters.redis.client import RedisClient
from pytake.adapters.redis.doorbell import RedisDoorbell
from pytake.ports.doorbell import Doorbell
from tests.adapters.redis.own import OwnRedis

SOME_MAY_BE_MISSED: frozenset[object] = frozenset()


async def test_a_ring_reaches_everyone_who_listens(client: RedisClient) -> None:
    doorbell: Doorbell = RedisDoorbell(client)
    one, other = uuid4(), uuid4()
    async with aclosing(doorbell.listen()) as here, aclosing(doorbell.listen()) as there:
        assert await anext(here) == SOME_MAY_BE_MISSED
        assert await anext(there) == SOME_MAY_BE_MISSED
        await doorbell.ring(one, other)
        await doorbell.ring(one)
        for listener in (here, there):
            assert await anext(listener) == {one, other}
            assert await anext(listener) == {one}


async def test_ringing_for_nobody_says_nothing(client: RedisClient) -> None:
    doorbell, one = RedisDoorbell(client), uuid4()
    async with aclosing(doorbell.listen()) as rings:
        await anext(rings)
        await doorbell.ring()
        await doorbell.ring(one)
        assert await anext(rings) == {one}


async def test_another_database_of_the_same_server_is_another_house(own_redis: OwnRedis) -> None:
    ours, theirs = RedisClient(f"{own_redis.url}?db=1"), RedisClient(f"{own_redis.url}?db=2")
    doorbell, one = RedisDoorbell(ours), uuid4()
    async with aclosing(doorbell.listen()) as rings:
        await anext(rings)
        await RedisDoorbell(theirs).ring(uuid4())
        await doorbell.ring(one)
        assert await anext(rings) == {one}
    await ours.close()
    await theirs.close()


async def test_a_line_that_broke_is_restored_and_says_so(
    own_redis: OwnRedis, own_client: RedisClient
) -> None:
    doorbell, one = RedisDoorbell(own_client), uuid4()
    async with aclosing(doorbell.listen()) as rings:
        await anext(rings)
        own_redis.kill()
        await doorbell.ring(one)
        own_redis.start()
        assert await anext(rings) == SOME_MAY_BE_MISSED
        await own_client.returned()
        await doorbell.ring(one)
        assert await anext(rings) == {one}


async def test_a_quiet_line_is_asked_for_a_sign_of_life_and_kept(
    own_redis: OwnRedis, own_client: RedisClient
) -> None:
    doorbell, one = RedisDoorbell(own_client, heartbeat_seconds=0.5), uuid4()
    async with aclosing(doorbell.listen()) as rings:
        await anext(rings)
        waiting = asyncio.ensure_future(anext(rings))
        while await pings(own_client) < 3:
            await asyncio.sleep(0.05)
        await doorbell.ring(one)
        assert await waiting == {one}


async def pings(client: RedisClient) -> int:
    statistics = await client.run(lambda redis: redis.info("commandstats"))
    return int(statistics.get("cmdstat_ping", {}).get("calls", 0))


async def test_a_dead_line_is_given_up_for_a_new_one(tmp_path: Path) -> None:
    """The server takes the subscription and then says nothing more."""

    async def fall_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(4096):
            writer.write(b"+OK\r\n" * said.count(b"SETINFO"))
            if b"SUBSCRIBE" in said:
                writer.write(b"*3\r\n$9\r\nsubscribe\r\n$14\r\npytake:journal\r\n:1\r\n")
        writer.close()

    server = await asyncio.start_unix_server(fall_silent, tmp_path / "silent.sock")
    client = RedisClient(f"unix://{tmp_path}/silent.sock")
    async with server, aclosing(RedisDoorbell(client, heartbeat_seconds=0.05).listen()) as rings:
        for _ in range(2):
            assert await anext(rings) == SOME_MAY_BE_MISSED
    await client.close()
