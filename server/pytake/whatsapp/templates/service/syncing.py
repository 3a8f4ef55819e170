"""Reading a business account's templates, page by page, with nothing open while Meta is asked."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.ports.whatsapp import WhatsAppRefused, WhatsAppUnreachable
from pytake.ports.whatsapp_templates import RemoteTemplate, TemplatePage
from pytake.runtime import Runtime
from pytake.whatsapp import service as whatsapp
from pytake.whatsapp.templates import repository, syncs
from pytake.whatsapp.templates.service.facts import Fact, take, take_remote
from pytake.whatsapp.templates.service.rows import EMPTY, put_components, tell
from pytake.whatsapp.types import HistoryKind, HistorySource, TemplateCategory, TemplateStatus

Json = dict[str, Any]

STALE: Final = timedelta(minutes=5)
"""A sync that has not ended by then died with its process."""

PERIOD: Final = timedelta(hours=6)
_FIRST_PAUSE, _LONGEST_PAUSE = 30.0, 3600.0


async def work_off(runtime: Runtime, organization_id: UUID) -> None:
    """Until no account of the organization is due."""
    while True:
        async with runtime.work(organization_id) as work:
            sync = await syncs.claim(work, STALE)
            if sync is None:
                return
            waba_id = sync["whatsapp_business_account_id"]
            token = await whatsapp.account_token(work, runtime.ports.secrets, waba_id)
            _tell_progress(work, waba_id, 0, is_running=True)
        await _read(runtime, organization_id, sync, token)


async def _read(runtime: Runtime, organization_id: UUID, sync: Json, token: str | None) -> None:
    waba_id, error, again = sync["whatsapp_business_account_id"], None, PERIOD
    listed: list[str] = []
    try:
        if token is None:
            error = "No number of this account has an access token."
        else:
            await _read_pages(runtime, organization_id, sync, token, listed)
    except (WhatsAppRefused, WhatsAppUnreachable) as trouble:
        error, again = _words(trouble), _pause(sync["tries"], trouble)
    async with runtime.work(organization_id) as work:
        if error is None:
            await _mark_missing(work, waba_id, listed, sync["started_at"])
        await syncs.finish(work, waba_id, error, again)
        _tell_progress(work, waba_id, len(listed), is_running=False)


async def _read_pages(
    runtime: Runtime, organization_id: UUID, sync: Json, token: str, listed: list[str]
) -> None:
    waba_id, after = sync["whatsapp_business_account_id"], None
    while True:
        page = await runtime.ports.whatsapp.list_templates(waba_id, token, after=after)
        async with runtime.work(organization_id) as work:
            await _take_page(work, waba_id, page, sync["started_at"])
            listed += [each.id for each in page.items]
            await syncs.count(work, waba_id, len(listed))
            _tell_progress(work, waba_id, len(listed), is_running=True)
        if page.after is None or page.after == after:
            return
        after = page.after


async def _take_page(work: Work, waba_id: str, page: TemplatePage, at: datetime) -> None:
    named = [(each.name, each.language) for each in page.items]
    rows = await repository.lock_named(work, waba_id, [each.id for each in page.items], named)
    by_id = {row["meta_template_id"]: row for row in rows if row["meta_template_id"]}
    by_name = {(row["name"], row["language"]): row for row in rows if row["deleted_at"] is None}
    for remote in page.items:
        row = by_id.get(remote.id) or by_name.get((remote.name, remote.language))
        if row is None:
            await _add(work, waba_id, remote, at)
        elif row["deleted_at"] is None and row["call_state"] is None:
            if await take_remote(work, row, remote, at):
                tell(work, row)
            await repository.save(work, row)


async def _add(work: Work, waba_id: str, remote: RemoteTemplate, at: datetime) -> None:
    """One that was made elsewhere."""
    row: Json = {
        **EMPTY,
        "id": new_id(),
        "whatsapp_number_id": None,
        "whatsapp_business_account_id": waba_id,
        "meta_template_id": remote.id,
        "name": remote.name,
        "language": remote.language,
        "category": _known(remote.category, TemplateCategory),
        "meta_status": _known(remote.status, TemplateStatus) or TemplateStatus.PENDING.value,
        "parameter_format": "POSITIONAL",
        "sync_status": "synced",
        "last_synced_at": work.now,
        "quality_score": remote.quality_score,
        "rejection_reason": None if remote.rejected_reason == "NONE" else remote.rejected_reason,
        "previous_category": _known(remote.previous_category, TemplateCategory),
        "correct_category": _known(remote.correct_category, TemplateCategory),
        "status_told_at": at,
    }
    put_components(row, remote.components, remote.parameter_format)
    if await repository.insert(work, row):
        await repository.add_history(
            work,
            row["id"],
            kind=HistoryKind.FOUND,
            source=HistorySource.SYNC,
            happened_at=at,
            value=remote.status,
            reason=row["rejection_reason"],
        )
        tell(work, row)


def _known(word: str | None, kind: type[TemplateCategory] | type[TemplateStatus]) -> str | None:
    return word if word in kind.__members__ else None


async def _mark_missing(work: Work, waba_id: str, listed: list[str], since: datetime) -> None:
    """They stay, with the moment: campaigns and messages refer to them."""
    for row in await repository.lock_unlisted(work, waba_id, listed, since):
        await take(work, row, Fact(HistoryKind.MISSING, HistorySource.SYNC, since, takes_over=True))
        await repository.save(work, row)
        tell(work, row)


def _words(trouble: WhatsAppRefused | WhatsAppUnreachable) -> str:
    details = trouble.details.get("meta_details")
    return f"{trouble} {details}" if details else str(trouble)


def _pause(tries: int, trouble: WhatsAppRefused | WhatsAppUnreachable) -> timedelta:
    seconds = min(_FIRST_PAUSE * 2 ** max(0, tries - 1), _LONGEST_PAUSE)
    return timedelta(seconds=max(seconds, trouble.details.get("retry_after") or 0.0))


def _tell_progress(work: Work, waba_id: str, fetched: int, *, is_running: bool) -> None:
    work.publish(
        "templates.synced" if not is_running else "templates.syncing",
        {"whatsapp_business_account_id": waba_id, "fetched": fetched},
    )
