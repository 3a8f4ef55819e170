"""The document store that keeps history: a copy that can be rebuilt from the journal at any time."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID


class DocumentsAway(Exception):
    """The document store does not answer. What was to be written is still in the journal."""


class Documents(Protocol):
    async def upsert(
        self, collection: str, organization_id: UUID, documents: Sequence[Mapping[str, Any]]
    ) -> None:
        """Write documents by their `_id`, all fields replaced; repeating it changes nothing.

        Raises DocumentsAway when the store cannot be reached or does not confirm.
        """
        ...
