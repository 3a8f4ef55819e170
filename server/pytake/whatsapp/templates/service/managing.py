"""What people do with templates: write, submit, copy, switch off, delete. Meta is asked later, by a job."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from pytake.kit.errors import NotFound, UnknownReference
from pytake.kit.ids import new_id
from pytake.kit.pages import Position, cut
from pytake.kit.work import Work
from pytake.whatsapp.templates import jobs, repository, syncs
from pytake.whatsapp.templates.definition import Definition, to_components
from pytake.whatsapp.templates.errors import (
    CategoryFixed,
    EditLimitReached,
    NothingToSubmit,
    NumberWithoutAccount,
    TemplateBusy,
    TemplateExists,
    TemplateNamed,
    TemplateNotEditable,
)
from pytake.whatsapp.templates.issues import TemplateInvalid
from pytake.whatsapp.templates.rules import issues_of
from pytake.whatsapp.templates.service.rows import EMPTY, edited, live, put_draft, tell
from pytake.whatsapp.templates.stored import dumped, loaded
from pytake.whatsapp.types import CallState, SyncStatus, TemplateCall, TemplateStatus

Json = dict[str, Any]

EDITABLE: Final = frozenset(
    {TemplateStatus.DRAFT, TemplateStatus.APPROVED, TemplateStatus.REJECTED, TemplateStatus.PAUSED}
)
DAY, MONTH = timedelta(hours=24), timedelta(days=30)
IN_A_MONTH: Final = 10

_SWITCHES: Final = ("is_active", "is_enabled_in_flows")


async def page(work: Work, wanted: Mapping[str, Any], cursor: str | None, limit: int) -> Json:
    shown, last = cut(await repository.page(work, wanted, Position.behind(cursor), limit + 1), limit)
    following = str(Position(last["created_at"], last["id"])) if last else None
    return {"items": shown, "next": following}


async def get(work: Work, template_id: UUID) -> Json:
    """Raises NotFound."""
    row = await repository.find(work, template_id)
    if row is None:
        raise NotFound
    return row


async def history(work: Work, template_id: UUID) -> list[Json]:
    """What Meta said, the newest first. Raises NotFound."""
    await get(work, template_id)
    return [dict(row) for row in await repository.history(work, template_id, 200)]


async def create(work: Work, template: Mapping[str, Any]) -> Json:
    """A draft, which may still be wrong. Raises UnknownReference, NumberWithoutAccount, TemplateExists."""
    number_id = template["whatsapp_number_id"]
    definition = loaded(
        template["content"],
        name=template["name"],
        language=template["language"],
        category=template["category"],
    )
    return await _insert(work, number_id, await _account(work, number_id), definition)


async def duplicate(work: Work, template_id: UUID, *, name: str | None, language: str | None) -> Json:
    """Raises NotFound, TemplateExists."""
    source = await get(work, template_id)
    content = edited(source)
    definition = loaded(
        dumped(content),
        name=name or source["name"],
        language=language or source["language"],
        category=content.category,
    )
    waba_id = source["whatsapp_business_account_id"]
    return await _insert(work, source["whatsapp_number_id"], waba_id, definition, template_id)


async def _insert(
    work: Work, number_id: UUID | None, waba_id: str, definition: Definition, source: UUID | None = None
) -> Json:
    row: Json = {
        **EMPTY,
        "id": new_id(),
        "whatsapp_number_id": number_id,
        "whatsapp_business_account_id": waba_id,
        "name": definition.name,
        "language": definition.language,
    }
    put_draft(row, definition)
    if not await repository.insert(work, row):
        raise TemplateExists(name=definition.name, language=definition.language)
    after = {**_told(row), **({"copied_from": source} if source else {})}
    work.audit("template.created", row["id"], after=after)
    tell(work, row)
    return await get(work, row["id"])


async def _account(work: Work, number_id: UUID) -> str:
    waba_id = await syncs.account_of(work, number_id)
    if waba_id:
        return waba_id
    if not await work.fetch(
        "SELECT FROM whatsapp_numbers WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL",
        work.organization_id,
        number_id,
    ):
        raise UnknownReference(field="whatsapp_number_id")
    raise NumberWithoutAccount


async def change(work: Work, template_id: UUID, changes: Mapping[str, Any]) -> Json:
    """Raises NotFound, TemplateBusy, TemplateNotEditable, TemplateNamed, CategoryFixed, TemplateExists."""
    row = await _locked(work, template_id)
    before = _told(row)
    row |= {name: changes[name] for name in _SWITCHES if name in changes}
    if changes.keys() - set(_SWITCHES):
        _edit(row, changes)
    if not await repository.save(work, row):
        raise TemplateExists(name=row["name"], language=row["language"])
    work.audit("template.updated", template_id, before=before, after=_told(row))
    tell(work, row)
    return await get(work, template_id)


def _edit(row: Json, changes: Mapping[str, Any]) -> None:
    _refuse_while_busy(row)
    if row["meta_status"] not in EDITABLE:
        raise TemplateNotEditable(status=row["meta_status"])
    is_new = row["meta_template_id"] is None
    if not is_new and any(changes.get(key, row[key]) != row[key] for key in ("name", "language")):
        raise TemplateNamed
    now = edited(row)
    category = changes.get("category", now.category)
    if row["meta_status"] == TemplateStatus.APPROVED and category != row["category"]:
        raise CategoryFixed
    row |= {key: changes[key] for key in ("name", "language") if key in changes}
    content = changes.get("content") or dumped(now)
    definition = loaded(content, name=row["name"], language=row["language"], category=category)
    if not is_new and definition == live(row):
        row["draft"] = None
    else:
        put_draft(row, definition)
    row["refusal"] = row["sync_error"] = None


async def discard(work: Work, template_id: UUID) -> Json:
    """Forget what was changed since Meta took it last. Raises NotFound, TemplateBusy, NothingToSubmit."""
    row = await _locked(work, template_id)
    _refuse_while_busy(row)
    if row["meta_template_id"] is None or row["draft"] is None:
        raise NothingToSubmit
    before = _told(row)
    row["draft"] = row["refusal"] = row["sync_error"] = None
    row["sync_status"] = SyncStatus.SYNCED.value
    await repository.save(work, row)
    work.audit("template.changes_discarded", template_id, before=before, after=_told(row))
    tell(work, row)
    return await get(work, template_id)


async def submit(work: Work, template_id: UUID) -> Json:
    """Have Meta asked. Raises NotFound, TemplateBusy, TemplateNotEditable, NothingToSubmit, TemplateInvalid,
    EditLimitReached.
    """
    row = await _locked(work, template_id)
    _refuse_while_busy(row)
    if row["draft"] is None:
        raise NothingToSubmit
    if row["meta_status"] not in EDITABLE:
        raise TemplateNotEditable(status=row["meta_status"])
    if issues := issues_of(edited(row)):
        raise TemplateInvalid(issues)
    is_new = row["meta_template_id"] is None
    if not is_new and row["meta_status"] == TemplateStatus.APPROVED:
        await _check_edits(work, template_id)
    _ask_meta(work, row, TemplateCall.CREATE if is_new else TemplateCall.EDIT)
    await repository.save(work, row)
    work.audit(
        "template.submitted",
        template_id,
        after={"name": row["name"], "language": row["language"], "components": to_components(edited(row))},
    )
    tell(work, row)
    return await get(work, template_id)


async def _check_edits(work: Work, template_id: UUID) -> None:
    edits = await repository.edits_since(work, template_id, work.now - MONTH)
    possible_at: datetime | None = None
    if edits and edits[-1] > work.now - DAY:
        possible_at = edits[-1] + DAY
    if len(edits) >= IN_A_MONTH:
        possible_at = max(edits[-IN_A_MONTH] + MONTH, possible_at or work.now)
    if possible_at is not None:
        raise EditLimitReached(possible_at=possible_at.isoformat(timespec="minutes"))


async def delete(work: Work, template_id: UUID, *, all_languages: bool) -> None:
    """What Meta has is deleted there first. Raises NotFound, TemplateBusy, TemplateNotEditable."""
    row = await _locked(work, template_id)
    chosen = [row]
    if all_languages:
        chosen = await repository.siblings(work, row)
    for each in chosen:
        _refuse_while_busy(each)
        if each["meta_status"] == TemplateStatus.DISABLED:
            raise TemplateNotEditable(status=each["meta_status"])
        if each["meta_template_id"] is None or each["missing_since"] is not None:
            each["deleted_at"] = work.now
        else:
            _ask_meta(work, each, TemplateCall.DELETE)
        await repository.save(work, each)
        tell(work, each)
    work.audit(
        "template.deleted",
        template_id,
        before=_told(row),
        metadata={"languages": [each["language"] for each in chosen]},
    )


async def sync(work: Work, number_id: UUID | None) -> list[Json]:
    """Have a number's account read now, or all of them. Raises UnknownReference, NumberWithoutAccount."""
    if number_id is not None:
        wanted = [await _account(work, number_id)]
        await syncs.watch(work, wanted[0], timedelta())
    else:
        wanted = [row["whatsapp_business_account_id"] for row in await syncs.every(work)]
    for waba_id in wanted:
        await syncs.want(work, waba_id, timedelta())
    work.audit("template.sync_asked", after={"whatsapp_business_account_ids": wanted})
    work.enqueue(jobs.keep_in_step(work.organization_id))
    return await syncing(work)


async def syncing(work: Work) -> list[Json]:
    """Where the reading of each account stands."""
    return [dict(row) for row in await syncs.every(work)]


def _ask_meta(work: Work, row: Json, call: TemplateCall) -> None:
    row |= {
        "call": call.value,
        "call_state": CallState.PENDING.value,
        "call_not_before": work.now,
        "call_tries": 0,
        "refusal": None,
        "sync_status": SyncStatus.PENDING.value,
        "sync_error": None,
    }
    work.enqueue(jobs.keep_in_step(work.organization_id))


def _refuse_while_busy(row: Json) -> None:
    if row["call_state"] is not None:
        raise TemplateBusy


async def _locked(work: Work, template_id: UUID) -> Json:
    row = await repository.lock(work, template_id)
    if row is None:
        raise NotFound
    return row


def _told(row: Json) -> Json:
    """What the audit trail shows of a template."""
    return {
        "name": row["name"],
        "language": row["language"],
        "category": edited(row).category,
        "meta_status": row["meta_status"],
        **{name: row[name] for name in _SWITCHES},
        "content": dumped(edited(row)),
    }
