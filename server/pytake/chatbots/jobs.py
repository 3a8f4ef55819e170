"""The work bots leave for later."""

from uuid import UUID

from pytake.kit.jobs import Queue, job


@job(Queue.HIGH)
def fire_timers(organization_id: UUID) -> None:
    """Wake the runs whose waiting time is over."""
