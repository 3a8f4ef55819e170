"""The work that answering requests leaves for later."""

from pytake.kit.jobs import Queue, job


@job(Queue.SCHEDULED)
def forget_repeats() -> None:
    """Remove Idempotency-Keys of more than a day ago."""
