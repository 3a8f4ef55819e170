"""How often somebody asked within a minute."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol
from uuid import UUID


class Counted(StrEnum):
    USER = "user"
    ORGANIZATION = "organization"
    API_KEY = "api_key"
    ADDRESS = "address"


class Counter(NamedTuple):
    kind: Counted
    id: UUID | str
    endpoint: str = ""
    """At which an address is counted; the others are counted wherever they ask."""


class Rate(NamedTuple):
    used: int
    """Requests in this minute, this one included."""
    resets_in: float
    """Seconds."""


class Rates(Protocol):
    async def count(self, counters: Sequence[Counter], token_hash: str | None = None) -> list[Rate] | None:
        """Count one request at each, in one step; none, and None, when the access token of this hash is known
        to be revoked. Never raises: with the store away each process counts for itself and knows no tokens.
        """
        ...
