"""A number as the pipeline carries it, and the column limits of names."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from pytake.ports.whatsapp import Sender


class QualityRating(StrEnum):
    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"
    UNKNOWN = "UNKNOWN"
    NA = "NA"


class TemplateCategory(StrEnum):
    MARKETING = "MARKETING"
    UTILITY = "UTILITY"
    AUTHENTICATION = "AUTHENTICATION"


class TemplateStatus(StrEnum):
    """As Meta says it; the last four only ever arrive by webhook. Only an APPROVED template can be sent."""

    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    PAUSED = "PAUSED"
    DISABLED = "DISABLED"
    IN_APPEAL = "IN_APPEAL"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    ARCHIVED = "ARCHIVED"
    PENDING_DELETION = "PENDING_DELETION"
    DELETED = "DELETED"
    FLAGGED = "FLAGGED"
    REINSTATED = "REINSTATED"
    LOCKED = "LOCKED"
    UNARCHIVED = "UNARCHIVED"


class HeaderType(StrEnum):
    TEXT = "TEXT"
    IMAGE = "IMAGE"
    VIDEO = "VIDEO"
    DOCUMENT = "DOCUMENT"
    LOCATION = "LOCATION"


class SyncStatus(StrEnum):
    PENDING = "pending"
    SYNCED = "synced"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that messages arrive at."""

    id: UUID
    phone_number_id: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class SendingNumber:
    """A number that messages leave from, its token opened."""

    id: UUID
    sender: Sender
    throughput_per_second: int


@dataclass(frozen=True, slots=True)
class Channel:
    """One Meta app as the webhook needs it, its secrets opened."""

    id: UUID
    organization_id: UUID
    app_secrets: tuple[str, ...]
    """The present secret and, while it is being rotated, the one before."""
    verify_token: str
