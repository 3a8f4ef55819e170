"""How long and how many: Meta's limits on what is sent, refused by name before Meta refuses by number."""

from collections.abc import Callable
from functools import partial

from pytake.ports import whatsapp_fields as fields
from pytake.ports.whatsapp_fields import Json, MessageMalformed
from pytake.ports.whatsapp_interactive import FRAME, OFFERS, check_buttons, check_interactive, check_list

TEXT = 4096
CAPTION = 1024
CONTACTS = 5
NAME = 1024
"""Of somebody in a card; WhatsApp says no limit."""
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

SAMPLE_TYPES = {
    "image": MEDIA_TYPES["image"],
    "video": frozenset({"video/mp4"}),
    "document": frozenset({"application/pdf"}),
}
"""What the sample of a template's header may be."""

LATITUDE = 90
LONGITUDE = 180


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
    fields.at_most("file", MEDIA_BYTES[kind], size)


def check_sample(kind: str, mime_type: str) -> None:
    """Refuse what Meta takes in messages and not as a template's sample. Raises MessageMalformed."""
    if mime_type not in SAMPLE_TYPES[kind]:
        raise MessageMalformed("file", f"is no {kind} that a template's sample can be: {mime_type}")


def _text(content: Json) -> None:
    fields.needed(content, "text", TEXT)


def _captioned(content: Json) -> None:
    fields.a_file(content)
    fields.optional(content, "caption", CAPTION)


def _uncaptioned(content: Json) -> None:
    fields.a_file(content)
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
    for at, card in enumerate(fields.several(content, "contacts", CONTACTS)):
        name = card.get("name")
        fields.needed(name if isinstance(name, dict) else {}, "formatted_name", NAME, f"contacts[{at}].name.")


def _reaction(content: Json) -> None:
    fields.needed(content, "message_id", NAME)


def _template(content: Json) -> None:
    fields.needed(content, "name", TEMPLATE_NAME)
    fields.needed(content, "language", TEMPLATE_NAME)


def _named_template(content: Json) -> None:
    """As it is written: by our id or by Meta's words, with values for its places."""
    if not content.get("template_id"):
        _template(content)
    if not isinstance(content.get("parameters") or {}, dict):
        raise MessageMalformed("parameters", "must be an object")


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
    "button": check_buttons,
    "list": check_list,
    "interactive": check_interactive,
}

_MEDIA = frozenset(fields.MEDIA)

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
    "button": FRAME | {"buttons"},
    "list": FRAME | {"button", "sections"},
    "interactive": FRAME | OFFERS.keys(),
}
"""What the content of each kind may have."""
