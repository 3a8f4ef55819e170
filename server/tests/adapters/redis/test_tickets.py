"""A ticket opens one door once."""

import asyncio

import pytest

from pytake.adapters.redis import keys
from pytake.adapters.redis.client import RedisClient
from pytake.adapters.redis.tickets import RedisTickets
from pytake.kit.errors import Unavailable
from pytake.ports.tickets import Tickets
from tests.adapters.redis.own import OwnRedis

PAYLOAD = {"user_id": "0190", "organization_id": "0191", "name": "João"}


async def test_a_ticket_is_good_once(client: RedisClient) -> None:
    tickets: Tickets = RedisTickets(client)
    ticket = await tickets.issue(PAYLOAD)
    assert await tickets.redeem(ticket) == PAYLOAD
    assert await tickets.redeem(ticket) is None


async def test_of_many_who_try_at_once_one_gets_in(client: RedisClient) -> None:
    tickets = RedisTickets(client)
    ticket = await tickets.issue(PAYLOAD)
    redeemed = await asyncio.gather(*[tickets.redeem(ticket) for _ in range(50)])
    assert [payload for payload in redeemed if payload is not None] == [PAYLOAD]


async def test_an_invented_ticket_opens_nothing(client: RedisClient) -> None:
    assert await RedisTickets(client).redeem("invented") is None


async def test_redis_never_sees_the_ticket_and_forgets_it_in_time(client: RedisClient) -> None:
    ticket = await RedisTickets(client).issue(PAYLOAD)
    names = await client.run(lambda redis: redis.keys("*"))
    assert len(names) == 1
    assert ticket not in names[0]
    life = await client.run(lambda redis: redis.pttl(names[0]))
    assert 0 < life <= (keys.ticket("").milliseconds or 0)


async def test_without_redis_no_ticket_is_issued(own_redis: OwnRedis, own_client: RedisClient) -> None:
    own_redis.kill()
    with pytest.raises(Unavailable):
        await RedisTickets(own_client).issue(PAYLOAD)
    with pytest.raises(Unavailable):
        await RedisTickets(own_client).redeem("any")
