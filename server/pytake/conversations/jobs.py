"""The work conversations leave for later."""

from uuid import UUID

from pytake.kit.jobs import Queue, job


@job(Queue.HIGH)
def send(organization_id: UUID, whatsapp_number_id: UUID) -> None:
    """Send what waits in the outbox of one number."""


@job(Queue.LOW)
def settle_unknown(organization_id: UUID) -> None:
    """Decide about sends whose outcome nobody has told us for a minute."""


@job(Queue.SCHEDULED)
def make_partitions() -> None:
    """Make the coming months' partitions of `messages`."""
