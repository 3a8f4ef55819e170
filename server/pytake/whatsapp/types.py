"""A number as the pipeline carries it, and the column limits of names."""

from dataclasses import dataclass
from uuid import UUID

from pytake.ports.whatsapp import Sender


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
