"""Which claims of a process have not led to a call yet, noted where it outlives the process."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeAlias
from uuid import UUID

from pytake.kit.frozen import frozen


@frozen
class OpenClaim:
    """A row of the outbox that was claimed at this moment (the database's) and not called."""

    organization_id: UUID
    number_id: UUID
    message_id: UUID
    claimed_at: datetime


GiveBack: TypeAlias = Callable[[Sequence[OpenClaim]], Awaitable[None]]


class ClaimBook(Protocol):
    """Who dies leaves claims behind, and from outside a claim that was never called looks like a call whose
    answer was lost. What stands here was never called, for certain; of what does not, nobody knows.
    """

    def note(self, claims: Iterable[OpenClaim]) -> None:
        """Costs about a microsecond each. What finds no room is left out; never raises."""
        ...

    def strike(self, message_id: UUID) -> None:
        """To be done before the first byte of a call may leave. One that is not noted is no mistake."""
        ...

    async def of_the_dead(self, give_back: GiveBack) -> None:
        """Hand over, and then forget, what processes of this machine noted that have died since its boot.

        When `give_back` raises, the same is handed over again the next time.
        """
        ...

    def close(self) -> None:
        """Nothing is noted any more. What is stays, for others."""
        ...
