"""The work analytics leaves for later."""

from uuid import UUID

from pytake.kit.jobs import Queue, job


@job(Queue.LOW)
def project(organization_id: UUID) -> None:
    """Bring the organization's history up to what the journal says."""
