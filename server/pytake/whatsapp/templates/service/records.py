"""How a call to Meta about a template ended, written down."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from pytake.kit.work import Work
from pytake.ports.whatsapp import WhatsAppRefused
from pytake.ports.whatsapp_templates import CreatedTemplate, RemoteTemplate
from pytake.whatsapp.templates import jobs, repository, syncs
from pytake.whatsapp.templates.service.facts import Fact, take, take_remote
from pytake.whatsapp.templates.service.news import SOON
from pytake.whatsapp.templates.service.rows import put_components, tell
from pytake.whatsapp.types import CallState, HistoryKind, HistorySource, SyncStatus, TemplateStatus

Json = dict[str, Any]
Record = Callable[[Work, Json], Awaitable[None]]


def created(claimed: Json, answer: CreatedTemplate, asked: Json) -> Record:
    async def record(work: Work, row: Json) -> None:
        """A webhook may have told of the decision before the answer was read."""
        row["meta_template_id"] = answer.id
        put_components(row, asked["components"], asked["parameter_format"])
        await _note(work, row, HistoryKind.SUBMITTED, claimed)
        await _status(work, row, claimed, answer.status or TemplateStatus.PENDING.value)
        if answer.category and answer.category != row["category"]:
            fact = _said(HistoryKind.CATEGORY, claimed, answer.category, {"from": asked["category"]})
            await take(work, row, fact)
        await _done(work, row)

    return record


def changed(claimed: Json, changes: Json) -> Record:
    async def record(work: Work, row: Json) -> None:
        put_components(row, changes["components"], row["draft"]["parameter_format"])
        await _note(work, row, HistoryKind.EDITED, claimed, value=claimed["meta_status"])
        if category := changes.get("category"):
            await take(work, row, _said(HistoryKind.CATEGORY, claimed, category, {"from": row["category"]}))
        await _status(work, row, claimed, TemplateStatus.PENDING.value)
        await _done(work, row)

    return record


def found(claimed: Json, remote: RemoteTemplate) -> Record:
    """The call was lost, and Meta had done what it asked."""

    async def record(work: Work, row: Json) -> None:
        kind = HistoryKind.SUBMITTED if row["meta_template_id"] is None else HistoryKind.EDITED
        await _note(work, row, kind, claimed, value=claimed["meta_status"])
        await take_remote(work, row, remote, work.now, takes_over=True)
        await _done(work, row)

    return record


async def deleted(work: Work, row: Json) -> None:
    row["deleted_at"] = work.now
    at = row["call_started_at"]
    status = Fact(HistoryKind.STATUS, HistorySource.ANSWER, at, TemplateStatus.DELETED.value, takes_over=True)
    await take(work, row, status)
    await _done(work, row)


def refused(reason: WhatsAppRefused) -> Record:
    async def record(work: Work, row: Json) -> None:
        details = reason.details
        said = {
            "title": details.get("title"),
            "message": details.get("meta_details"),
            "code": details.get("meta_code"),
            "subcode": details.get("meta_subcode"),
        }
        words = _sentence(said)
        row["refusal"] = {**said, "call": row["call"]}
        at = row["call_started_at"]
        await repository.add_history(
            work,
            row["id"],
            kind=HistoryKind.REFUSED,
            source=HistorySource.ANSWER,
            happened_at=at,
            value=row["call"],
            reason=words,
            details=said,
        )
        await _failed(work, row, words)

    return record


def failed(words: str) -> Record:
    async def record(work: Work, row: Json) -> None:
        row["refusal"] = {"title": words, "message": None, "code": None, "subcode": None, "call": row["call"]}
        await _failed(work, row, words)

    return record


def again(state: CallState, pause: timedelta, words: str | None) -> Record:
    async def record(work: Work, row: Json) -> None:
        row["call_state"], row["call_not_before"] = state.value, work.now + pause
        row["sync_error"] = words
        await repository.save(work, row)
        if not pause:
            work.enqueue(jobs.keep_in_step(work.organization_id))
        tell(work, row)

    return record


def _sentence(said: Json) -> str:
    """The title says it already, now and then."""
    title, message = said["title"] or "", said["message"] or ""
    return message if message.startswith(title) else f"{title}: {message}" if message else title


async def _failed(work: Work, row: Json, words: str) -> None:
    row |= {"call": None, "call_state": None, "sync_status": SyncStatus.ERROR.value, "sync_error": words}
    await repository.save(work, row)
    tell(work, row)


async def _note(work: Work, row: Json, kind: HistoryKind, claimed: Json, *, value: str | None = None) -> None:
    await repository.add_history(
        work,
        row["id"],
        kind=kind,
        source=HistorySource.ANSWER,
        happened_at=claimed["call_started_at"],
        value=value,
    )


async def _status(work: Work, row: Json, claimed: Json, status: str) -> None:
    """Unless a webhook told a later one while the call was under way."""
    if row["status_told_at"] == claimed["status_told_at"]:
        fact = Fact(
            HistoryKind.STATUS, HistorySource.ANSWER, claimed["call_started_at"], status, takes_over=True
        )
        await take(work, row, fact)
        row["status_told_at"] = claimed["call_started_at"].replace(microsecond=0)  # Meta counts in seconds


def _said(kind: HistoryKind, claimed: Json, value: str, details: Json) -> Fact:
    at = claimed["call_started_at"]
    return Fact(kind, HistorySource.ANSWER, at, value, None, details, takes_over=True)


async def _done(work: Work, row: Json) -> None:
    row |= {
        "draft": None,
        "call": None,
        "call_state": None,
        "refusal": None,
        "sync_status": SyncStatus.SYNCED.value,
        "sync_error": None,
        "last_synced_at": work.now,
    }
    await repository.save(work, row)
    await syncs.want(work, row["whatsapp_business_account_id"], SOON)
    tell(work, row)
