"""How much one may ask in a minute, told with every answer."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from starlette.requests import HTTPConnection

from pytake.kit.errors import TooMany
from pytake.kit.work import Actor
from pytake.ports.rates import Counted, Counter, Rate, Rates

HEADERS: Final = "pytake.headers"
"""Where in the scope the outermost layer finds headers for the answer, whatever it turns out to be."""


class RateLimitExceeded(TooMany):
    code = "rate_limit_exceeded"
    message = "{limit} requests a minute are allowed for {counted}; try again in {retry_after} seconds."


class RateLimits:
    def __init__(self, rates: Rates, per_minute: Mapping[Counted, int]) -> None:
        """A limit of 0 is none: nothing is counted."""
        self._rates = rates
        self._limits = {counted: limit for counted, limit in per_minute.items() if limit}

    async def spend(self, connection: HTTPConnection, organization_id: UUID, actor: Actor) -> None:
        """Count the request; the headers tell of what is nearest to its limit. Raises RateLimitExceeded."""
        counters = [
            Counter(kind, counted_id)
            for kind, counted_id in (
                (Counted.ORGANIZATION, organization_id),
                (Counted.API_KEY, actor.api_key_id),
            )
            if counted_id is not None and kind in self._limits
        ]
        if not counters:
            return
        rates = await self._rates.count(counters)
        nearest = min(range(len(rates)), key=lambda place: self._left(counters[place], rates[place]))
        counter, rate = counters[nearest], rates[nearest]
        self._tell(connection, counter, rate)
        if self._left(counter, rate) < 0:
            raise RateLimitExceeded(
                limit=self._limits[counter.kind],
                counted=counter.kind.value,
                retry_after=max(1, round(rate.resets_in)),
            )

    def _left(self, counter: Counter, rate: Rate) -> int:
        return self._limits[counter.kind] - rate.used

    def _tell(self, connection: HTTPConnection, counter: Counter, rate: Rate) -> None:
        headers: list[tuple[bytes, bytes]] = connection.scope.get(HEADERS, [])
        told = {
            b"ratelimit-limit": self._limits[counter.kind],
            b"ratelimit-remaining": max(0, self._left(counter, rate)),
            b"ratelimit-reset": max(0, round(rate.resets_in)),
        }
        headers += [(name, str(value).encode()) for name, value in told.items()]
