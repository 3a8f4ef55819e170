"""The work that meeting people leaves for later."""

from uuid import UUID

from pytake.kit.jobs import Queue, job


@job(Queue.HIGH)
def merge_proven(organization_id: UUID) -> None:
    """Merge the contacts of whom WhatsApp has said that they are one person."""
