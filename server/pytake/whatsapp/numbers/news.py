"""What Meta tells by itself about numbers and their account.

Such news repeat, and come in any order: each kind of them is applied only when nothing later of its kind was
heard. What can be asked for is asked for behind them, so that in the end Meta's answer holds.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pytake.kit.work import Work
from pytake.ports.whatsapp import AccountChanged, Json
from pytake.whatsapp import jobs
from pytake.whatsapp.numbers import alerts, rows
from pytake.whatsapp.numbers.health import PER_SECOND
from pytake.whatsapp.numbers.stopping import stop
from pytake.whatsapp.types import AlertKind, AlertSeverity

_TIERS = {-1: "UNLIMITED", 50: "50", 250: "250", 2_000: "2K", 10_000: "10K", 100_000: "100K"}


@dataclass(frozen=True, slots=True)
class Fact:
    topic: str
    """Of two facts of one topic the later holds."""
    changes: Mapping[str, Any] = field(default_factory=dict)
    alert: tuple[AlertKind, AlertSeverity, Mapping[str, Any]] | None = None
    over: AlertKind | None = None
    stops: str | None = None
    """Why nothing may be sent any more."""
    resumes: bool = False


async def hear(work: Work, item: AccountChanged) -> None:
    """Apply what concerns numbers; other news are not ours."""
    reader = _READERS.get(item.field)
    facts = list(reader(item.value)) if reader else []
    if not facts:
        return
    told_at = item.timestamp or int(work.now.timestamp())
    for number_id in await _concerned(work, item):
        for fact in facts:
            if await rows.is_news(work, number_id, fact.topic, told_at):
                await _apply(work, number_id, fact)
        work.enqueue(jobs.refresh_number(work.organization_id, number_id))


async def _concerned(work: Work, item: AccountChanged) -> list[UUID]:
    phone = _text(item.value.get("display_phone_number"))
    digits = re.sub(r"\D", "", phone) if phone else None
    is_of_number = item.value.get("entity_type") == "PHONE_NUMBER"
    phone_number_id = _text(item.value.get("entity_id")) if is_of_number else None
    return await rows.of_account(work, item.waba_id, digits, phone_number_id)


async def _apply(work: Work, number_id: UUID, fact: Fact) -> None:
    if fact.changes:
        await rows.change(work, number_id, fact.changes)
    if fact.alert:
        await alerts.sound(work, number_id, *fact.alert)
    if fact.over:
        await alerts.resolve(work, number_id, fact.over)
    if fact.stops:
        await stop(work, number_id, fact.stops)
    if fact.resumes:
        await rows.resume(work, number_id)
        await alerts.resolve(work, number_id, AlertKind.STOPPED)
    work.publish("number.updated", {"whatsapp_number_id": number_id})


# --- reading --------------------------------------------------------------------------------------------


def _quality(value: Json) -> Iterator[Fact]:
    event = _text(value.get("event"))
    if tier := _tier(value.get("max_daily_conversations_per_business")) or _tier(value.get("current_limit")):
        yield Fact("tier", {"messaging_limit_tier": tier})
    if event == "THROUGHPUT_UPGRADE":
        yield Fact("throughput", {"throughput_per_second": PER_SECOND["HIGH"]})
    elif event == "FLAGGED":
        yield Fact("flag", alert=(AlertKind.STATUS, AlertSeverity.WARNING, {"status": event}))
    elif event == "UNFLAGGED":
        yield Fact("flag", over=AlertKind.STATUS)
    if event and event not in {"THROUGHPUT_UPGRADE", "FLAGGED", "UNFLAGGED"}:
        yield Fact("limit")


def _name(value: Json) -> Iterator[Fact]:
    decision, wanted = _text(value.get("decision")), _text(value.get("requested_verified_name"))
    reason = _text(value.get("rejection_reason"))
    changes = {
        "name_status": decision and decision[:50],
        **({"verified_name": wanted and wanted[:255]} if decision == "APPROVED" else {}),
    }
    if decision == "REJECTED":
        details = {"name": wanted, "reason": reason}
        yield Fact("name", changes, alert=(AlertKind.NAME, AlertSeverity.WARNING, details))
    elif decision:
        yield Fact("name", changes, over=AlertKind.NAME)


def _account(value: Json) -> Iterator[Fact]:
    match _text(value.get("event")):
        case "ACCOUNT_RESTRICTION":
            yield from _restriction(value)
        case "DISABLED_UPDATE":
            yield from _ban(value)
        case "ACCOUNT_VIOLATION":
            info = _object(value.get("violation_info"))
            details = {"type": _text(info.get("violation_type"))}
            yield Fact("violation", alert=(AlertKind.NOTICE, AlertSeverity.CRITICAL, details))
        case (
            "ACCOUNT_DELETED" | "PARTNER_REMOVED" | "PARTNER_APP_UNINSTALLED" | "ACCOUNT_OFFBOARDED" as event
        ):
            details = {"type": event}
            yield Fact("membership", alert=(AlertKind.NOTICE, AlertSeverity.CRITICAL, details))
        case "PARTNER_ADDED" | "PARTNER_APP_INSTALLED" | "ACCOUNT_RECONNECTED":
            yield Fact("membership", over=AlertKind.NOTICE)


def _restriction(value: Json) -> Iterator[Fact]:
    told = [_object(each) for each in _list(value.get("restriction_info"))]
    types = [kind for each in told if (kind := _text(each.get("restriction_type")))]
    ends = [end for each in told if isinstance(end := each.get("expiration"), int)]
    if not types:
        yield Fact("restriction", over=AlertKind.RESTRICTION)
        return
    details: Json = {"types": types, **({"until": max(ends)} if ends else {})}
    yield Fact("restriction", alert=(AlertKind.RESTRICTION, AlertSeverity.CRITICAL, details))


def _ban(value: Json) -> Iterator[Fact]:
    info = _object(value.get("ban_info"))
    state, date = _text(info.get("waba_ban_state")), _text(info.get("waba_ban_date"))
    if state == "REINSTATE":
        yield Fact("ban", over=AlertKind.BANNED, resumes=True)
    elif state:
        yield Fact(
            "ban",
            alert=(AlertKind.BANNED, AlertSeverity.CRITICAL, {"state": state, "date": date}),
            stops="Meta disabled the WhatsApp Business Account." if state == "DISABLE" else None,
        )


def _alert(value: Json) -> Iterator[Fact]:
    info = _object(value.get("alert_info"))
    kind = _text(info.get("alert_type"))
    if kind is None:
        return
    is_over = info.get("alert_status") == "NONE" or info.get("alert_severity") == "INFORMATIONAL"
    severity = AlertSeverity.CRITICAL if info.get("alert_severity") == "CRITICAL" else AlertSeverity.WARNING
    details = {"type": kind, "description": _text(info.get("alert_description"))}
    if is_over:
        yield Fact(f"alert:{kind}", over=AlertKind.NOTICE)
    else:
        yield Fact(f"alert:{kind}", alert=(AlertKind.NOTICE, severity, details))


def _review(value: Json) -> Iterator[Fact]:
    if value.get("decision") == "REJECTED":
        details = {"type": "ACCOUNT_REVIEW_REJECTED"}
        yield Fact("review", alert=(AlertKind.NOTICE, AlertSeverity.CRITICAL, details))
    else:
        yield Fact("review", over=AlertKind.NOTICE)


def _capability(value: Json) -> Iterator[Fact]:
    if tier := _tier(value.get("max_daily_conversations_per_business")):
        yield Fact("tier", {"messaging_limit_tier": tier})


_READERS: Mapping[str, Callable[[Json], Iterator[Fact]]] = {
    "phone_number_quality_update": _quality,
    "phone_number_name_update": _name,
    "account_update": _account,
    "account_alerts": _alert,
    "account_review_update": _review,
    "business_capability_update": _capability,
}


def _tier(told: Any) -> str | None:
    """Documented as a word and shown as a number; -1 is unlimited."""
    if isinstance(told, int) and not isinstance(told, bool):
        return f"TIER_{_TIERS.get(told, told)}"
    word = _text(told)
    return word[:50] if word and word.startswith("TIER_") else None


def _text(value: Any) -> str | None:
    return value.replace("\x00", "")[:500] if isinstance(value, str) and value else None


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
