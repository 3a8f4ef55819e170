"""A number whose rate is used up: when to claim again, and how many.

Thousands wait behind a campaign at 80 messages a second. Whatever is claimed and may not go is written twice
for nothing, so no more is claimed than the rate has room for.
"""

import math
import time
from collections.abc import Callable

BREATH = 0.1
"""Seconds between two claims: what comes free meanwhile goes together, and so do the records of what went."""

LONGEST = 5.0
"""Seconds after which a number that rests is looked at in any case: somebody may have changed it."""


class Pace:
    """Of one number, while its desk lasts. Nothing is slow before the limiter has refused something."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._free_at: float | None = None
        """When the rate has room for one more."""
        self._look_at = -math.inf

    @property
    def is_slow(self) -> bool:
        return self._free_at is not None

    @property
    def seconds(self) -> float:
        """Until the next claim."""
        return max(0.0, self._look_at - self._clock()) if self.is_slow else 0.0

    def most(self, rate: int) -> int:
        """How many to claim now, at so many a second; a second's worth while nothing is slow."""
        if self._free_at is None:
            return max(rate, 1)
        now = self._clock()
        return 0 if now < self._look_at else max(1, 1 + math.floor((now - self._free_at) * rate))

    def empty(self, seconds: float) -> None:
        """The limiter has refused: it has room again in so many seconds."""
        self._free_at = self._clock() + seconds
        self._plan()

    def claimed(self, asked: int, got: int) -> None:
        """Whoever gets less than was asked for has seen the end of the line."""
        if got < asked:
            self.over()

    def spent(self, count: int, rate: int) -> None:
        """So many were let go, at so many a second."""
        if self._free_at is not None:
            self._free_at += count / max(rate, 1)
            self._plan()

    def over(self) -> None:
        self._free_at = None

    def _plan(self) -> None:
        now = self._clock()
        wait = 0.0 if self._free_at is None else self._free_at - now
        self._look_at = now + min(max(wait, BREATH), LONGEST)
