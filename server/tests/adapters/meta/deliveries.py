"""Deliveries for tests: one value, one message, as short as they can be."""

import json
from typing import Any

from pytake.adapters.meta.webhook import read
from pytake.ports.whatsapp import Broken, Item, MessageArrived, StatusChanged

METADATA = {"display_phone_number": "551130000100", "phone_number_id": "455900112233441"}
MARIA = {"profile": {"name": "Maria Andrade"}, "wa_id": "5511900000011", "user_id": "BR.70216655483901277421"}


def delivery(*values: Any, field: str = "messages") -> dict[str, Any]:
    changes = [{"field": field, "value": value} for value in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": "310277445566100", "changes": changes}]}


def value(**parts: Any) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "metadata": METADATA, **parts}


def message(**parts: Any) -> dict[str, Any]:
    text = {
        "from": "5511900000011",
        "id": "wamid.A",
        "timestamp": "1793491210",
        "type": "text",
        "text": {"body": "Oi"},
    }
    return text | parts


def status(**parts: Any) -> dict[str, Any]:
    sent = {"id": "wamid.B", "status": "sent", "timestamp": "1793491300", "recipient_id": "5511900000011"}
    return sent | parts


def read_value(**parts: Any) -> list[Item]:
    return read(json.dumps(delivery(value(**parts))).encode())


def read_message(**parts: Any) -> MessageArrived:
    (item,) = read_value(contacts=[MARIA], messages=[message(**parts)])
    assert isinstance(item, MessageArrived)
    return item


def read_status(**parts: Any) -> StatusChanged:
    (item,) = read_value(statuses=[status(**parts)])
    assert isinstance(item, StatusChanged)
    return item


def the_broken(items: list[Item]) -> Broken:
    (broken,) = [item for item in items if isinstance(item, Broken)]
    return broken
