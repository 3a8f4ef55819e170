"""Requests a minute, counted where it is atomic: one round trip, however many counters."""

import time
from collections import OrderedDict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, cast
from uuid import UUID

from pytake.adapters.redis import keys, scripts
from pytake.adapters.redis.client import RedisAway, RedisClient
from pytake.adapters.redis.keys import Key
from pytake.ports.rates import Counted, Counter, Rate

MOST_COUNTERS: Final = 10_000


class RedisRates:
    def __init__(self, client: RedisClient) -> None:
        self._client = client
        self._local = LocalRates()

    async def count(self, counters: Sequence[Counter], token_hash: str | None = None) -> list[Rate] | None:
        chosen = [_key(counter) for counter in counters]
        names = [key.name for key in chosen]
        lives = [key.milliseconds or 0 for key in chosen]
        if token_hash is not None:
            names.append(keys.blacklisted_session(token_hash, timedelta()).name)
        try:
            answers = await self._client.run(
                lambda redis: cast("Any", redis.eval(scripts.COUNT_EACH, len(names), *names, *lives))
            )
        except RedisAway:
            return [self._local.count(key) for key in chosen]
        if not answers:
            return None
        rates = [Rate(used, left / 1000) for used, left in zip(answers[::2], answers[1::2], strict=True)]
        for key, rate in zip(chosen, rates, strict=True):
            self._local.follow(key, rate)
        return rates


class LocalRates:
    """The same counting in one process alone, from where Redis left off."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def follow(self, key: Key, rate: Rate) -> None:
        self._keep(key, time.monotonic() + rate.resets_in, rate.used)

    def count(self, key: Key) -> Rate:
        now = time.monotonic()
        ends, used = self._counts.get(key.name, (0.0, 0))
        if ends <= now:
            ends, used = now + (key.milliseconds or 0) / 1000, 0
        self._keep(key, ends, used + 1)
        return Rate(used + 1, ends - now)

    def _keep(self, key: Key, ends: float, used: int) -> None:
        self._counts[key.name] = (ends, used)
        self._counts.move_to_end(key.name)
        if len(self._counts) > MOST_COUNTERS:
            self._counts.popitem(last=False)


def _key(counter: Counter) -> Key:
    match counter.kind, counter.id:
        case Counted.ADDRESS, str(address):
            return keys.endpoint_rate(address, counter.endpoint)
        case Counted.USER, UUID() as user_id:
            return keys.user_rate(user_id)
        case Counted.ORGANIZATION, UUID() as organization_id:
            return keys.organization_rate(organization_id)
        case Counted.API_KEY, UUID() as key_id:
            return keys.api_key_rate(key_id)
        case _:
            raise TypeError(f"nothing is counted as {counter}")
