"""A letter as the Graph API wants it: `POST /{phone_number_id}/messages`."""

import re
from collections.abc import Callable
from typing import Any

from pytake.adapters.meta.interactive import buttons, header_of, media_of, menu, offer
from pytake.ports.whatsapp import Json, Letter, Person

_URL = re.compile(r"https?://\S", re.IGNORECASE)


class LetterError(Exception):
    """The letter can never be posted: nobody to send it to, or content that is not of its type's shape."""


def request_body(letter: Letter) -> Json:
    """Raises LetterError. Lengths are checked where texts are written, by `ports.whatsapp_limits`."""
    builder = BUILDERS.get(letter.type)
    if builder is None:
        raise LetterError(f"a message of type {letter.type} cannot be sent")
    try:
        kind, body = builder(letter.content)
    except (KeyError, TypeError, AttributeError) as error:
        raise LetterError(f"the content of a {letter.type} is malformed: {error!r}") from error
    quoted = {"context": {"message_id": letter.reply_to}} if letter.reply_to and kind != "reaction" else {}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_addressee(letter.to),
        **quoted,
        "biz_opaque_callback_data": letter.message_id,
        "type": kind,
        kind: body,
    }


def _addressee(person: Person) -> Json:
    """By phone when it is known. Without the plus, Meta puts the business's own country code in front."""
    if person.wa_id:
        return {"to": "+" + person.wa_id.removeprefix("+")}
    if person.user_id:
        return {"recipient": person.user_id}
    raise LetterError("the person has neither a phone nor a user id")


def _text(content: Json) -> tuple[str, Any]:
    preview = {"preview_url": True} if _URL.search(content["text"]) else {}
    return "text", {**preview, "body": content["text"]}


def _media_of(kind: str) -> Callable[[Json], tuple[str, Any]]:
    return lambda content: (kind, media_of(content))


def _location(content: Json) -> tuple[str, Any]:
    place = {key: content[key] for key in ("name", "address") if content.get(key)}
    return "location", {"latitude": content["latitude"], "longitude": content["longitude"], **place}


def _contacts(content: Json) -> tuple[str, Any]:
    return "contacts", content["contacts"]


def _reaction(content: Json) -> tuple[str, Any]:
    return "reaction", {"message_id": content["message_id"], "emoji": content.get("emoji") or ""}


def _template(content: Json) -> tuple[str, Any]:
    """Components go as they are; a template without variables must have none at all."""
    header = content.get("header")
    above = [{"type": "header", "parameters": [header_of(header)]}] if header else []
    components = [*above, *(content.get("components") or ())]
    return "template", {
        "name": content["name"],
        "language": {"code": content["language"]},
        **({"components": components} if components else {}),
    }


BUILDERS: dict[str, Callable[[Json], tuple[str, Any]]] = {
    "text": _text,
    **{kind: _media_of(kind) for kind in ("image", "video", "audio", "document", "sticker")},
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "template": _template,
    "button": buttons,
    "list": menu,
    "interactive": offer,
}
