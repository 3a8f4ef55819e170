"""Words of campaigns."""

from enum import StrEnum


class CampaignStatus(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class TargetType(StrEnum):
    ALL = "all"
    TAGS = "tags"
    SEGMENT = "segment"
    CUSTOM = "custom"


class RecipientStatus(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    SKIPPED = "skipped"
    """Never sent: no consent, blocked, or nothing to write to."""
    UNKNOWN = "unknown"
    """Nobody can say whether it was sent; it is not sent again."""
