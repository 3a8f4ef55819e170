"""A letter as the Graph API wants it: `POST /{phone_number_id}/messages`."""

import re
from collections.abc import Callable
from typing import Any

from pytake.ports.whatsapp import Json, Letter, Person

_URL = re.compile(r"https?://\S", re.IGNORECASE)

_FORM_VERSION = "3"


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
    return lambda content: (kind, _media(content))


def _media(content: Json) -> Json:
    source = {"id": content["media_id"]} if content.get("media_id") else {"link": content["link"]}
    extra = {key: content[key] for key in ("caption", "filename") if content.get(key)}
    return {**source, **extra, **({"voice": True} if content.get("voice") else {})}


def _location(content: Json) -> tuple[str, Any]:
    place = {key: content[key] for key in ("name", "address") if content.get(key)}
    return "location", {"latitude": content["latitude"], "longitude": content["longitude"], **place}


def _contacts(content: Json) -> tuple[str, Any]:
    return "contacts", content["contacts"]


def _reaction(content: Json) -> tuple[str, Any]:
    return "reaction", {"message_id": content["message_id"], "emoji": content.get("emoji") or ""}


def _template(content: Json) -> tuple[str, Any]:
    """Components go as they are; a template without variables must have none at all."""
    components = {"components": content["components"]} if content.get("components") else {}
    return "template", {"name": content["name"], "language": {"code": content["language"]}, **components}


def _buttons(content: Json) -> tuple[str, Any]:
    buttons = [
        {"type": "reply", "reply": {"id": button["id"], "title": button["title"]}}
        for button in content["buttons"]
    ]
    return _interactive("button", content, {"buttons": buttons})


def _list(content: Json) -> tuple[str, Any]:
    sections = [_section(section) for section in content["sections"]]
    return _interactive("list", content, {"button": content["button"], "sections": sections})


def _section(section: Json) -> Json:
    title = {"title": section["title"]} if section.get("title") else {}
    return {**title, "rows": [_row(row) for row in section["rows"]]}


def _row(row: Json) -> Json:
    description = {"description": row["description"]} if row.get("description") else {}
    return {"id": row["id"], "title": row["title"], **description}


def _other_interactive(content: Json) -> tuple[str, Any]:
    """One tap that is neither buttons nor a list, told by the key that is there."""
    if button := content.get("url_button"):
        parameters = {"display_text": button["title"], "url": button["url"]}
        return _interactive("cta_url", content, {"name": "cta_url", "parameters": parameters})
    if form := content.get("form"):
        parameters = {"flow_message_version": _FORM_VERSION, **form}
        return _interactive("flow", content, {"name": "flow", "parameters": parameters})
    kind, action = _REQUESTS[content["request"]]
    return _interactive(kind, content, {"name": action})


_REQUESTS = {
    "location": ("location_request_message", "send_location"),
    "contact_info": ("request_contact_info", "request_contact_info"),
}


def _interactive(kind: str, content: Json, action: Json) -> tuple[str, Any]:
    header = {"header": _header(content["header"])} if content.get("header") else {}
    footer = {"footer": {"text": content["footer"]}} if content.get("footer") else {}
    return "interactive", {
        "type": kind,
        **header,
        "body": {"text": content["text"]},
        **footer,
        "action": action,
    }


def _header(header: Any) -> Json:
    """A line of text, or media: `{"type": "image", "media_id" | "link"}`."""
    if isinstance(header, str):
        return {"type": "text", "text": header}
    return {"type": header["type"], header["type"]: _media(header)}


BUILDERS: dict[str, Callable[[Json], tuple[str, Any]]] = {
    "text": _text,
    **{kind: _media_of(kind) for kind in ("image", "video", "audio", "document", "sticker")},
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "template": _template,
    "button": _buttons,
    "list": _list,
    "interactive": _other_interactive,
}
