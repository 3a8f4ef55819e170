"""The form of a template: which values a send needs, in which place, of which kind and length."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final

from pytake.kit.frozen import frozen
from pytake.whatsapp.templates.button_rules import COUPON, URL
from pytake.whatsapp.templates.definition import MEDIA, Button, Definition
from pytake.whatsapp.templates.rules import BODY, HEADER
from pytake.whatsapp.templates.variables import MARK
from pytake.whatsapp.types import ButtonType, HeaderType

PAYLOAD: Final = 128
CODE: Final = 15


class FieldKind(StrEnum):
    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"
    LOCATION = "location"
    PAYLOAD = "payload"
    URL_SUFFIX = "url_suffix"
    COUPON = "coupon"
    FLOW = "flow"
    ACTION = "action"


@frozen
class Field:
    key: str
    """Where the value stands: `header`, `header.1`, `body.first_name`, `buttons.0`."""
    kind: FieldKind
    label: str
    """The variable's name, or the button's words."""
    example: str = ""
    is_required: bool = True
    limit: int | None = None

    def dumped(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "kind": self.kind.value,
            "label": self.label,
            "example": self.example,
            "is_required": self.is_required,
            "limit": self.limit,
        }


def form_of(definition: Definition) -> tuple[Field, ...]:
    return (*_header(definition), *_body(definition), *_buttons(definition))


def _header(definition: Definition) -> Iterator[Field]:
    if definition.header_type in MEDIA:
        yield Field("header", FieldKind(str(definition.header_type).lower()), "")
    elif definition.header_type == HeaderType.LOCATION:
        yield Field("header", FieldKind.LOCATION, "")
    for name in definition.header_names:
        yield _text("header", name, definition.example_of("header", name), HEADER)


def _body(definition: Definition) -> Iterator[Field]:
    """Of an authentication template the code is the only value, whether or not Meta told the words yet."""
    limit = CODE if definition.is_authentication else BODY
    names = definition.body_names or (("1",) if definition.is_authentication else ())
    for name in names:
        yield _text("body", name, definition.example_of("body", name), limit)


def _text(place: str, name: str, example: str, limit: int) -> Field:
    return Field(f"{place}.{name}", FieldKind.TEXT, name, example, limit=limit)


def _buttons(definition: Definition) -> Iterator[Field]:
    for at, button in enumerate(definition.buttons):
        if field := _button(definition, f"buttons.{at}", button):
            yield field


def _button(definition: Definition, key: str, button: Button) -> Field | None:
    match button.type:
        case ButtonType.QUICK_REPLY:
            return Field(key, FieldKind.PAYLOAD, button.text, is_required=False, limit=PAYLOAD)
        case ButtonType.URL if not definition.is_authentication and MARK.search(button.url or ""):
            beginning = MARK.split(button.url or "")[0]
            example = (button.example or "").removeprefix(beginning)
            return Field(key, FieldKind.URL_SUFFIX, button.text, example, limit=URL - len(beginning))
        case ButtonType.COPY_CODE:
            return Field(key, FieldKind.COUPON, button.text, button.example or "", limit=COUPON)
        case ButtonType.FLOW:
            return Field(key, FieldKind.FLOW, button.text, is_required=False)
        case ButtonType.MPM | ButtonType.SPM | ButtonType.CATALOG:
            is_required = button.type != ButtonType.CATALOG
            return Field(key, FieldKind.ACTION, button.text, is_required=is_required)
        case _:
            return None
