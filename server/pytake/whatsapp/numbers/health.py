"""What Meta says of a number, asked every quarter of an hour and whenever somebody wants to know."""

from typing import Any
from uuid import UUID

from pytake.kit.work import SYSTEM, Work
from pytake.ports.whatsapp import PhoneNumber, WhatsAppRefused, WhatsAppUnreachable
from pytake.runtime import Runtime
from pytake.whatsapp.numbers import alerts, rows
from pytake.whatsapp.numbers.acting import opened
from pytake.whatsapp.numbers.stopping import TOKEN_CODES, Found, let_go_as_it_was_read, stop
from pytake.whatsapp.types import AlertKind, AlertSeverity, QualityRating

_WHY = "what Meta says, and nobody's deed"

CONNECTED = "CONNECTED"
COEXISTENCE_PER_SECOND = 20
PER_SECOND = {"STANDARD": 80, "HIGH": 1000}
"""Messages by `throughput.level`."""

_NAME_REFUSED = {"DECLINED", "REJECTED", "EXPIRED"}
_WARNED_ONLY = {"PENDING", "FLAGGED", "RATE_LIMITED", "UNVERIFIED"}
"""Statuses in which a number may still write, or never could."""


async def refresh(runtime: Runtime, organization_id: UUID, number_id: UUID) -> None:
    """Ask, then write down what was said. Meta not answering is no news about the number."""
    async with runtime.work(organization_id, SYSTEM) as work:
        row = await rows.sealed(work, number_id)
        if row is None or row["access_token_encrypted"] is None:
            return
        await rows.note_check(work, number_id)
        work.unaudited(_WHY)
        asked_at = work.now
        sender = opened(runtime, organization_id, row)
    try:
        known = await runtime.ports.numbers.get_phone_number(sender)
    except WhatsAppUnreachable:
        return
    except WhatsAppRefused as refused:
        code = refused.details.get("meta_code")
        if code in TOKEN_CODES:
            async with runtime.work(organization_id, SYSTEM) as work:
                work.unaudited(_WHY)
                reason = f"{refused.details['title']} ({code})"
                await stop(work, number_id, reason, code, asked_at, Found.CHECKING)
        return
    async with runtime.work(organization_id, SYSTEM) as work:
        work.unaudited(_WHY)
        await record(work, number_id, known)
        await let_go_as_it_was_read(work, number_id, asked_at)


async def record(work: Work, number_id: UUID, known: PhoneNumber) -> None:
    row = await rows.keep_health(work, number_id, _told(known))
    if row is None:
        return
    await _judge_quality(work, number_id, row["quality_rating"])
    await _judge_status(work, number_id, row["status"])
    await _judge_name(work, number_id, row["name_status"])
    await alerts.resolve_past(work, number_id)
    work.publish("number.updated", {"whatsapp_number_id": number_id})


def _told(known: PhoneNumber) -> dict[str, Any]:
    ratings = {rating.value for rating in QualityRating}
    rating = known.quality_rating
    return {
        "status": known.status,
        "name_status": known.name_status,
        "code_verification_status": known.code_verification_status,
        "verified_name": known.verified_name,
        "quality_rating": rating if rating in ratings else QualityRating.UNKNOWN if rating else None,
        "messaging_limit_tier": known.messaging_limit,
        "throughput_per_second": per_second(known),
        "platform_type": known.platform_type,
        "health": known.health,
    }


def per_second(known: PhoneNumber) -> int | None:
    """None when Meta does not say: the pace stays what it was."""
    if known.is_on_phone:
        return COEXISTENCE_PER_SECOND
    return PER_SECOND.get(known.throughput or "")


async def _judge_quality(work: Work, number_id: UUID, rating: str | None) -> None:
    if rating in {QualityRating.RED, QualityRating.YELLOW}:
        severity = AlertSeverity.CRITICAL if rating == QualityRating.RED else AlertSeverity.WARNING
        await alerts.sound(work, number_id, AlertKind.QUALITY, severity, {"quality_rating": rating})
    else:
        await alerts.resolve(work, number_id, AlertKind.QUALITY)


async def _judge_status(work: Work, number_id: UUID, status: str | None) -> None:
    if status in {None, CONNECTED}:
        await alerts.resolve(work, number_id, AlertKind.STATUS)
        return
    severity = AlertSeverity.WARNING if status in _WARNED_ONLY else AlertSeverity.CRITICAL
    await alerts.sound(work, number_id, AlertKind.STATUS, severity, {"status": status})


async def _judge_name(work: Work, number_id: UUID, name_status: str | None) -> None:
    if name_status in _NAME_REFUSED:
        await alerts.sound(
            work, number_id, AlertKind.NAME, AlertSeverity.WARNING, {"name_status": name_status}
        )
    elif name_status is not None:
        await alerts.resolve(work, number_id, AlertKind.NAME)
