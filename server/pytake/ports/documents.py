"""The document store that keeps history: a copy that can be rebuilt from the journal at any time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


class DocumentsAway(Exception):
    """The document store does not answer. What was to be written is still in the journal."""


class SearchTooWide(Exception):
    """The document store answers, but looked at too much for too little."""


@dataclass(frozen=True, slots=True)
class Search:
    """Which documents of one organization: those for which all of this holds."""

    equal: Mapping[str, Any] = field(default_factory=dict)
    begins: Mapping[str, str] = field(default_factory=dict)
    at_least: Mapping[str, Any] = field(default_factory=dict)
    below: Mapping[str, Any] = field(default_factory=dict)


class Documents(Protocol):
    def is_resting(self) -> bool:
        """True for a while after it did not answer: trying now is not worth anybody's time."""
        ...

    async def prepare(self) -> None:
        """Make sure that the collections and their indexes are there. Raises DocumentsAway."""
        ...

    async def upsert(
        self, collection: str, organization_id: UUID, documents: Sequence[Mapping[str, Any]]
    ) -> None:
        """Write documents by their `_id`, all fields replaced; repeating it changes nothing.

        A document with a `revision` never replaces one with a higher revision. Raises DocumentsAway when the
        store cannot be reached or does not confirm.
        """
        ...

    async def append(self, collection: str, documents: Sequence[Mapping[str, Any]]) -> None:
        """Add documents that nobody will miss: one that is there already, by its `_id`, stays as it is.

        Each carries its organization, or None. Raises DocumentsAway.
        """
        ...

    async def newest(
        self,
        collection: str,
        organization_id: UUID,
        search: Search,
        *,
        before: tuple[datetime, UUID] | None,
        most: int,
    ) -> list[dict[str, Any]]:
        """By `created_at` and `_id`, the newest first; only those `before` a place in that order.

        Raises DocumentsAway and SearchTooWide.
        """
        ...
