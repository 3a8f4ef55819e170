"""Splits a delivery into its items: entry → change → value → item, all three levels, in payload order."""

import json
from collections.abc import Callable, Iterator
from functools import partial
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


Found = tuple[Item, Callable[[], Json]]
"""An item, and how to make a delivery that holds it alone."""


def read(body: bytes) -> list[Item]:
    return [item for item, _ in _find(body)]


def apart(body: bytes) -> list[Callable[[], bytes]]:
    """For each item that `read` gives, in its order: how to write a delivery of its own."""
    return [partial(_written, alone) for _, alone in _find(body)]


def _written(alone: Callable[[], Json]) -> bytes:
    return json.dumps(alone()).encode()


def _find(body: bytes) -> Iterator[Found]:
    try:
        delivery = parse(body)
    except JsonError as error:
        raise UnreadableDelivery(str(error)) from error
    if not isinstance(delivery, dict):
        raise UnreadableDelivery("the delivery is not an object")
    if delivery.get("object") == OBJECT:
        for entry in array_of(delivery.get("entry")):
            yield from _in_entry(entry)


def _in_entry(entry: Any) -> Iterator[Found]:
    if isinstance(entry, dict):
        for change in array_of(entry.get("changes")):
            yield from _in_change(entry, change)
    else:
        alone = {"object": OBJECT, "entry": [entry]}
        yield Broken("an entry is not an object", alone), lambda: alone


def _in_change(entry: Json, change: Any) -> Iterator[Found]:
    alone = partial(_delivery, entry, change)
    value = change.get("value") if isinstance(change, dict) else None
    if not isinstance(change, dict) or not isinstance(value, dict | None):
        yield Broken("a change is not an object", alone()), alone
        return
    field = text_of(change.get("field")) or "messages"
    if field in CHAT_FIELDS:
        yield from _in_value(entry, field, value or {})
    else:
        yield _account_changed(entry, field, value or {}), alone


def _in_value(entry: Json, field: str, value: Json) -> Iterator[Found]:
    """Messages, statuses and errors may stand side by side; none of them excludes another."""
    envelope = Envelope(
        text_of(entry.get("id")),
        text_of(object_of(value.get("metadata")).get("phone_number_id")),
        People(value.get("contacts")),
    )
    for name, reader in READERS.items():
        for raw in array_of(value.get(name)):
            alone = partial(_alone, entry, field, value, name, raw)
            try:
                yield _read_one(reader, envelope, raw), alone
            except ItemError as error:
                yield Broken(f"{name}: {error}", alone()), alone
    if errors := errors_of(value.get("errors")):
        kept = {key: value[key] for key in ("metadata", "errors") if key in value}
        yield (
            SystemErrors(envelope.waba_id, envelope.phone_number_id, errors),
            partial(_delivery, entry, {"field": field, "value": kept}),
        )


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
