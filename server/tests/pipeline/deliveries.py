"""Webhook bodies as Meta writes them, for tests that need one of a certain kind."""

import itertools
import time
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

WABA_ID = "310277445566100"
_numbers: Iterator[int] = itertools.count(1)


def wamid() -> str:
    return f"wamid.TEST{next(_numbers):08d}=="


def now() -> int:
    return int(time.time())


def delivery(*values: Json, field: str = "messages") -> Json:
    changes = [{"field": field, "value": value} for value in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": WABA_ID, "changes": changes}]}


def value(phone_number_id: str, **arrays: Any) -> Json:
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "551130000100", "phone_number_id": phone_number_id},
        **arrays,
    }


def text(wa_id: str, body: str, *, id_: str | None = None, timestamp: int | None = None) -> Json:
    return {
        "from": wa_id,
        "id": id_ or wamid(),
        "timestamp": str(timestamp or now()),
        "type": "text",
        "text": {"body": body},
    }


def contact(wa_id: str, name: str) -> Json:
    return {"wa_id": wa_id, "profile": {"name": name}}


def status(
    id_: str, what: str, *, timestamp: int | None = None, callback: str | None = None, **more: Any
) -> Json:
    given = {"biz_opaque_callback_data": callback, **more}
    return {
        "id": id_,
        "status": what,
        "timestamp": str(timestamp or now()),
        "recipient_id": "5511900000011",
        **{key: what for key, what in given.items() if what is not None},
    }


def message_from(
    phone_number_id: str, wa_id: str, body: str, name: str = "Maria Andrade", **how: Any
) -> Json:
    return delivery(
        value(phone_number_id, contacts=[contact(wa_id, name)], messages=[text(wa_id, body, **how)])
    )
