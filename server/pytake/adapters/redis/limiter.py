"""The rates of numbers and pairs, shared by all processes through Redis; without it each keeps to a share."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from pytake.adapters.redis import keys, scripts
from pytake.adapters.redis.client import RedisAway, RedisClient
from pytake.adapters.redis.local_limiter import (
    NUMBER_TOLERANCE,
    PAIR_INTERVAL,
    PAIR_TOLERANCE,
    LocalLimiter,
    number_interval,
    number_tolerance,
)
from pytake.ports.limiter import Grant

MOST_PAIRS = 1000
"""Messages one call looks at; what stands behind them is asked for again."""

_MICROSECONDS = 1_000_000


class RedisSendLimiter:
    """Correct across processes while Redis answers.

    While it does not, every process sends at a quarter of each rate (so four processes together keep Meta's
    limits), and what it sent is added to the shared buckets as soon as Redis is back. A flushed Redis forgets
    debts: the worst is one burst too many, which Meta answers with a pause.
    """

    def __init__(self, client: RedisClient) -> None:
        self._client = client
        self._local = LocalLimiter()

    async def take(self, number_id: UUID, rate_per_second: float, wanted: int, pairs: Sequence[str]) -> Grant:
        asked = pairs[:MOST_PAIRS]
        if wanted <= 0 or not asked:
            return Grant(())
        try:
            await self._settle()
            return await self._take(number_id, rate_per_second, wanted, asked)
        except RedisAway:
            return self._local.take(number_id, rate_per_second, wanted, asked)

    async def pause_number(self, number_id: UUID, seconds: float) -> None:
        await self._pause(keys.number_rate(number_id).name, seconds, NUMBER_TOLERANCE)

    async def pause_pair(self, number_id: UUID, pair: str, seconds: float) -> None:
        await self._pause(keys.pair_rate(number_id, pair).name, seconds, PAIR_TOLERANCE)

    async def _take(
        self, number_id: UUID, rate_per_second: float, wanted: int, pairs: Sequence[str]
    ) -> Grant:
        people = list(dict.fromkeys(pairs))
        places = {person: place for place, person in enumerate(people, start=2)}
        names = [
            keys.number_rate(number_id).name,
            *(keys.pair_rate(number_id, person).name for person in people),
        ]
        interval = number_interval(rate_per_second)
        sizes = _microseconds(interval, number_tolerance(interval), PAIR_INTERVAL, PAIR_TOLERANCE)
        arguments = [*sizes, wanted, *(places[person] for person in pairs)]
        granted, number_wait, waiting = await self._eval(scripts.TAKE, names, arguments)
        waits = dict(zip(waiting[::2], waiting[1::2], strict=True))
        return Grant(
            tuple(granted),
            {people[place - 2]: over / _MICROSECONDS for place, over in waits.items()},
            number_wait / _MICROSECONDS,
        )

    async def _pause(self, bucket: str, seconds: float, tolerance: float) -> None:
        try:
            await self._eval(scripts.PAUSE, [bucket], _microseconds(seconds, tolerance))
        except RedisAway:
            self._local.pause(bucket, seconds, tolerance)

    async def _settle(self) -> None:
        if not self._local.owes:
            return
        owed = self._local.settle()
        try:
            await self._eval(scripts.SETTLE, list(owed), _microseconds(*owed.values()))
        except RedisAway:
            self._local.owe(owed)
            raise

    async def _eval(self, script: str, names: list[str], arguments: list[int]) -> Any:
        """EVAL with the whole text: a flushed script cache would otherwise be one more failure to handle."""
        return await self._client.run(
            lambda redis: cast("Any", redis.eval(script, len(names), *names, *arguments))
        )


def _microseconds(*seconds: float) -> list[int]:
    return [max(1, round(part * _MICROSECONDS)) for part in seconds]
