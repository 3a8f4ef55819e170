"""Splits a delivery into its items: entry → change → value → item, all three levels, in payload order."""

from collections.abc import Callable, Iterator
from typing import Any

from pytake.adapters.meta.body import JsonError, parse
from pytake.adapters.meta.items import (
    Envelope,
    ItemError,
    read_echo,
    read_message,
    read_preference,
    read_status,
    read_user_id_update,
)
from pytake.adapters.meta.lenient import array_of, errors_of, object_of, text_of, timestamp_of
from pytake.adapters.meta.people import People
from pytake.ports.whatsapp import AccountChanged, Broken, Item, Json, SystemErrors, UnreadableDelivery

OBJECT = "whatsapp_business_account"

CHAT_FIELDS = {"messages", "smb_message_echoes", "user_preferences", "user_id_update"}

READERS: dict[str, Callable[[Envelope, Json], Item]] = {
    "messages": read_message,
    "message_echoes": read_echo,
    "statuses": read_status,
    "user_preferences": read_preference,
    "user_id_update": read_user_id_update,
}


def read(body: bytes) -> list[Item]:
    try:
        delivery = parse(body)
    except JsonError as error:
        raise UnreadableDelivery(str(error)) from error
    if not isinstance(delivery, dict):
        raise UnreadableDelivery("the delivery is not an object")
    if delivery.get("object") != OBJECT:
        return []
    return [item for entry in array_of(delivery.get("entry")) for item in _in_entry(entry)]


def _in_entry(entry: Any) -> Iterator[Item]:
    if not isinstance(entry, dict):
        yield Broken("an entry is not an object", {"object": OBJECT, "entry": [entry]})
        return
    for change in array_of(entry.get("changes")):
        yield from _in_change(entry, change)


def _in_change(entry: Json, change: Any) -> Iterator[Item]:
    value = change.get("value") if isinstance(change, dict) else None
    if not isinstance(change, dict) or not isinstance(value, dict | None):
        yield Broken("a change is not an object", _delivery(entry, change))
        return
    field = text_of(change.get("field")) or "messages"
    if field in CHAT_FIELDS:
        yield from _in_value(entry, field, value or {})
    else:
        yield _account_changed(entry, field, value or {})


def _in_value(entry: Json, field: str, value: Json) -> Iterator[Item]:
    """Messages, statuses and errors may stand side by side; none of them excludes another."""
    envelope = Envelope(
        text_of(entry.get("id")),
        text_of(object_of(value.get("metadata")).get("phone_number_id")),
        People(value.get("contacts")),
    )
    for name, reader in READERS.items():
        for raw in array_of(value.get(name)):
            try:
                yield _read_one(reader, envelope, raw)
            except ItemError as error:
                yield Broken(f"{name}: {error}", _alone(entry, field, value, name, raw))
    if errors := errors_of(value.get("errors")):
        yield SystemErrors(envelope.waba_id, envelope.phone_number_id, errors)


def _read_one(reader: Callable[[Envelope, Json], Item], envelope: Envelope, raw: Any) -> Item:
    if not isinstance(raw, dict):
        raise ItemError("it is not an object")
    try:
        return reader(envelope, raw)
    except ItemError:
        raise
    except Exception as error:  # a shape nobody foresaw costs its own item, not the thousand beside it
        raise ItemError(f"unforeseen {type(error).__name__}: {error}") from error


def _account_changed(entry: Json, field: str, value: Json) -> AccountChanged:
    """News to a partner carry the customer's account inside; the entry's id is the partner's own."""
    customer = text_of(object_of(value.get("waba_info")).get("waba_id"))
    waba_id = customer or text_of(entry.get("id"))
    return AccountChanged(waba_id, field, timestamp_of(entry.get("time")) or None, value)


def _alone(entry: Json, field: str, value: Json, name: str, raw: Any) -> Json:
    """A delivery with this item alone, and of the senders only its own."""
    around = {key: value[key] for key in ("messaging_product", "metadata") if key in value}
    ids = [object_of(raw).get(key) for key in ("from", "from_user_id", "to", "to_user_id")]
    senders = [contact for contact in array_of(value.get("contacts")) if _is_one_of(contact, ids)]
    alone = {**around, **({"contacts": senders} if senders else {}), name: [raw]}
    return _delivery(entry, {"field": field, "value": alone})


def _is_one_of(contact: Any, ids: list[Any]) -> bool:
    return isinstance(contact, dict) and any(
        contact.get(key) is not None and contact.get(key) in ids for key in ("wa_id", "user_id")
    )


def _delivery(entry: Json, change: Any) -> Json:
    around = {key: entry[key] for key in ("id", "time") if key in entry}
    return {"object": OBJECT, "entry": [{**around, "changes": [change]}]}
