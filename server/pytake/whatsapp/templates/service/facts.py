"""Taking over what Meta says of a template, whichever way and in whatever order it comes."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Final

from pytake.kit.frozen import frozen
from pytake.kit.work import Work
from pytake.ports.whatsapp_templates import RemoteTemplate
from pytake.whatsapp.templates import repository
from pytake.whatsapp.templates.service.rows import put_components
from pytake.whatsapp.types import HistoryKind, HistorySource, TemplateCategory, TemplateStatus

Json = dict[str, Any]

_TOLD: Final[Mapping[HistoryKind, str]] = {
    HistoryKind.STATUS: "status_told_at",
    HistoryKind.MISSING: "status_told_at",
    HistoryKind.CATEGORY: "category_told_at",
    HistoryKind.CATEGORY_IMPENDING: "category_told_at",
    HistoryKind.QUALITY: "quality_told_at",
    HistoryKind.COMPONENTS: "components_told_at",
}

_MEANS: Final = {"REINSTATED": "APPROVED", "UNARCHIVED": "APPROVED"}
"""Words that a webhook uses for a way back; the list calls such a template approved."""

_EXPLAINED: Final = frozenset({"REJECTED", "PAUSED", "DISABLED", "FLAGGED", "LOCKED", "LIMIT_EXCEEDED"})
"""Statuses that somebody will ask the reason of."""


@frozen
class Fact:
    kind: HistoryKind
    source: HistorySource
    at: datetime
    """By Meta's clock."""
    value: str | None = None
    reason: str | None = None
    details: Json = field(default_factory=dict, hash=False)
    key: str | None = None
    takes_over: bool = False
    """It is known to be the newest, whatever the clocks say."""


async def take(work: Work, row: Json, fact: Fact) -> bool:
    """Keep the fact; change the row unless something newer of its kind is known. False for old news."""
    is_news = await repository.add_history(
        work,
        row["id"],
        kind=fact.kind,
        source=fact.source,
        happened_at=fact.at,
        value=fact.value,
        reason=fact.reason,
        details=fact.details,
        key=fact.key,
    )
    if not is_news:
        return False
    told = _TOLD[fact.kind]
    before = row[told]
    if fact.takes_over or before is None or fact.at >= before:
        row[told] = fact.at if before is None else max(fact.at, before)
        _apply(row, fact)
    return True


def _apply(row: Json, fact: Fact) -> None:
    match fact.kind:
        case HistoryKind.STATUS:
            _apply_status(row, fact)
        case HistoryKind.MISSING:
            row["meta_status"], row["missing_since"] = TemplateStatus.DELETED.value, fact.at
        case HistoryKind.CATEGORY if fact.value in TemplateCategory.__members__:
            if row["category"] != fact.value:
                row["previous_category"] = row["category"]
            row["category"] = fact.value
            row["correct_category"] = row["category_changes_at"] = None
        case HistoryKind.CATEGORY_IMPENDING if fact.value in TemplateCategory.__members__:
            row["correct_category"] = fact.value
            row["category_changes_at"] = fact.details.get("changes_at")
        case HistoryKind.QUALITY:
            row["quality_score"] = {"score": fact.value, "date": int(fact.at.timestamp())}
        case HistoryKind.COMPONENTS:
            put_components(row, fact.details["components"], fact.details.get("parameter_format"))


def _apply_status(row: Json, fact: Fact) -> None:
    status = _MEANS.get(fact.value or "", fact.value)
    if status not in TemplateStatus.__members__:
        return
    row["meta_status"] = status
    row["rejection_reason"] = fact.reason if status in _EXPLAINED else None
    row["missing_since"] = fact.at if status == TemplateStatus.DELETED else None


async def take_remote(
    work: Work, row: Json, remote: RemoteTemplate, at: datetime, *, takes_over: bool = False
) -> bool:
    """What a list or a look shows; news only where it is not what is known. Answers whether there was any."""
    row["meta_template_id"] = remote.id
    row["sync_status"], row["last_synced_at"] = "synced", work.now
    if row["call_state"] is None and row["refusal"] is None:
        row["sync_error"] = None
    is_news = False
    for fact in _differences(row, remote, at, takes_over=takes_over):
        is_news |= await take(work, row, fact)
    return is_news


def _differences(row: Json, remote: RemoteTemplate, at: datetime, *, takes_over: bool) -> list[Fact]:
    def fact(kind: HistoryKind, value: str | None, reason: str | None = None, **details: Any) -> Fact:
        return Fact(kind, HistorySource.SYNC, at, value, reason, details, takes_over=takes_over)

    facts = []
    if remote.status and (remote.status != row["meta_status"] or row["missing_since"]):
        reason = None if remote.rejected_reason in (None, "NONE") else remote.rejected_reason
        facts.append(fact(HistoryKind.STATUS, remote.status, reason))
    if remote.category and remote.category != row["category"]:
        facts.append(fact(HistoryKind.CATEGORY, remote.category))
    if remote.correct_category and remote.correct_category not in (row["correct_category"], remote.category):
        facts.append(fact(HistoryKind.CATEGORY_IMPENDING, remote.correct_category))
    score = remote.quality_score.get("score")
    if score and score != row["quality_score"].get("score"):
        facts.append(fact(HistoryKind.QUALITY, str(score)))
    if remote.components != row["components"]:
        kept: Json = {"components": remote.components, "parameter_format": remote.parameter_format}
        facts.append(fact(HistoryKind.COMPONENTS, None, None, **kept))
    return facts
