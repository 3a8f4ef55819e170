"""What somebody has to look after: told once while it lasts, over by itself when the number is well again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pytake.accounts.service import letters
from pytake.kit.errors import NotFound
from pytake.kit.work import Work
from pytake.whatsapp.numbers import alert_rows, rows
from pytake.whatsapp.types import AlertKind, AlertSeverity

MOST_SHOWN = 100


async def standing(work: Work) -> list[dict[str, Any]]:
    return [dict(row) for row in await alert_rows.standing(work, MOST_SHOWN)]


async def sound(
    work: Work, number_id: UUID, kind: AlertKind, severity: AlertSeverity, details: Mapping[str, Any]
) -> None:
    """The journal and the administrators hear of it when it is new."""
    alert_id = await alert_rows.put(work, number_id, kind, severity, details)
    if alert_id is None:
        return
    phone, name = await rows.phone_of(work, number_id)
    work.publish(
        "alert.raised",
        {"alert_id": alert_id, "whatsapp_number_id": number_id, "kind": kind, "severity": severity},
    )
    await letters.tell_administrators_of_number(work, kind.value, f"{name} ({phone})" if name else phone)


async def resolve(work: Work, number_id: UUID, *kinds: AlertKind) -> set[AlertKind]:
    """Answers what was standing."""
    return _over(work, number_id, await alert_rows.resolve(work, number_id, kinds))


async def resolve_refusal(work: Work, number_id: UUID, code: int) -> bool:
    """Whether the number was stopped because Meta refused it with that code."""
    over = await alert_rows.resolve_refusal(work, number_id, AlertKind.STOPPED, code)
    return bool(_over(work, number_id, over))


async def resolve_access(
    work: Work, number_id: UUID, until: datetime, found: str, codes: frozenset[int]
) -> bool:
    """Whether there was one from before `until` that was found like that or has one of the codes."""
    over = await alert_rows.resolve_access(work, number_id, until, found, codes)
    return bool(_over(work, number_id, over))


async def resolve_past(work: Work, number_id: UUID) -> None:
    _over(work, number_id, await alert_rows.resolve_past(work, number_id, AlertKind.RESTRICTION))


def _over(work: Work, number_id: UUID, over: list[Any]) -> set[AlertKind]:
    for row in over:
        work.publish(
            "alert.resolved",
            {"alert_id": row["id"], "whatsapp_number_id": number_id, "kind": row["kind"]},
        )
    return {AlertKind(row["kind"]) for row in over}


async def dismiss(work: Work, alert_id: UUID) -> None:
    """Raises NotFound."""
    row = await alert_rows.dismiss(work, alert_id)
    if row is None:
        raise NotFound
    work.audit("alert.dismissed", alert_id, after=dict(row))
    work.publish(
        "alert.resolved",
        {"alert_id": alert_id, "whatsapp_number_id": row["whatsapp_number_id"], "kind": row["kind"]},
    )
