"""The work files leave for later."""

from uuid import UUID

from pytake.kit.jobs import Queue, job


@job(Queue.DEFAULT)
def fetch(organization_id: UUID) -> None:
    """Fetch what customers have sent to one organization."""


@job(Queue.LOW)
def clear_unused(organization_id: UUID) -> None:
    """Remove the files of one organization that no message carries."""


@job(Queue.LOW)
def remove_files_left(organization_id: UUID) -> None:
    """Remove the files of an organization that is gone."""
