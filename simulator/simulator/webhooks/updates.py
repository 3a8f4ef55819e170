"""One thing an app is told, and how several of them share an envelope."""

from dataclasses import dataclass
from typing import Any

from simulator.accounts import Number

Json = dict[str, Any]

_LISTS = ("messages", "statuses")


@dataclass(slots=True)
class Update:
    waba_id: str
    field: str
    value: Json
    summary: Json
    """What the log says of it: {"message": wamid} or {"status": …, "id": wamid}."""
    number_id: str = ""
    person: tuple[str, ...] = ()
    kind: str = "message"
    """message, status or account: what a fault can choose by."""
    time: int | None = None
    """`entry.time`; account updates have it."""


def metadata(number: Number) -> Json:
    return {"display_phone_number": number.digits, "phone_number_id": number.phone_number_id}


def number_value(number: Number, contacts: list[Json] | None, key: str, item: Json) -> Json:
    """The `value` of the field `messages` with a single message or status in it."""
    value: Json = {"messaging_product": "whatsapp", "metadata": metadata(number)}
    if contacts:
        value["contacts"] = contacts
    value[key] = [item]
    return value


def envelope(updates: list[Update]) -> Json:
    """One delivery: an entry per account, a change per update, lists of one number joined."""
    entries: dict[tuple[str, int | None], Json] = {}
    for update in updates:
        key = (update.waba_id, update.time)
        entry = entries.get(key)
        if entry is None:
            entry = entries[key] = {"id": update.waba_id, "changes": []}
            if update.time is not None:
                entry["time"] = update.time
        _add_change(entry["changes"], update)
    return {"object": "whatsapp_business_account", "entry": list(entries.values())}


def _add_change(changes: list[Json], update: Update) -> None:
    joined = _joinable(changes, update)
    if joined is None:
        changes.append({"value": {**update.value}, "field": update.field})
        return
    for key, items in update.value.items():
        if key in _LISTS:
            joined[key] = [*joined[key], *items]
        elif key == "contacts":
            joined[key] = [*joined.get(key, ()), *(each for each in items if each not in joined.get(key, ()))]


def _joinable(changes: list[Json], update: Update) -> Json | None:
    """The last change, if it holds the same kind of list of the same number."""
    if not changes or changes[-1]["field"] != update.field or update.field != "messages":
        return None
    value: Json = changes[-1]["value"]
    same_number = value.get("metadata") == update.value.get("metadata")
    same_lists = [key in value for key in _LISTS] == [key in update.value for key in _LISTS]
    same_keys = value.keys() <= {"messaging_product", "metadata", "contacts", *_LISTS}
    return value if same_number and same_lists and same_keys else None
