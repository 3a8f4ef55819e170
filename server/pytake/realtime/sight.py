"""Who sees which events: whoever sees the conversation that they speak of. Rooms never mix organizations."""

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from typing import Any
from uuid import UUID

from pytake.conversations.sight import Sight, who_sees
from pytake.kit.journal import Entry
from pytake.kit.work import Work
from pytake.realtime.types import Guest, Happening

_NOBODY: AbstractSet[UUID] = frozenset()


def may_see(guest: Guest, happening: Happening) -> bool:
    return guest.sight.all or happening.audience is None or guest.user_id in happening.audience


class Audiences:
    """Who of the narrow-sighted guests sees what a batch of entries speaks of; asked once for all of them."""

    def __init__(self, seen: dict[UUID, set[UUID]]) -> None:
        self._seen = seen

    @classmethod
    async def of(cls, work: Work, narrow: Collection[Sight], entries: Iterable[Entry]) -> "Audiences":
        """Where everybody sees all, nothing is asked."""
        if not narrow:
            return cls({})
        spoken_of = {spoken for entry in entries if (spoken := _conversation(entry.payload))}
        return cls(await who_sees(work, narrow, spoken_of))

    def at(self, payload: dict[str, Any]) -> AbstractSet[UUID] | None:
        conversation_id = _conversation(payload)
        return None if conversation_id is None else self._seen.get(conversation_id, _NOBODY)


def _conversation(payload: dict[str, Any]) -> UUID | None:
    conversation_id = payload.get("conversation_id")
    return UUID(conversation_id) if isinstance(conversation_id, str) else None
