"""Words of media."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pytake.kit.frozen import frozen


class Kind(StrEnum):
    """As WhatsApp tells files apart."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"


KINDS = frozenset(Kind)


class State(StrEnum):
    """Of a message's file, on its way to us."""

    WAITING = "waiting"
    STORED = "stored"
    FAILED = "failed"


class Failure(StrEnum):
    """Why a file is not there."""

    EXPIRED = "expired"
    """Meta keeps what customers send for seven days."""
    TOO_LARGE = "too_large"
    REFUSED = "refused"
    """Meta does not give it to our token."""
    UNREACHABLE = "unreachable"
    DAMAGED = "damaged"
    """What came is not what was announced."""
    NO_ROOM = "no_room"
    """Our own storage could not take it."""
    GAVE_UP = "gave_up"
    """It was tried too often without an end."""


@frozen
class Enclosed:
    """A message that carries a file: one of Meta's (`media_id`) or one of ours (`media_file_id`)."""

    message_id: UUID
    conversation_id: UUID
    whatsapp_number_id: UUID
    kind: str
    media_id: str | None = None
    media_file_id: UUID | None = None
    mime_type: str | None = None
    sha256: str | None = None
    file_name: str | None = None


@frozen
class Waiting:
    """A file to fetch, claimed."""

    message_id: UUID
    message_created_at: datetime
    conversation_id: UUID
    whatsapp_number_id: UUID
    kind: Kind
    media_id: str
    mime_type: str | None
    sha256: str | None
    file_name: str | None
    tries: int
    """This one included."""


@frozen
class Announced:
    """What is said of a file before its bytes come."""

    kind: Kind
    mime_type: str | None
    file_name: str | None
    is_voice: bool = False
    """Make a voice of what was recorded."""


@frozen
class MediaFile:
    """A file we have."""

    id: UUID
    sha256: str
    size: int
    mime_type: str
    width: int | None = None
    height: int | None = None
    has_thumbnail: bool = False
