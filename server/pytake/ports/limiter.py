"""How fast a number may send, and how fast to one person: Meta's limits, kept before Meta has to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

LONGEST_PAIR_PAUSE = 256.0


def pair_pause(attempt: int) -> float:
    """Seconds to leave a person alone after the pair limit (131056): 4^n, as Meta asks, up to 256."""
    return min(4.0 ** min(attempt, 8), LONGEST_PAIR_PAUSE)


@dataclass(frozen=True, slots=True)
class Grant:
    granted: tuple[int, ...]
    """Positions in the asked list that may be sent now, rising."""
    pair_waits: Mapping[str, float] = field(default_factory=dict)
    """Who must wait, and how many seconds; the others are not held back by their own pair."""
    number_wait: float = 0.0
    """Seconds until the number has room again; 0 when it still has."""

    @property
    def count(self) -> int:
        return len(self.granted)


class SendLimiter(Protocol):
    """The rate of every number and of every pair (number, person). None of these ever raises."""

    async def take(self, number_id: UUID, rate_per_second: float, wanted: int, pairs: Sequence[str]) -> Grant:
        """Take permission for up to `wanted` messages, one for each entry of `pairs`, in order.

        An entry names the person, always in the same way (the contact's id). A person who appears twice and
        has to wait with the first message waits with the second too. All or nothing is decided at one
        instant: two callers never get the same permission.
        """
        ...

    async def pause_number(self, number_id: UUID, seconds: float) -> None:
        """Nothing leaves from the number for this long (130429); after that without a burst."""
        ...

    async def pause_pair(self, number_id: UUID, pair: str, seconds: float) -> None:
        """Nothing leaves to this person for this long (131056); after that without a burst."""
        ...
