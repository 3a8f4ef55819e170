"""Asking Meta to create, change or delete: claim, call, record, with no transaction open during a call.

A row that was claimed and not recorded stands for a call whose end nobody knows: Meta is then asked what it
has, and only what it does not have is asked for again.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog

from pytake.kit.work import Work
from pytake.ports.whatsapp import Policy, WhatsAppLost, WhatsAppRefused, WhatsAppUnreachable
from pytake.ports.whatsapp_templates import RemoteTemplate
from pytake.runtime import Runtime
from pytake.whatsapp import service as whatsapp
from pytake.whatsapp.templates import repository
from pytake.whatsapp.templates.definition import Definition, to_components
from pytake.whatsapp.templates.service import records
from pytake.whatsapp.templates.service.rows import edited, live
from pytake.whatsapp.types import CallState, TemplateCall

Json = dict[str, Any]

STALE: Final = timedelta(minutes=2)
"""A call is over by then, or its process is."""

MOST_TRIES: Final = 6
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 600.0
_GONE: Final = ((100, 33), (100, 2593002), (803, None))
"""(code, subcode): there is no such template."""

Record = Callable[[Work, Json], Awaitable[None]]
"""Writes the end of a call down, given the row as it is by then."""

log = structlog.get_logger()


async def work_off(runtime: Runtime, organization_id: UUID) -> None:
    """Until nothing is due."""
    while True:
        async with runtime.work(organization_id) as work:
            row = await repository.claim_call(work, STALE)
            token = None
            if row is not None:
                waba_id = row["whatsapp_business_account_id"]
                token = await whatsapp.account_token(work, runtime.ports.secrets, waba_id)
        if row is None:
            return
        record = await _ended(runtime, row, token)
        async with runtime.work(organization_id) as work:
            await _write_down(work, row, record)


async def _ended(runtime: Runtime, row: Json, token: str | None) -> Record:
    if token is None:
        return records.failed("No number of this account has an access token.")
    try:
        if row["was"] == CallState.PENDING:
            return await _call(runtime, row, token)
        return await _look(runtime, row, token)
    except WhatsAppRefused as refused:
        return _refused(row, refused)
    except WhatsAppLost as lost:
        return records.again(CallState.UNKNOWN, pause(row), str(lost))
    except WhatsAppUnreachable as unreachable:
        state = CallState.PENDING if row["was"] == CallState.PENDING else CallState.UNKNOWN
        return records.again(state, pause(row), str(unreachable))


async def _call(runtime: Runtime, row: Json, token: str) -> Record:
    port = runtime.ports.whatsapp
    match row["call"]:
        case TemplateCall.CREATE:
            asked = creation(row)
            created = await port.create_template(row["whatsapp_business_account_id"], token, asked)
            return records.created(row, created, asked)
        case TemplateCall.EDIT:
            changes = edit(row)
            await port.edit_template(row["meta_template_id"], token, changes)
            return records.changed(row, changes)
        case _:
            template_id, name = row["meta_template_id"], row["name"]
            waba_id = row["whatsapp_business_account_id"]
            await port.delete_template(waba_id, token, name=name, template_id=template_id)
            return records.deleted


def creation(row: Json) -> Json:
    definition = edited(row)
    return {
        "name": row["name"],
        "language": row["language"],
        "category": definition.category,
        "parameter_format": definition.parameter_format.value,
        "components": to_components(definition),
    }


def edit(row: Json) -> Json:
    """The category only when it changes: of an approved template Meta refuses even the same one."""
    definition = edited(row)
    category = {"category": definition.category} if definition.category != row["category"] else {}
    return {**category, "components": to_components(definition)}


async def _look(runtime: Runtime, row: Json, token: str) -> Record:
    """What has become of a call that was lost?"""
    if row["call"] == TemplateCall.CREATE:
        found = await _find(runtime, row, token)
        if found is not None:
            return records.found(row, found)
        return records.again(CallState.PENDING, timedelta(), None)
    try:
        remote = await runtime.ports.whatsapp.get_template(row["meta_template_id"], token)
    except WhatsAppRefused as refused:
        if row["call"] == TemplateCall.DELETE and _is_gone(refused):
            return records.deleted
        raise
    if row["call"] == TemplateCall.DELETE:
        is_done = remote.status in {"DELETED", "PENDING_DELETION"}
        return records.deleted if is_done else records.again(CallState.PENDING, timedelta(), None)
    if _has_changes(row, remote):
        return records.found(row, remote)
    return records.again(CallState.PENDING, timedelta(), None)


async def _find(runtime: Runtime, row: Json, token: str) -> RemoteTemplate | None:
    after = None
    while True:
        page = await runtime.ports.whatsapp.list_templates(
            row["whatsapp_business_account_id"], token, after=after, name=row["name"]
        )
        for each in page.items:
            if (each.name, each.language) == (row["name"], row["language"]):
                return each
        after = page.after
        if after is None:
            return None


def _has_changes(row: Json, remote: RemoteTemplate) -> bool:
    """Samples do not count: Meta lists them in its own way."""
    wanted = edited(row)
    shown = live({**row, "components": remote.components})
    return _words(wanted) == _words(shown)


def _words(definition: Definition) -> tuple[Any, ...]:
    return (
        definition.body_text,
        definition.footer_text,
        definition.header_type,
        [(each.type, each.text, each.url, each.phone_number) for each in definition.buttons],
        (definition.offer_text, definition.offer_expires, definition.asks_to_call),
        [_words(card) for card in definition.cards],
    )


def _refused(row: Json, refused: WhatsAppRefused) -> Record:
    if row["call"] == TemplateCall.DELETE and _is_gone(refused):
        return records.deleted
    policy = refused.details.get("meta_policy")
    may_try = policy in {Policy.RETRY, Policy.THROTTLE_NUMBER} and row["call_tries"] < MOST_TRIES
    if may_try or row["was"] != CallState.PENDING:
        asked = timedelta(seconds=refused.details.get("retry_after") or 0.0)
        state = CallState.PENDING if row["was"] == CallState.PENDING else CallState.UNKNOWN
        if row["call_tries"] < MOST_TRIES:
            return records.again(state, max(pause(row), asked), str(refused))
    return records.refused(refused)


def _is_gone(refused: WhatsAppRefused) -> bool:
    code, subcode = refused.details.get("meta_code"), refused.details.get("meta_subcode")
    return (code, subcode) in _GONE or (code, None) in _GONE


def pause(row: Json) -> timedelta:
    return timedelta(seconds=min(_FIRST_PAUSE * 2 ** max(0, row["call_tries"] - 1), _LONGEST_PAUSE))


async def _write_down(work: Work, claimed: Json, record: Record) -> None:
    row = await repository.lock(work, claimed["id"])
    if row is None or row["call_started_at"] != claimed["call_started_at"]:
        log.warning("a template's call ended after somebody else's", template_id=str(claimed["id"]))
        return
    await record(work, row)
