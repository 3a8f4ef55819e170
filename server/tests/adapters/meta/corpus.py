"""The payload corpus, and PyTake's items said in its neutral words."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pytake.ports.whatsapp import (
    AccountChanged,
    Item,
    Json,
    MessageArrived,
    PreferenceChanged,
    StatusChanged,
    SystemErrors,
    UserIdChanged,
)

PAYLOADS = Path(__file__).parents[2] / "payloads"

REFERRAL = ("source_type", "source_id", "source_url", "headline", "body", "media_type", "ctwa_clid")
MEDIA = {"image", "video", "audio", "document", "sticker"}
ORDER_ITEM = ("product_retailer_id", "quantity", "item_price", "currency")
ACCOUNT_PARTS = (
    "event",
    "message_template_id",
    "message_template_name",
    "message_template_language",
    "reason",
    "new_category",
    "previous_category",
    "correct_category",
    "new_quality_score",
    "previous_quality_score",
    "display_phone_number",
    "max_daily_conversations_per_business",
    "current_limit",
    "old_limit",
    "decision",
)


def index(folder: str) -> Json:
    read: Json = json.loads((PAYLOADS / folder / "index.json").read_text())
    return read


def body(folder: str, name: str) -> bytes:
    return (PAYLOADS / folder / name).read_bytes()


def neutral(items: list[Item]) -> list[Json]:
    return [event for item in items for event in _events(item)]


def _events(item: Item) -> Iterator[Json]:
    match item:
        case MessageArrived():
            yield _echo(item) if item.echo else _message(item)
        case StatusChanged():
            yield _status(item)
        case PreferenceChanged():
            yield {
                "kind": "user_preference",
                **_where(item),
                "wa_id": item.person.wa_id,
                "user_id": item.person.user_id,
                "category": item.category,
                "value": item.value,
                "timestamp": item.timestamp,
            }
        case UserIdChanged():
            yield {
                "kind": "user_id_update",
                **_where(item),
                "wa_id": item.wa_id,
                "previous": item.previous,
                "current": item.current,
                "timestamp": item.timestamp,
            }
        case AccountChanged():
            yield _account(item)
        case SystemErrors():
            for error in item.errors:
                yield {"kind": "error", **_where(item), **error}
        case _:
            yield {"kind": "broken", "reason": item.reason}


def _where(item: Any) -> Json:
    return {"waba_id": item.waba_id, "phone_number_id": item.phone_number_id}


def _message(item: MessageArrived) -> Json:
    person = item.person
    extra = {
        "username": person.username,
        "from_parent_user_id": person.parent_user_id,
        "identity_key_hash": person.identity_key_hash,
    }
    return {
        "kind": "message",
        **_where(item),
        "wamid": item.wamid,
        "from": person.wa_id,
        "from_user_id": person.user_id,
        "profile_name": person.profile_name,
        **_said(item),
        **_there(extra),
    }


def _echo(item: MessageArrived) -> Json:
    return {
        "kind": "echo",
        **_where(item),
        "wamid": item.wamid,
        "from": item.business_number,
        "to": item.person.wa_id,
        "to_user_id": item.person.user_id,
        **_said(item),
    }


def _said(item: MessageArrived) -> Json:
    extra = {
        "group_id": item.group_id,
        "subtype": item.subtype,
        "context": item.context,
        "referral": item.referral and {key: item.referral[key] for key in REFERRAL if key in item.referral},
        "errors": list(item.errors),
    }
    return {
        "timestamp": item.timestamp,
        "type": item.type,
        "known_type": item.known_type,
        "text": item.text,
        **_there(extra),
        **_body(item),
    }


def _there(parts: Json) -> Json:
    return {key: part for key, part in parts.items() if part}


def _body(item: MessageArrived) -> Json:
    kind = "media" if item.type in MEDIA else item.type
    said = BODIES.get(kind)
    return said(item.content) if said else {}


def _interactive(content: Json) -> Json:
    if "reply" in content:
        return {"reply": content["reply"]}
    is_object = isinstance(content["form"], dict)
    response = content["form"] if is_object else None
    return {"flow": {"name": content["name"], "response": response, "response_valid": is_object}}


def _order(content: Json) -> Json:
    items = [{key: line[key] for key in ORDER_ITEM} for line in content["items"]]
    return {"order": {"catalog_id": content["catalog_id"], "items": items}}


def _edit(content: Json) -> Json:
    return {"edit": {key: content[key] for key in ("original_message_id", "new_type")}}


BODIES: dict[str, Callable[[Json], Json]] = {
    "media": lambda content: {
        "media": {("id" if key == "media_id" else key): part for key, part in content.items()}
    },
    "location": lambda content: {"location": {"name": None, "address": None, "url": None, **content}},
    "contacts": lambda content: {"shared_contacts": [_card(card) for card in content["contacts"]]},
    "button": lambda content: {"reply": {"id": content["payload"], "title": content["text"]}},
    "interactive": _interactive,
    "reaction": lambda content: {"reaction": {**content, "removed": content["emoji"] is None}},
    "order": _order,
    "system": lambda content: {
        "system": {key: content.get(key) for key in ("type", "new_wa_id", "new_user_id")}
    },
    "unsupported": lambda content: {"unsupported_type": content["kind"]},
    "edit": _edit,
    "revoke": lambda content: {"revoke": {"original_message_id": content["original_message_id"]}},
}


def _card(card: Json) -> Json:
    phones = [{"phone": phone.get("phone"), "wa_id": phone.get("wa_id")} for phone in card.get("phones", [])]
    said = {"name": card.get("name", {}).get("formatted_name"), "phones": phones}
    return said | ({"origin": card["origin"]} if "origin" in card else {})


def _status(item: StatusChanged) -> Json:
    group = {
        "recipient_id": item.group_id,
        "recipient_user_id": None,
        "recipient_type": "group",
        "recipient_participant_id": item.recipient.wa_id,
        "recipient_participant_user_id": item.recipient.user_id,
    }
    person = {"recipient_id": item.recipient.wa_id, "recipient_user_id": item.recipient.user_id}
    extra = {
        "biz_opaque_callback_data": item.callback_data,
        "pricing": item.pricing,
        "conversation": item.conversation,
        "errors": list(item.errors),
    }
    return {
        "kind": "status",
        **_where(item),
        "wamid": item.wamid,
        "status": item.status,
        "timestamp": item.timestamp,
        **(group if item.group_id else person),
        **_there(extra),
    }


def _account(item: AccountChanged) -> Json:
    alert = item.value.get("alert_info", {}).get("alert_type")
    parts = {key: item.value[key] for key in ACCOUNT_PARTS if item.value.get(key) is not None}
    return {
        "kind": "account",
        "waba_id": item.waba_id,
        "field": item.field,
        **parts,
        **_there({"alert_type": alert}),
    }
