"""How much one may ask in a minute, told with every answer."""

from collections.abc import Mapping
from typing import Final, NamedTuple
from uuid import UUID

from starlette.requests import HTTPConnection

from pytake.kit.errors import TooMany
from pytake.kit.work import Actor
from pytake.ports.rates import Counted, Counter, Rates

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

    async def spend(
        self, connection: HTTPConnection, organization_id: UUID, actor: Actor, token_hash: str | None = None
    ) -> bool:
        """Count the request of somebody who is known. False for an access token that is known to be revoked.

        Raises RateLimitExceeded.
        """
        counted = {
            Counted.USER: actor.user_id,
            Counted.ORGANIZATION: organization_id,
            Counted.API_KEY: actor.api_key_id,
        }
        held = {
            Counter(kind, counted_id): self._limits[kind]
            for kind, counted_id in counted.items()
            if counted_id is not None and kind in self._limits
        }
        return await self._hold(connection, held, token_hash)

    async def spend_at(self, connection: HTTPConnection, address: str, endpoint: str, limit: int) -> None:
        """Count the request of a stranger. Raises RateLimitExceeded."""
        await self._hold(connection, {Counter(Counted.ADDRESS, address, endpoint): limit})

    async def _hold(
        self, connection: HTTPConnection, held: Mapping[Counter, int], token_hash: str | None = None
    ) -> bool:
        """The headers tell of what is nearest to its limit."""
        if not held:
            return True
        rates = await self._rates.count(list(held), token_hash)
        if rates is None:
            return False
        told = [
            _Told(counter.kind, limit, limit - rate.used, rate.resets_in)
            for (counter, limit), rate in zip(held.items(), rates, strict=True)
        ]
        nearest = min(told, key=lambda each: each.left)
        _tell(connection, nearest)
        if nearest.left < 0:
            raise RateLimitExceeded(
                limit=nearest.limit, counted=nearest.kind.value, retry_after=max(1, round(nearest.resets_in))
            )
        return True


class _Told(NamedTuple):
    kind: Counted
    limit: int
    left: int
    resets_in: float


def _tell(connection: HTTPConnection, told: _Told) -> None:
    headers: list[tuple[bytes, bytes]] = connection.scope.get(HEADERS, [])
    said = {
        b"ratelimit-limit": told.limit,
        b"ratelimit-remaining": max(0, told.left),
        b"ratelimit-reset": max(0, round(told.resets_in)),
    }
    headers += [(name, str(value).encode()) for name, value in said.items()]
