"""A number that Meta does not let send: stopped once, told once, and let go when the reason is mended."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pytake.kit.work import Work
from pytake.whatsapp import repository
from pytake.whatsapp.numbers import alerts, rows
from pytake.whatsapp.types import AlertKind, AlertSeverity

TOKEN_CODES = frozenset({0, 10, 104, 190, *range(200, 300)})
"""Errors that a new access token mends."""

_TOKEN_REFUSED = frozenset({0, 104, 190})
"""Errors of the token itself. The others say that it may not do this; it may still read."""

_MENDED = (AlertKind.ACCESS, AlertKind.STOPPED)


class Found(StrEnum):
    """How Meta's refusal was met."""

    SENDING = "sending"
    CHECKING = "checking"


async def stop(
    work: Work,
    number_id: UUID,
    reason: str,
    code: int | None = None,
    asked_at: datetime | None = None,
    found: Found = Found.SENDING,
) -> None:
    """Stop the number's queue until somebody mends it. Only the first of many who call announces it.

    `asked_at`: when Meta was asked; if the number was mended since, the answer says nothing about now.
    """
    if not await repository.stop_sending(work, number_id, reason, asked_at):
        return
    work.publish("number.stopped", {"whatsapp_number_id": number_id, "reason": reason})
    kind = AlertKind.ACCESS if code in TOKEN_CODES else AlertKind.STOPPED
    details = {"reason": reason[:500], "meta_code": code, "found": found}
    await alerts.sound(work, number_id, kind, AlertSeverity.CRITICAL, details)


async def let_go(work: Work, number_id: UUID) -> None:
    """Somebody has mended whatever it was."""
    await rows.resume(work, number_id)
    await alerts.resolve(work, number_id, *_MENDED)


async def let_go_as_it_was_read(work: Work, number_id: UUID, asked_at: datetime) -> None:
    """Meta, asked at that time, let the token read the number.

    That mends a token that was refused before, and what a check had found. It proves nothing about a
    permission to send: a number let go on its account would be refused, and told of, at each check.
    """
    if await alerts.resolve_access(work, number_id, asked_at, Found.CHECKING, _TOKEN_REFUSED):
        await rows.resume(work, number_id)
