"""The work that getting in leaves for later."""

from uuid import UUID

from pytake.kit.jobs import Queue, job


@job(Queue.HIGH)
def answer_resets() -> None:
    """Write letters to those who asked for a new password and exist."""


@job(Queue.HIGH)
def tell_sign_in_failures() -> None:
    """Write wrong passwords into the audit trails of those who were guessed at."""


@job(Queue.HIGH)
def send_mails(organization_id: UUID) -> None:
    """Send the letters of one organization that are due."""


@job(Queue.SCHEDULED)
def tidy() -> None:
    """Forget sessions, links and letters that ended long ago."""
