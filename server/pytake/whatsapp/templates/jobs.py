"""The work templates leave for later."""

from uuid import UUID

from pytake.kit.jobs import Queue, job


@job(Queue.DEFAULT)
def keep_in_step(organization_id: UUID) -> None:
    """Ask Meta what it is to be asked, and read the accounts that are due."""
