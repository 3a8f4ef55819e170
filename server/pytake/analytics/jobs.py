"""The work analytics leaves for later."""

from uuid import UUID

from pytake.kit.jobs import Queue, job


@job(Queue.SCHEDULED)
def trim_journal() -> None:
    """Forget facts that are old and that every reader has read."""


@job(Queue.LOW)
def project(organization_id: UUID) -> None:
    """Bring the organization's history up to what the journal says."""


@job(Queue.LOW)
def count_messages(organization_id: UUID) -> None:
    """Bring the organization's meter up to what the journal says."""
