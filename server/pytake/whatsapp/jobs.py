"""The work numbers leave for later."""

from uuid import UUID

from pytake.kit.jobs import Queue, job


@job(Queue.LOW)
def refresh_number(organization_id: UUID, number_id: UUID) -> None:
    """Ask Meta how the number is."""
