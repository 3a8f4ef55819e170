"""The work a delivery leaves for later."""

from uuid import UUID

from pytake.kit.jobs import Queue, job


@job(Queue.SCHEDULED)
def forget_waiting() -> None:
    """Forget statuses of messages that never became known."""


@job(Queue.HIGH)
def drain(organization_id: UUID) -> None:
    """Apply what one organization's webhooks have brought."""


@job(Queue.HIGH)
def drain_apart(organization_id: UUID) -> None:
    """Apply what one organization's webhooks have brought and a drain may have died of."""
