"""Words of the live stream."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, NamedTuple
from uuid import UUID

from pytake.conversations.sight import Sight
from pytake.kit.journal import Cursor


class Close(IntEnum):
    """Why a socket was closed (RFC 6455: 4000 and above are ours)."""

    POLICY = 1008
    TOO_BIG = 1009
    TRY_AGAIN = 1013
    SIGNED_OUT = 4001
    TOO_SLOW = 4008
    """Not read for so long that events were left out: come back with the last cursor."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who holds a socket."""

    user_id: UUID
    organization_id: UUID
    session_id: UUID
    expires_at: datetime
    after: Cursor | None
    """The last event they know of; None to begin with what is still to come."""
    sight: Sight
    """What they were permitted when they came; who is permitted otherwise comes again."""


class Happening(NamedTuple):
    """An event as it goes over the wire: written once, shared by every socket that may see it."""

    cursor: Cursor
    type: str
    payload: dict[str, Any]
    frame: bytes
    audience: AbstractSet[UUID] | None
    """Who sees it of those who do not see all; None: it speaks of no conversation."""
