"""A conversation and a message as the pipeline carries them: read once, changed in memory, written once."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

from pytake.ports.whatsapp import Person, happened_at

WINDOW = timedelta(hours=24)
"""Free text may follow the customer's last message for this long: the customer service window."""

_EPOCH = datetime.fromtimestamp(0, UTC)
_MICROSECOND = timedelta(microseconds=1)

STATUS_RANK = ("pending", "sending", "unknown", "accepted", "sent", "failed", "delivered", "read", "played")
"""A message's status only ever rises along this line, in whatever order the news arrives.

`failed` replaces `sent` and is itself replaced by `delivered`: Meta may report both, and what a person has
seen was not lost.
"""


class Priority(IntEnum):
    """Who goes first in a number's outbox; smaller is sooner."""

    AGENT = 0
    BOT = 1
    CAMPAIGN = 2


class Handling(StrEnum):
    """The conversation statuses the pipeline itself moves between."""

    OPEN = "open"
    QUEUED = "waiting_in_queue"
    RESOLVED = "resolved"


OVER = frozenset({"resolved", "closed"})
"""The customer's next message opens another conversation."""


@dataclass(slots=True)
class Conversation:
    """One locked row of `conversations`."""

    id: UUID
    contact_id: UUID
    whatsapp_number_id: UUID
    status: str = "open"
    chatbot_id: UUID | None = None
    is_bot_active: bool = True
    first_message_at: datetime | None = None
    last_message_at: datetime | None = None
    last_customer_message_at: datetime | None = None
    message_count: int = 0
    current_flow_id: UUID | None = None
    current_node_id: UUID | None = None
    flow_variables: dict[str, Any] | None = None
    """None: unchanged."""
    handoff_at: datetime | None = None
    handoff_reason: str | None = None
    entered_queue_at: datetime | None = None
    resolved_at: datetime | None = None
    is_new: bool = False

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    def count(self, at: datetime) -> None:
        self.first_message_at = self.first_message_at or at
        self.last_message_at = max(at, self.last_message_at or at)
        self.message_count += 1

    def hear_from_customer(self, at: datetime) -> None:
        """The 24 hours begin again; a message that arrives late does not shorten them."""
        self.last_customer_message_at = max(at, self.last_customer_message_at or at)

    def window_expires_at(self) -> datetime | None:
        return self.last_customer_message_at + WINDOW if self.last_customer_message_at else None

    def open_seconds(self, at: datetime) -> float:
        """How long free text may still be sent; 0 or less when it may not."""
        expires_at = self.window_expires_at()
        return 0.0 if expires_at is None else (expires_at - at).total_seconds()

    def hand_off(self, at: datetime, reason: str) -> None:
        """The bot falls silent and the conversation waits for a person."""
        self.is_bot_active = False
        self.handoff_at, self.handoff_reason = at, reason
        self.status, self.entered_queue_at = Handling.QUEUED, at

    def pause_bot(self) -> None:
        self.is_bot_active = False

    def resolve(self, at: datetime) -> None:
        """Nothing is left to do; the customer's next message opens another conversation."""
        self.status, self.resolved_at = Handling.RESOLVED, at


@dataclass(slots=True)
class NewMessage:
    """One row to be inserted into `messages`, and into the outbox when it is to be sent."""

    id: UUID
    conversation: Conversation
    direction: str
    sender_type: str
    type: str
    content: dict[str, Any]
    status: str
    whatsapp_message_id: str | None = None
    sender_id: UUID | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    priority: Priority = Priority.BOT
    is_template: bool = False
    reads: str | None = None
    """The customer's message that this one answers; it is marked as read when this one goes out."""
    to: Person | None = None
    """Whom it goes to, when its writer knows; else whoever claims it looks the contact up."""


def meta_time(timestamp: int, now: datetime) -> datetime:
    """Meta's Unix seconds as a moment, never in our future: its clock may be ahead of the database's."""
    return min(happened_at(timestamp, now), now)


def callback_data(message_id: UUID, created_at: datetime) -> str:
    """What travels with a send and comes back in its statuses: names the row without a look-up."""
    return f"{message_id}.{(created_at - _EPOCH) // _MICROSECOND}"


def read_callback_data(text: str | None) -> tuple[UUID, datetime] | None:
    """The row behind a status; None when the text is not ours (another app sent the message)."""
    message_id, dot, microseconds = (text or "").partition(".")
    try:
        if not dot:
            return None
        return UUID(message_id), _EPOCH + int(microseconds) * _MICROSECOND
    except (ValueError, OverflowError):
        return None
