"""What a message says: each kind's own object turned into the shape kept in `messages.content`."""

from collections.abc import Callable
from typing import Any, NamedTuple

from pytake.adapters.meta.body import JsonError, parse
from pytake.adapters.meta.lenient import array_of, identifiers_of, kept, number_of, object_of, text_of
from pytake.ports.whatsapp import Json


class Content(NamedTuple):
    stored_type: str
    content: Json
    text: str | None = None
    subtype: str | None = None
    reply_id: str | None = None


class Contents(NamedTuple):
    kind: str
    is_known: bool
    content: Content


def read_contents(message: Json) -> Contents:
    """Never fails: what has no readable object of its kind is kept whole, as unsupported."""
    kind = _kind_of(message)
    reader = READERS.get(kind)
    content = reader(kind, message) if reader else None
    return Contents(kind, reader is not None, content or _unsupported(kind, message))


def _kind_of(message: Json) -> str:
    """The type, wherever it stands; without one, the object that is there names it."""
    return text_of(message.get("type")) or next((kind for kind in READERS if kind in message), "unknown")


def _unsupported(kind: str, message: Json) -> Content:
    return Content("unsupported", {"kind": kind, "raw": message})


def _text(_: str, message: Json) -> Content | None:
    body = message.get("text")
    if not isinstance(body, dict):
        return None
    text = text_of(body.get("body"))
    return Content("text", {"text": text or ""}, text)


def _media(kind: str, message: Json) -> Content | None:
    body = message.get(kind)
    if not isinstance(body, dict):
        return None
    content = kept(body, "mime_type", "sha256", "caption", "filename", "url")
    if media_id := text_of(body.get("id")):
        content["media_id"] = media_id
    content |= {flag: body[flag] for flag in ("voice", "animated") if isinstance(body.get(flag), bool)}
    return Content(kind, content, content.get("caption"))


def _location(_: str, message: Json) -> Content | None:
    body = object_of(message.get("location"))
    latitude, longitude = number_of(body.get("latitude")), number_of(body.get("longitude"))
    if latitude is None or longitude is None:
        return None
    place = kept(body, "name", "address", "url")
    return Content("location", {"latitude": latitude, "longitude": longitude, **place})


def _contacts(_: str, message: Json) -> Content | None:
    cards = [card for card in array_of(message.get("contacts")) if isinstance(card, dict)]
    return Content("contacts", {"contacts": cards}) if cards else None


def _button(_: str, message: Json) -> Content | None:
    """The quick reply of a template. Without a payload of its own, the label is the payload."""
    body = object_of(message.get("button"))
    text = text_of(body.get("text"))
    payload = text_of(body.get("payload")) or text
    if payload is None:
        return None
    return Content("button", {"text": text or payload, "payload": payload}, text, None, payload)


def _reaction(_: str, message: Json) -> Content | None:
    body = object_of(message.get("reaction"))
    target = text_of(body.get("message_id"))
    if target is None:
        return None
    emoji = text_of(body.get("emoji"))
    return Content("reaction", {"message_id": target, "emoji": emoji}, emoji)


def _order(_: str, message: Json) -> Content | None:
    body = message.get("order")
    if not isinstance(body, dict):
        return None
    items = [item for item in array_of(body.get("product_items")) if isinstance(item, dict)]
    content = kept(body, "catalog_id", "text") | {"items": items}
    return Content("order", content, content.get("text"))


def _system(_: str, message: Json) -> Content | None:
    """A number or a user id that changed. The sentence is for people; the ids stand beside it."""
    body = message.get("system")
    if not isinstance(body, dict):
        return None
    text = text_of(body.get("body"))
    wa_id, user_id = identifiers_of(body.get("wa_id") or body.get("new_wa_id"), body.get("user_id"))
    news = {
        "type": text_of(body.get("type")),
        "new_wa_id": wa_id,
        "new_user_id": user_id,
        "new_parent_user_id": text_of(body.get("parent_user_id")),
    }
    return Content("system", {"text": text or "", **{key: new for key, new in news.items() if new}}, text)


def _edit(_: str, message: Json) -> Content | None:
    body = object_of(message.get("edit"))
    original, new = text_of(body.get("original_message_id")), body.get("message")
    if original is None or not isinstance(new, dict):
        return None
    edited = read_contents(new)
    content = {
        "text": edited.content.text or "",
        "type": "edit",
        "original_message_id": original,
        "new_type": edited.kind,
        "new_content": edited.content.content,
    }
    return Content("system", content, edited.content.text)


def _revoke(_: str, message: Json) -> Content | None:
    original = text_of(object_of(message.get("revoke")).get("original_message_id"))
    if original is None:
        return None
    return Content("system", {"text": "", "type": "revoke", "original_message_id": original})


def _request_welcome(kind: str, _: Json) -> Content:
    return Content("system", {"text": "", "type": kind})


def _declared_unsupported(_: str, message: Json) -> Content:
    kind = text_of(object_of(message.get("unsupported")).get("type"))
    return Content("unsupported", {"kind": kind or "unknown", "raw": message})


def _interactive(_: str, message: Json) -> Content | None:
    body = object_of(message.get("interactive"))
    kind = text_of(body.get("type")) or next((name for name in TAPS if name in body), None)
    tap = body.get(kind or "")
    reader = TAPS.get(kind or "")
    content = reader(tap) if reader and isinstance(tap, dict) else None
    if content is None:
        content = Content("unsupported", {"kind": kind or "interactive", "raw": message})
    return content._replace(subtype=kind)


def _choice(tap: Json) -> Content | None:
    choice = kept(tap, "id", "title", "description")
    reply_id, title = choice.get("id"), choice.get("title")
    if reply_id is None and title is None:
        return None
    return Content("interactive", {"text": title or reply_id, "reply": choice}, title, None, reply_id)


def _form(tap: Json) -> Content:
    """A filled-in WhatsApp Flow. The answers are JSON inside a string, and not always JSON."""
    text = text_of(tap.get("body"))
    content = {"text": text or "", "form": _answers(tap.get("response_json")), **kept(tap, "name")}
    return Content("interactive", content, text)


def _answers(response: Any) -> Json | str:
    if isinstance(response, dict):
        return response
    written = text_of(response) or ""
    try:
        answers = parse(written.encode())
    except JsonError:
        return written
    return answers if isinstance(answers, dict) else written


def _call_permission(tap: Json) -> Content:
    return Content("interactive", {"text": "", "call_permission": tap})


TAPS: dict[str, Callable[[Json], Content | None]] = {
    "button_reply": _choice,
    "list_reply": _choice,
    "nfm_reply": _form,
    "call_permission_reply": _call_permission,
}

READERS: dict[str, Callable[[str, Json], Content | None]] = {
    "text": _text,
    "image": _media,
    "video": _media,
    "audio": _media,
    "document": _media,
    "sticker": _media,
    "location": _location,
    "contacts": _contacts,
    "button": _button,
    "interactive": _interactive,
    "reaction": _reaction,
    "order": _order,
    "system": _system,
    "edit": _edit,
    "revoke": _revoke,
    "request_welcome": _request_welcome,
    "unsupported": _declared_unsupported,
    "unknown": _declared_unsupported,
}
"""Every type the protocol is known to have; `unknown` is an older name of `unsupported`."""
