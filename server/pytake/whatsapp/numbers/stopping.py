"""A number that Meta does not let send: stopped once, told once, and let go when the reason is mended."""

from datetime import datetime
from uuid import UUID

from pytake.kit.work import Work
from pytake.whatsapp import repository
from pytake.whatsapp.numbers import alerts
from pytake.whatsapp.types import AlertKind, AlertSeverity

TOKEN_CODES = frozenset({0, 10, 104, 190, *range(200, 300)})
"""Errors that a new access token mends."""


async def stop(
    work: Work, number_id: UUID, reason: str, code: int | None = None, asked_at: datetime | None = None
) -> None:
    """Stop the number's queue until somebody mends it. Only the first of many who call announces it.

    `asked_at`: when Meta was asked; if the number was mended since, the answer says nothing about now.
    """
    if not await repository.stop_sending(work, number_id, reason, asked_at):
        return
    work.publish("number.stopped", {"whatsapp_number_id": number_id, "reason": reason})
    kind = AlertKind.ACCESS if code in TOKEN_CODES else AlertKind.STOPPED
    await alerts.sound(
        work, number_id, kind, AlertSeverity.CRITICAL, {"reason": reason[:500], "meta_code": code}
    )
