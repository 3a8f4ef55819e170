"""Words of deliveries."""

from enum import StrEnum


class DeliveryStatus(StrEnum):
    PENDING = "pending"
    WAITING = "waiting"
    """For a message it speaks of, which nobody knows yet."""
    PARKED = "parked"
    """Cannot be applied; somebody has to look at it."""
