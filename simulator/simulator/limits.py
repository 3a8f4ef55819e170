"""Meta's two speed limits for sending: per number, and per number and person."""

from simulator.accounts import Number
from simulator.config import Limits
from simulator.graph.errors import GraphError, error_for

_FORGET_PAID_ABOVE = 200_000
_ROUNDING = 1e-6


class Pace:
    """A leaky bucket told by one instant: when the debt of what was let through is paid."""

    def __init__(self) -> None:
        self._origin: float | None = None
        self._paid_at: dict[object, float] = {}

    def admits(self, key: object, now: float, interval: float, burst: float) -> bool:
        if self._origin is None:
            self._origin = now
        now -= self._origin  # small numbers: eighty additions to seconds since 1970 lose a message
        start = self._paid_at.get(key, 0.0)
        start = max(start, now)
        if start - now > interval * (burst - 1) + _ROUNDING:
            return False
        self._paid_at[key] = start + interval
        if len(self._paid_at) > _FORGET_PAID_ABOVE:
            self._paid_at = {each: at for each, at in self._paid_at.items() if at > now}
        return True


class SpeedLimits:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._numbers = Pace()
        self._pairs = Pace()

    def check(self, number: Number, person: str, now: float) -> None:
        """Count one message; raises 130429 or 131056."""
        refusal = self._refusal(number, person, now)
        if refusal is not None:
            raise refusal

    def _refusal(self, number: Number, person: str, now: float) -> GraphError | None:
        rate = self.limits.number_per_second if number.per_second is None else number.per_second
        if rate > 0 and not self._numbers.admits(number.phone_number_id, now, 1 / rate, rate):
            return error_for(130429)
        seconds = self.limits.pair_seconds
        pair = (number.phone_number_id, person)
        if seconds > 0 and not self._pairs.admits(pair, now, seconds, self.limits.pair_burst):
            return error_for(131056)
        return None
