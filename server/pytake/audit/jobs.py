"""The work the audit trail leaves for later."""

from uuid import UUID

from pytake.kit.jobs import Queue, job


@job(Queue.SCHEDULED)
def tell_heads() -> None:
    """Write the head of every chain to the log, where the database's visitors do not reach."""


@job(Queue.SCHEDULED)
def verify_all() -> None:
    """Look through every trail, each as a job of its own."""


@job(Queue.SCHEDULED)
def verify(organization_id: UUID) -> None:
    """Look through one organization's trail and keep what is found."""
