"""How often somebody asked within a minute."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol
from uuid import UUID


class Counted(StrEnum):
    ORGANIZATION = "organization"
    API_KEY = "api_key"


class Counter(NamedTuple):
    kind: Counted
    id: UUID


class Rate(NamedTuple):
    used: int
    """Requests in this minute, this one included."""
    resets_in: float
    """Seconds."""


class Rates(Protocol):
    async def count(self, counters: Sequence[Counter]) -> list[Rate]:
        """Count one request at each, in one step. Never raises: while the store is away each process counts
        for itself.
        """
        ...
