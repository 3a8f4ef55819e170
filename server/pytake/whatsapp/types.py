"""A number as the pipeline carries it, and the column limits of names."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from pytake.ports.whatsapp import Sender


class QualityRating(StrEnum):
    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"
    UNKNOWN = "UNKNOWN"
    NA = "NA"


class AlertKind(StrEnum):
    ACCESS = "access"
    """Meta does not take the access token any more."""
    STOPPED = "stopped"
    """Meta refuses what the number sends: payment, registration, a policy."""
    QUALITY = "quality"
    STATUS = "status"
    """The number is not connected: flagged, restricted, disconnected …"""
    RESTRICTION = "restriction"
    """The account may not do something, mostly until a day."""
    BANNED = "banned"
    NAME = "name"
    """The display name was refused."""
    NOTICE = "notice"
    """Meta wants somebody to know something."""


class AlertSeverity(StrEnum):
    CRITICAL = "critical"
    WARNING = "warning"


class TemplateCategory(StrEnum):
    MARKETING = "MARKETING"
    UTILITY = "UTILITY"
    AUTHENTICATION = "AUTHENTICATION"


class TemplateStatus(StrEnum):
    """As Meta says it, but for the first: Meta has never been told of a draft. Only what is APPROVED is sent.

    The last four only ever arrive by webhook.
    """

    DRAFT = "DRAFT"
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
    PRODUCT = "PRODUCT"
    """Of a catalog; a button shows it."""


class ParameterFormat(StrEnum):
    POSITIONAL = "POSITIONAL"
    NAMED = "NAMED"


class ButtonType(StrEnum):
    QUICK_REPLY = "QUICK_REPLY"
    URL = "URL"
    PHONE_NUMBER = "PHONE_NUMBER"
    COPY_CODE = "COPY_CODE"
    OTP = "OTP"
    FLOW = "FLOW"
    CATALOG = "CATALOG"
    MPM = "MPM"
    SPM = "SPM"
    VOICE_CALL = "VOICE_CALL"
    REQUEST_CONTACT_INFO = "REQUEST_CONTACT_INFO"


class SyncStatus(StrEnum):
    PENDING = "pending"
    SYNCED = "synced"
    ERROR = "error"


class TemplateCall(StrEnum):
    CREATE = "create"
    EDIT = "edit"
    DELETE = "delete"


class CallState(StrEnum):
    PENDING = "pending"
    CALLING = "calling"
    """Claimed before the call; when it stays so, nobody knows how the call ended."""
    UNKNOWN = "unknown"
    """The answer was lost: Meta is asked what it has."""


class SyncState(StrEnum):
    IDLE = "idle"
    WANTED = "wanted"
    RUNNING = "running"


class HistoryKind(StrEnum):
    STATUS = "status"
    CATEGORY = "category"
    CATEGORY_IMPENDING = "category_impending"
    QUALITY = "quality"
    COMPONENTS = "components"
    SUBMITTED = "submitted"
    EDITED = "edited"
    REFUSED = "refused"
    MISSING = "missing"
    FOUND = "found"


class HistorySource(StrEnum):
    WEBHOOK = "webhook"
    SYNC = "sync"
    ANSWER = "answer"


_TIER: Final = re.compile(r"TIER_(\d+)(K?)")


def people_of_tier(tier: str | None) -> int | None:
    """How many people Meta's word allows; None when there is no limit, or none that is known."""
    found = _TIER.fullmatch(tier or "")
    return int(found[1]) * (1000 if found[2] else 1) if found else None


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
    customer_limit: int | None
    """To how many people a day its business may write first; None: without a limit, or nobody knows it."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One Meta app as the webhook needs it, its secrets opened."""

    id: UUID
    organization_id: UUID
    app_secrets: tuple[str, ...]
    """The present secret and, while it is being rotated, the one before."""
    verify_token: str
