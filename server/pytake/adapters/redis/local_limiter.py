"""The limiter of one process alone, while Redis is away: a quarter of every rate, so that four can share."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from pytake.adapters.redis import keys
from pytake.ports.limiter import Grant

NUMBER_TOLERANCE = 0.9
"""Seconds of a number's rate that may go in one burst.

Meta lends a whole second. But calls take unequally long: one that is late arrives together with those that
were let go behind it, and Meta counts arrivals. So both rates stay a little behind Meta's.
"""
PAIR_INTERVAL = 6.0
PAIR_BURST = 44
"""One less than Meta lends."""
PAIR_TOLERANCE = PAIR_INTERVAL * PAIR_BURST

SHARE = 4
"""Processes that may send from one number without knowing of each other before Meta's limit is reached."""

MOST_BUCKETS = 20_000


def number_interval(rate_per_second: float) -> float:
    """Seconds between messages; a rate of nothing is one an hour, so that no caller divides by zero."""
    return 1 / max(rate_per_second, 1 / 3600)


def number_tolerance(interval: float) -> float:
    """At least one message must fit, however slow the number is."""
    return max(NUMBER_TOLERANCE, interval)


@dataclass
class LocalLimiter:
    clock: Callable[[], float] = time.monotonic
    _gates: dict[str, float] = field(default_factory=dict)
    """Until when each bucket is in debt at the slow rate: decides who may go."""
    _owed: dict[str, float] = field(default_factory=dict)
    """The same at the true rate: what Redis has to be told when it is back."""

    def take(self, number_id: UUID, rate_per_second: float, wanted: int, pairs: Sequence[str]) -> Grant:
        interval = number_interval(rate_per_second)
        number = keys.number_rate(number_id).name
        granted: list[int] = []
        waits: dict[str, float] = {}
        for position, pair in enumerate(pairs):
            if len(granted) >= wanted:
                break
            if pair in waits:
                continue
            person = keys.pair_rate(number_id, pair).name
            if over := self._over(person, PAIR_INTERVAL, PAIR_TOLERANCE):
                waits[pair] = over
            elif over := self._over(number, interval, number_tolerance(interval * SHARE)):
                return Grant(tuple(granted), waits, over)
            else:
                self._spend(person, PAIR_INTERVAL)
                self._spend(number, interval)
                granted.append(position)
        return Grant(tuple(granted), waits)

    def pause(self, bucket: str, seconds: float, tolerance: float) -> None:
        until = self.clock() + seconds + tolerance
        self._gates[bucket] = max(until, self._gates.get(bucket, 0.0))
        self._owed[bucket] = max(until, self._owed.get(bucket, 0.0))

    def settle(self) -> dict[str, float]:
        """What is owed, in seconds by bucket, and from now on is somebody else's to remember."""
        now = self.clock()
        owed = {bucket: until - now for bucket, until in self._owed.items() if until > now}
        self._owed.clear()
        return owed

    def owe(self, owed: dict[str, float]) -> None:
        """Take back what could not be settled."""
        now = self.clock()
        for bucket, seconds in owed.items():
            self._owed[bucket] = max(now, self._owed.get(bucket, 0.0)) + seconds

    @property
    def owes(self) -> bool:
        return bool(self._owed)

    def _over(self, bucket: str, interval: float, tolerance: float) -> float:
        """Seconds by which the next message would exceed the tolerance; 0 when it fits."""
        now = self.clock()
        debt = max(self._gates.get(bucket, 0.0), now) + interval * SHARE - now
        return max(0.0, debt - tolerance)

    def _spend(self, bucket: str, interval: float) -> None:
        now = self.clock()
        if len(self._gates) > MOST_BUCKETS:
            self._forget(now)
        self._gates[bucket] = max(self._gates.get(bucket, 0.0), now) + interval * SHARE
        self._owed[bucket] = max(self._owed.get(bucket, 0.0), now) + interval

    def _forget(self, now: float) -> None:
        self._gates = {bucket: until for bucket, until in self._gates.items() if until > now}
        self._owed = {bucket: until for bucket, until in self._owed.items() if until > now}
