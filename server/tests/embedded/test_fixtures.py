import socket
from typing import Any

import asyncpg
import pytest
from pymongo import AsyncMongoClient
from redis.asyncio import Redis

from tests.network import LeavesTheMachine


@pytest.mark.parametrize("turn", [1, 2])
async def test_each_test_has_servers_of_its_own(
    owner_url: str, app_url: str, redis_url: str, mongodb_url: str, turn: int
) -> None:
    database = await asyncpg.connect(owner_url)
    await database.execute("CREATE TABLE mine (id int)")
    await database.execute("GRANT SELECT ON mine TO pytake_app")
    await database.close()
    database = await asyncpg.connect(app_url)
    assert await database.fetch("SELECT id FROM mine") == []
    await database.close()
    async with Redis.from_url(redis_url) as redis:
        assert await redis.set("mine", 1, nx=True)
    async with AsyncMongoClient[dict[str, Any]](mongodb_url) as mongo:
        assert await mongo.get_default_database().mine.count_documents({}) == 0
        await mongo.get_default_database().mine.insert_one({"turn": turn})


def test_tests_do_not_leave_the_machine() -> None:
    with socket.socket() as client, pytest.raises(LeavesTheMachine):
        client.connect(("192.0.2.1", 80))
    with pytest.raises(LeavesTheMachine):
        socket.getaddrinfo("graph.facebook.com", 443)
