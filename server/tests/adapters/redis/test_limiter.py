"""Rates hold whoever asks and however many at once, and a Redis that dies only makes sending slower."""

import asyncio
from collections import Counter
from uuid import UUID, uuid4

import pytest

from pytake.adapters.redis import keys
from pytake.adapters.redis.client import RedisAway, RedisClient
from pytake.adapters.redis.limiter import RedisSendLimiter
from pytake.adapters.redis.local_limiter import SHARE, LocalLimiter
from pytake.ports.limiter import Grant, SendLimiter, pair_pause
from simulator.limits import Pace
from tests.adapters.redis.own import OwnRedis

SLOW = 1 / 600
"""One message in ten minutes: nothing is earned while a test runs."""
FAST = 1_000_000.0
"""So many that the number never waits."""
BURST = 44
"""Messages to one person at once."""


@pytest.fixture
def limiter(client: RedisClient) -> SendLimiter:
    return RedisSendLimiter(client)


@pytest.fixture
def number() -> UUID:
    return uuid4()


def people(count: int) -> list[str]:
    return [f"person-{n}" for n in range(count)]


async def test_a_number_may_burst_for_nearly_a_second(limiter: SendLimiter, number: UUID) -> None:
    """At eighty a second, seventy-two at once; and what trickles in while the call lasts."""
    grant = await limiter.take(number, 80, 200, people(200))
    assert 72 <= grant.count <= 77
    assert grant.granted == tuple(range(grant.count))
    assert 0 < grant.number_wait <= 1 / 80
    assert grant.pair_waits == {}


async def test_a_burst_that_arrives_late_breaks_no_limit_of_meta(limiter: SendLimiter, number: UUID) -> None:
    """The first calls are on their way for 80 ms; those that are let go behind them arrive at once."""
    loop = asyncio.get_running_loop()
    arrivals: list[float] = []
    began = now = loop.time()
    while now < began + 0.5:
        grant = await limiter.take(number, 80, 100, [f"{now} {n}" for n in range(100)])
        arrivals += [now if arrivals else now + 0.08] * grant.count
        now = loop.time()
    assert len(arrivals) > 100
    meta = Pace()
    assert all(meta.admits(number, at, 1 / 80, 80) for at in sorted(arrivals))


async def test_two_hundred_callers_share_one_bucket(limiter: SendLimiter, number: UUID) -> None:
    """Each wants one; the slow number has one to give."""
    grants = await asyncio.gather(*[limiter.take(number, SLOW, 1, [f"p{n}"]) for n in range(200)])
    assert sum(grant.count for grant in grants) == 1
    assert all(grant.number_wait > 0 for grant in grants if not grant.count)


async def test_two_hundred_callers_share_one_pair(limiter: SendLimiter, number: UUID) -> None:
    grants = await asyncio.gather(*[limiter.take(number, FAST, 1, ["maria"]) for _ in range(200)])
    assert sum(grant.count for grant in grants) == BURST
    assert all(grant.pair_waits["maria"] > 0 for grant in grants if not grant.count)


async def test_no_more_are_taken_than_wanted(limiter: SendLimiter, number: UUID) -> None:
    assert (await limiter.take(number, FAST, 3, people(10))).granted == (0, 1, 2)
    assert (await limiter.take(number, FAST, 0, people(10))).granted == ()
    assert (await limiter.take(number, FAST, 10, [])).granted == ()


async def test_who_has_had_enough_waits_and_the_others_go_on(limiter: SendLimiter, number: UUID) -> None:
    await limiter.take(number, FAST, BURST, ["maria"] * BURST)
    grant = await limiter.take(number, FAST, 10, ["joão", "maria", "maria", "ana", "joão"])
    assert grant.granted == (0, 3, 4)
    assert set(grant.pair_waits) == {"maria"}
    assert 5 < grant.pair_waits["maria"] <= 6
    assert grant.number_wait == 0


async def test_the_same_person_is_counted_for_each_number(limiter: SendLimiter, number: UUID) -> None:
    await limiter.take(number, FAST, BURST, ["maria"] * BURST)
    assert (await limiter.take(uuid4(), FAST, 1, ["maria"])).count == 1


async def test_what_the_number_refuses_costs_the_person_nothing(limiter: SendLimiter, number: UUID) -> None:
    await limiter.take(number, SLOW, 1, ["maria"])
    for _ in range(50):
        assert (await limiter.take(number, SLOW, 1, ["joão"])).count == 0
    assert (await limiter.take(number, FAST, BURST, ["joão"] * BURST)).count == 0
    assert (await limiter.take(uuid4(), FAST, BURST, ["joão"] * BURST)).count == BURST


async def test_a_paused_number_sends_nothing(limiter: SendLimiter, number: UUID) -> None:
    await limiter.pause_number(number, 100)
    grant = await limiter.take(number, 80, 10, people(10))
    assert grant.count == 0
    assert 99 < grant.number_wait <= 101


async def test_a_shorter_pause_does_not_end_a_longer_one(limiter: SendLimiter, number: UUID) -> None:
    await limiter.pause_number(number, 100)
    await limiter.pause_number(number, 1)
    assert (await limiter.take(number, 80, 1, ["p"])).number_wait > 90


async def test_a_paused_pair_waits_alone(limiter: SendLimiter, number: UUID) -> None:
    await limiter.pause_pair(number, "maria", pair_pause(3))
    grant = await limiter.take(number, FAST, 2, ["maria", "joão"])
    assert grant.granted == (1,)
    assert 63 < grant.pair_waits["maria"] <= 71


def test_the_pause_of_a_pair_grows_to_a_cap() -> None:
    assert [pair_pause(n) for n in range(6)] == [1, 4, 16, 64, 256, 256]
    assert pair_pause(10**6) == 256


async def test_a_debt_that_is_paid_leaves_no_key(
    limiter: SendLimiter, client: RedisClient, number: UUID
) -> None:
    await limiter.take(number, 80, 1, ["maria"])
    life = await client.run(lambda redis: redis.pttl(keys.number_rate(number).name))
    pair_life = await client.run(lambda redis: redis.pttl(keys.pair_rate(number, "maria").name))
    assert 0 < life <= 20
    assert 5000 < pair_life <= 6010


async def test_a_rate_of_nothing_is_slow_and_not_an_error(limiter: SendLimiter, number: UUID) -> None:
    assert (await limiter.take(number, 0, 5, people(5))).count == 1


async def test_a_very_long_list_is_looked_at_in_parts(limiter: SendLimiter, number: UUID) -> None:
    assert (await limiter.take(number, FAST, 5000, people(5000))).count == 1000


async def test_without_redis_a_process_keeps_to_its_share(
    own_redis: OwnRedis, own_client: RedisClient
) -> None:
    limiter, number = RedisSendLimiter(own_client), uuid4()
    own_redis.kill()

    grant = await limiter.take(number, 80, 200, people(200))
    assert 72 / SHARE <= grant.count < 72 / SHARE + 5
    assert grant.number_wait > 0

    grant = await limiter.take(uuid4(), FAST, BURST, ["maria"] * BURST)
    assert grant.count == BURST // SHARE
    assert grant.pair_waits["maria"] > 0


async def test_what_was_sent_without_redis_is_paid_when_it_is_back(
    own_redis: OwnRedis, own_client: RedisClient
) -> None:
    """Thirty before, eleven during: three of the forty-four are left, for this process and for another."""
    limiter, number = RedisSendLimiter(own_client), uuid4()
    another = RedisSendLimiter(own_client)
    assert (await limiter.take(number, FAST, 30, ["maria"] * 30)).count == 30
    own_redis.freeze()
    with pytest.raises(RedisAway):
        await own_client.run(lambda redis: redis.ping())
    assert (await limiter.take(number, FAST, BURST, ["maria"] * BURST)).count == BURST // SHARE
    await another.pause_pair(number, "joão", 100)

    own_redis.resume()
    await own_client.returned()
    assert (await limiter.take(number, FAST, 45, ["ana"])).count == 1
    grants = await asyncio.gather(*[each.take(number, FAST, 9, ["maria"] * 9) for each in (limiter, another)])
    assert sum(grant.count for grant in grants) == BURST - 30 - BURST // SHARE
    assert (await limiter.take(number, FAST, 1, ["joão"])).pair_waits["joão"] > 90


async def test_redis_dies_among_many_callers_and_nobody_notices(
    own_redis: OwnRedis, own_client: RedisClient
) -> None:
    limiter, number = RedisSendLimiter(own_client), uuid4()

    async def ask(n: int) -> Grant:
        if n == 100:
            own_redis.kill()
        return await limiter.take(number, FAST, 1, [f"p{n % 20}"])

    grants = await asyncio.gather(*[ask(n) for n in range(200)])
    assert len(grants) == 200
    assert Counter(grant.count for grant in grants)[1] >= 20

    own_redis.start()
    await own_client.returned()
    assert (await limiter.take(number, FAST, 1, ["new"])).count == 1


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_local_share_is_kept_over_time() -> None:
    """Ten minutes of a greedy sender: no more than the share of the rate and of the burst, and no less."""
    clock, number = Clock(), uuid4()
    limiter, sent = LocalLimiter(clock), 0
    for step in range(6000):
        sent += limiter.take(number, 80, 10, [f"{step}-{n}" for n in range(10)]).count
        clock.now += 0.1
    assert sent == pytest.approx(600 * 80 / SHARE, rel=0.01)


def test_the_local_pair_is_kept_over_time() -> None:
    clock, number = Clock(), uuid4()
    limiter, sent = LocalLimiter(clock), 0
    for _ in range(6000):
        sent += limiter.take(number, FAST, 9, ["maria"] * 9).count
        clock.now += 0.1
    assert sent == pytest.approx(600 / 6 / SHARE + BURST / SHARE, abs=1)


def test_the_local_limiter_forgets_what_is_paid() -> None:
    clock, number = Clock(), uuid4()
    limiter = LocalLimiter(clock)
    for n in range(30_000):
        clock.now += 1
        limiter.take(number, FAST, 1, [f"p{n}"])
    assert len(limiter._gates) <= 20_002


def test_a_settled_debt_can_be_taken_back() -> None:
    clock, number = Clock(), uuid4()
    limiter = LocalLimiter(clock)
    limiter.take(number, FAST, 2, ["maria"] * 2)
    owed = limiter.settle()
    assert owed[keys.pair_rate(number, "maria").name] == pytest.approx(12)
    assert not limiter.owes
    limiter.owe(owed)
    assert limiter.settle() == pytest.approx(owed)
