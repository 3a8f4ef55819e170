"""The work the audit trail leaves for later."""

from pytake.kit.jobs import Queue, job


@job(Queue.SCHEDULED)
def tell_heads() -> None:
    """Write the head of every chain to the log, where the database's visitors do not reach."""
