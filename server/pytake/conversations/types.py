"""Words of conversations and messages."""

from enum import StrEnum


class ConversationStatus(StrEnum):
    WAITING_IN_QUEUE = "waiting_in_queue"
    OPEN = "open"
    PENDING = "pending"
    ASSIGNED = "assigned"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


class SenderType(StrEnum):
    CONTACT = "contact"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"
    API = "api"
    CAMPAIGN = "campaign"
    PHONE = "phone"
    """Written in the WhatsApp Business app on the number's own phone."""


class MessageType(StrEnum):
    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACTS = "contacts"
    BUTTON = "button"
    LIST = "list"
    TEMPLATE = "template"
    STICKER = "sticker"
    REACTION = "reaction"
    INTERACTIVE = "interactive"
    ORDER = "order"
    SYSTEM = "system"
    UNSUPPORTED = "unsupported"
    NOTE = "note"
    """For the team's eyes only."""


class MessageStatus(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    RECEIVED = "received"
    """Every inbound message."""
    SENDING = "sending"
    ACCEPTED = "accepted"
    """Meta has taken it; whether it left is another question."""
    PLAYED = "played"
    UNKNOWN = "unknown"
    """Nobody can say whether Meta took it."""
    DELETED = "deleted"


class OutboxState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
