"""Webhooks about templates: each applied once, and nothing older over something newer."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pytake.kit.work import Work
from pytake.ports.whatsapp import AccountChanged
from pytake.whatsapp.templates import jobs, repository, syncs
from pytake.whatsapp.templates.languages import normal
from pytake.whatsapp.templates.service.facts import Fact, take
from pytake.whatsapp.templates.service.rows import tell
from pytake.whatsapp.types import HistoryKind, HistorySource

Json = dict[str, Any]

SOON: Final = timedelta(seconds=5)
"""After news the account is read: for what the webhook does not say, and for news that came in no order."""

_LATEST: Final = 253_402_300_799
_OF_BUTTONS: Final = {
    "message_template_button_type": "type",
    "message_template_button_text": "text",
    "message_template_button_url": "url",
    "message_template_button_phone_number": "phone_number",
}


async def apply(work: Work, items: Sequence[AccountChanged]) -> None:
    """Every template is locked before any is changed, in the order of their ids."""
    by_account: dict[str, list[AccountChanged]] = defaultdict(list)
    for item in items:
        if item.field in _READERS and item.waba_id:
            by_account[item.waba_id].append(item)
    for waba_id, told in sorted(by_account.items()):
        if await syncs.want(work, waba_id, SOON):
            await _apply_to_account(work, waba_id, told)
            work.enqueue(jobs.keep_in_step(work.organization_id))


async def _apply_to_account(work: Work, waba_id: str, told: Sequence[AccountChanged]) -> None:
    rows = await repository.lock_named(
        work, waba_id, [_id(item.value) for item in told], [_name(item.value) for item in told]
    )
    by_id = {row["meta_template_id"]: row for row in rows if row["meta_template_id"]}
    by_name = {(row["name"], row["language"]): row for row in rows if row["deleted_at"] is None}
    changed = []
    for item in told:
        row = by_id.get(_id(item.value)) or by_name.get(_name(item.value))
        if row is not None and await _apply_item(work, row, item):
            changed.append(row)
    for row in {row["id"]: row for row in changed}.values():
        await repository.save(work, row)
        tell(work, row)


async def _apply_item(work: Work, row: Json, item: AccountChanged) -> bool:
    at = datetime.fromtimestamp(item.timestamp, UTC) if item.timestamp else work.now
    fact = _READERS[item.field](row, item, at)
    return fact is not None and await take(work, row, fact)


def _id(value: Json) -> str:
    return str(value.get("message_template_id") or "")


def _name(value: Json) -> tuple[str, str]:
    language = value.get("message_template_language")
    return str(value.get("message_template_name") or ""), normal(str(language or ""))


# --- one reader for each field --------------------------------------------------------------------------


def _status(_row: Json, item: AccountChanged, at: datetime) -> Fact | None:
    value = item.value
    event = _word(value.get("event"))
    if event is None:
        return None
    details = {
        key: value[key]
        for key in ("reason", "rejection_info", "other_info", "disable_info")
        if value.get(key) not in (None, "NONE")
    }
    return Fact(
        HistoryKind.STATUS, HistorySource.WEBHOOK, at, event, _reason(value), details, item.dedupe_key
    )


def _reason(value: Json) -> str | None:
    """Meta's own words, as many as it gives: the code, what is wrong, what to do, or why it rests."""
    parts = [None if value.get("reason") == "NONE" else value.get("reason")]
    for name, keys in (("rejection_info", ("reason", "recommendation")), ("other_info", ("description",))):
        said = value.get(name)
        parts += [said.get(key) for key in keys] if isinstance(said, dict) else []
    words = [part.strip() for part in parts if isinstance(part, str) and part.strip()]
    return ": ".join([words[0], " ".join(words[1:])]) if len(words) > 1 else next(iter(words), None)


def _category(_row: Json, item: AccountChanged, at: datetime) -> Fact | None:
    """In the impending form `new_category` is the present one."""
    value = item.value
    if coming := _word(value.get("correct_category")):
        seconds = value.get("category_update_timestamp")
        details = {"changes_at": _moment(seconds), "from": _word(value.get("new_category"))}
        kind = HistoryKind.CATEGORY_IMPENDING
        return Fact(kind, HistorySource.WEBHOOK, at, coming, None, details, item.dedupe_key)
    if category := _word(value.get("new_category")):
        details = {"from": _word(value.get("previous_category"))}
        kind = HistoryKind.CATEGORY
        return Fact(kind, HistorySource.WEBHOOK, at, category, None, details, item.dedupe_key)
    return None


def _moment(seconds: Any) -> str | None:
    try:
        whole = int(seconds)
    except (TypeError, ValueError):
        return None
    return datetime.fromtimestamp(whole, UTC).isoformat() if 0 < whole < _LATEST else None


def _quality(_row: Json, item: AccountChanged, at: datetime) -> Fact | None:
    score = _word(item.value.get("new_quality_score"))
    if score is None:
        return None
    details = {"from": _word(item.value.get("previous_quality_score"))}
    return Fact(HistoryKind.QUALITY, HistorySource.WEBHOOK, at, score, None, details, item.dedupe_key)


def _components(row: Json, item: AccountChanged, at: datetime) -> Fact | None:
    """The texts that came, put into the components that are known; what did not come stays."""
    value = item.value
    texts = {
        "HEADER": _word(value.get("message_template_title")),
        "BODY": _word(value.get("message_template_element")),
        "FOOTER": _word(value.get("message_template_footer")),
    }
    components = [_with_text(each, texts) for each in row["components"]]
    known = {str(each.get("type", "")).upper() for each in components}
    components += [
        {"type": kind, "text": text}
        for kind, text in texts.items()
        if text and kind not in known | {"HEADER"}
    ]
    if buttons := _buttons(value.get("message_template_buttons")):
        components = [each for each in components if str(each.get("type", "")).upper() != "BUTTONS"]
        components.append({"type": "BUTTONS", "buttons": buttons})
    details = {"components": components}
    return Fact(HistoryKind.COMPONENTS, HistorySource.WEBHOOK, at, None, None, details, item.dedupe_key)


def _with_text(component: Json, texts: Mapping[str, str | None]) -> Json:
    text = texts.get(str(component.get("type", "")).upper())
    return {**component, "text": text} if text and "text" in component else component


def _buttons(value: Any) -> list[Json]:
    if not isinstance(value, list):
        return []
    return [
        {ours: each[theirs] for theirs, ours in _OF_BUTTONS.items() if each.get(theirs)}
        for each in value
        if isinstance(each, dict)
    ]


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


_READERS: Final[Mapping[str, Callable[[Json, AccountChanged, datetime], Fact | None]]] = {
    "message_template_status_update": _status,
    "template_category_update": _category,
    "message_template_quality_update": _quality,
    "message_template_components_update": _components,
}
