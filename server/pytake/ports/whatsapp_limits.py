"""How long and how many: Meta's limits on what is sent, refused here by name before Meta refuses by number.

Characters are Unicode code points: an emoji with a skin tone counts twice.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from pytake.kit.errors import Invalid

TEXT = 4096
CAPTION = 1024
BODY = 1024
HEADER = 60
FOOTER = 60
BUTTONS = 3
BUTTON_TITLE = 20
BUTTON_ID = 256
LIST_BUTTON = 20
LIST_SECTIONS = 10
LIST_ROWS = 10
SECTION_TITLE = 24
ROW_ID = 200
ROW_TITLE = 24
ROW_DESCRIPTION = 72
URL_BUTTON_TITLE = 20
FORM_BUTTON = 30
CONTACTS = 5
TEMPLATE_NAME = 512

MEDIA_BYTES = {
    "image": 5 * 1024 * 1024,
    "video": 16 * 1024 * 1024,
    "audio": 16 * 1024 * 1024,
    "document": 100 * 1024 * 1024,
    "sticker": 500 * 1024,
}
"""By the kind of message."""
STILL_STICKER_BYTES = 100 * 1024
MEDIA_TYPES = {
    "image": frozenset({"image/jpeg", "image/png"}),
    "video": frozenset({"video/mp4", "video/3gpp"}),
    "audio": frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}),
    "document": frozenset(
        {
            "text/plain",
            "application/pdf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        }
    ),
    "sticker": frozenset({"image/webp"}),
}
"""What a file may be by its own bytes."""

LATITUDE = 90
LONGITUDE = 180

Json = dict[str, Any]


class LimitExceeded(Invalid):
    code = "whatsapp_limit_exceeded"
    message = "{field} has {actual}; WhatsApp takes at most {limit}."

    def __init__(self, field: str, limit: int, actual: int) -> None:
        super().__init__(field=field, limit=limit, actual=actual)


class MessageMalformed(Invalid):
    code = "whatsapp_message_malformed"
    message = "{field} {reason}."

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field=field, reason=reason)


def check_written(kind: str, content: Json) -> None:
    """The same for what somebody writes: what WhatsApp has no place for is refused, not left out.

    Raises LimitExceeded or MessageMalformed; fields are named below `content`.
    """
    if unknown := content.keys() - FIELDS.get(kind, content.keys()):
        raise MessageMalformed(min(unknown), f"does not belong into a message of type {kind}")
    (_named_template if kind == "template" else partial(check_message, kind))(content)


def check_message(kind: str, content: Json) -> None:
    """Refuse a message that WhatsApp would refuse. Raises LimitExceeded or MessageMalformed."""
    check = CHECKS.get(kind)
    if check is None:
        raise MessageMalformed("type", f"{kind} cannot be sent")
    check(content)


def check_file(kind: str, mime_type: str, size: int) -> None:
    """Refuse a file that WhatsApp would refuse. Raises LimitExceeded or MessageMalformed."""
    if mime_type not in MEDIA_TYPES[kind]:
        raise MessageMalformed("file", f"is no {kind} that WhatsApp takes: {mime_type}")
    _at_most("file", MEDIA_BYTES[kind], size)


def _text(content: Json) -> None:
    _needed(content, "text", TEXT)


def _media(content: Json) -> None:
    if sum(bool(content.get(source)) for source in ("media_id", "media_file_id", "link")) != 1:
        raise MessageMalformed("media", "needs one of media_file_id, media_id and link")
    link = content.get("link")
    if link and not str(link).startswith(("http://", "https://")):
        raise MessageMalformed("link", "must begin with http:// or https://")


def _captioned(content: Json) -> None:
    _media(content)
    _optional(content, "caption", CAPTION)


def _uncaptioned(content: Json) -> None:
    _media(content)
    if content.get("caption"):
        raise MessageMalformed("caption", "is not possible here")


def _location(content: Json) -> None:
    for field, limit in (("latitude", LATITUDE), ("longitude", LONGITUDE)):
        degrees = content.get(field)
        if (
            isinstance(degrees, bool)
            or not isinstance(degrees, int | float)
            or not -limit <= degrees <= limit
        ):
            raise MessageMalformed(field, f"must be a number between -{limit} and {limit}")


def _contacts(content: Json) -> None:
    for at, card in enumerate(_several(content, "contacts", CONTACTS)):
        name = card.get("name")
        _needed(name if isinstance(name, dict) else {}, "formatted_name", BODY, f"contacts[{at}].name.")


def _reaction(content: Json) -> None:
    _needed(content, "message_id", BODY)


def _template(content: Json) -> None:
    _needed(content, "name", TEMPLATE_NAME)
    _needed(content, "language", TEMPLATE_NAME)


def _named_template(content: Json) -> None:
    """As it is written: by our id or by Meta's words, with values for its places."""
    if not content.get("template_id"):
        _template(content)
    if not isinstance(content.get("parameters") or {}, dict):
        raise MessageMalformed("parameters", "must be an object")


def _buttons(content: Json) -> None:
    _frame(content)
    buttons = _several(content, "buttons", BUTTONS)
    for at, button in enumerate(buttons):
        _needed(button, "id", BUTTON_ID, f"buttons[{at}].")
        _needed(button, "title", BUTTON_TITLE, f"buttons[{at}].")
    _unlike(buttons, "buttons", "id")
    _unlike(buttons, "buttons", "title")


def _list(content: Json) -> None:
    _frame(content)
    if not isinstance(content.get("header") or "", str):
        raise MessageMalformed("header", "of a list can only be text")
    _needed(content, "button", LIST_BUTTON)
    sections = _several(content, "sections", LIST_SECTIONS)
    rows = [
        row for at, section in enumerate(sections) for row in _rows(section, at, is_only=len(sections) == 1)
    ]
    _at_most("rows", LIST_ROWS, len(rows))
    _unlike(rows, "rows", "id")


def _rows(section: Json, at: int, *, is_only: bool) -> Sequence[Json]:
    path = f"sections[{at}]."
    (_optional if is_only else _needed)(section, "title", SECTION_TITLE, path)
    rows = _several(section, "rows", LIST_ROWS, path)
    for number, row in enumerate(rows):
        inner = f"{path}rows[{number}]."
        _needed(row, "id", ROW_ID, inner)
        _needed(row, "title", ROW_TITLE, inner)
        _optional(row, "description", ROW_DESCRIPTION, inner)
    return rows


def _other_interactive(content: Json) -> None:
    _frame(content)
    if isinstance(button := content.get("url_button"), dict):
        _needed(button, "title", URL_BUTTON_TITLE, "url_button.")
        _needed(button, "url", TEXT, "url_button.")
    elif isinstance(form := content.get("form"), dict):
        _needed(form, "flow_cta", FORM_BUTTON, "form.")
    elif content.get("request") not in ("location", "contact_info"):
        raise MessageMalformed("interactive", "needs url_button, form or request")


def _frame(content: Json) -> None:
    _needed(content, "text", BODY)
    _optional(content, "footer", FOOTER)
    if isinstance(header := content.get("header"), dict):
        _media(header)
    else:
        _optional(content, "header", HEADER)


def _needed(source: Json, field: str, limit: int, path: str = "") -> None:
    text = source.get(field)
    if not isinstance(text, str) or not text.strip():
        raise MessageMalformed(path + field, "must not be empty")
    _at_most(path + field, limit, len(text))


def _optional(source: Json, field: str, limit: int, path: str = "") -> None:
    if source.get(field):
        _needed(source, field, limit, path)


def _several(source: Json, field: str, limit: int, path: str = "") -> list[Json]:
    several = source.get(field)
    if not isinstance(several, list) or not several or not all(isinstance(one, dict) for one in several):
        raise MessageMalformed(path + field, "must not be empty")
    _at_most(path + field, limit, len(several))
    return several


def _unlike(several: Sequence[Json], path: str, field: str) -> None:
    if len({one[field] for one in several}) < len(several):
        raise MessageMalformed(path, f"must not have the same {field} twice")


def _at_most(field: str, limit: int, actual: int) -> None:
    if actual > limit:
        raise LimitExceeded(field, limit, actual)


CHECKS: dict[str, Callable[[Json], None]] = {
    "text": _text,
    "image": _captioned,
    "video": _captioned,
    "document": _captioned,
    "audio": _uncaptioned,
    "sticker": _uncaptioned,
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "template": _template,
    "button": _buttons,
    "list": _list,
    "interactive": _other_interactive,
}

_MEDIA = frozenset({"media_file_id", "media_id", "link"})
_FRAME = frozenset({"text", "header", "footer"})

FIELDS: dict[str, frozenset[str]] = {
    "text": frozenset({"text"}),
    "image": _MEDIA | {"caption"},
    "video": _MEDIA | {"caption"},
    "document": _MEDIA | {"caption", "filename"},
    "audio": _MEDIA | {"voice"},
    "sticker": _MEDIA,
    "location": frozenset({"latitude", "longitude", "name", "address"}),
    "contacts": frozenset({"contacts"}),
    "reaction": frozenset({"message_id", "emoji"}),
    "template": frozenset({"name", "language", "template_id", "parameters"}),
    "button": _FRAME | {"buttons"},
    "list": _FRAME | {"button", "sections"},
    "interactive": _FRAME | {"url_button", "form", "request"},
}
"""What the content of each kind may have."""
