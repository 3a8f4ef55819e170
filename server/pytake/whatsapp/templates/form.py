"""The form of a template: which values a send needs, in which place, of which kind and length."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final

from pytake.kit.frozen import frozen
from pytake.whatsapp.templates.button_rules import COUPON, URL
from pytake.whatsapp.templates.card_rules import CARD_TEXT
from pytake.whatsapp.templates.definition import MEDIA, Button, Definition
from pytake.whatsapp.templates.rules import BODY, HEADER
from pytake.whatsapp.templates.variables import MARK
from pytake.whatsapp.types import ButtonType, HeaderType

PAYLOAD: Final = 128
CODE: Final = 15
OFFER: Final = "limited_time_offer"


class FieldKind(StrEnum):
    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"
    LOCATION = "location"
    PRODUCT = "product"
    MOMENT = "moment"
    """With its time zone: `2026-12-24T18:00:00-03:00`."""
    PAYLOAD = "payload"
    URL_SUFFIX = "url_suffix"
    COUPON = "coupon"
    FLOW = "flow"
    ACTION = "action"
    """The product that a whole catalog shows."""
    PRODUCTS = "products"
    """Of the catalog, in sections."""
    CALL = "call"
    """How long a button calls, and what is told when it did."""


@frozen
class Field:
    key: str
    """Where the value stands: `header`, `header.1`, `body.first_name`, `buttons.0`, `cards.2.body.1`."""
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
    return (
        *_header(definition),
        *_offer(definition),
        *_body(definition, BODY),
        *_buttons(definition),
        *(field for at, card in enumerate(definition.cards) for field in _card(at, card)),
    )


def card_key(at: int) -> str:
    """What the keys of a card begin with."""
    return f"cards.{at}."


def _card(at: int, card: Definition) -> Iterator[Field]:
    for field in (*_header(card), *_body(card, CARD_TEXT), *_buttons(card)):
        yield replace(field, key=card_key(at) + field.key)


def _header(definition: Definition) -> Iterator[Field]:
    if definition.header_type in MEDIA:
        yield Field("header", FieldKind(str(definition.header_type).lower()), "")
    elif definition.header_type == HeaderType.LOCATION:
        yield Field("header", FieldKind.LOCATION, "")
    elif definition.header_type == HeaderType.PRODUCT:
        yield Field("header", FieldKind.PRODUCT, "")
    for name in definition.header_names:
        yield _text("header", name, definition.example_of("header", name), HEADER)


def _offer(definition: Definition) -> Iterator[Field]:
    if definition.offer_text and definition.offer_expires:
        yield Field(OFFER, FieldKind.MOMENT, definition.offer_text)


def _body(definition: Definition, most: int) -> Iterator[Field]:
    """Of an authentication template the code is the only value, whether or not Meta told the words yet."""
    limit = CODE if definition.is_authentication else most
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
    if button.type == ButtonType.URL and not definition.is_authentication and MARK.search(button.url or ""):
        beginning = MARK.split(button.url or "")[0]
        example = (button.example or "").removeprefix(beginning)
        return Field(key, FieldKind.URL_SUFFIX, button.text, example, limit=URL - len(beginning))
    kind = _OF_BUTTONS.get(button.type)
    if kind is None:
        return None
    example = button.example or "" if kind == FieldKind.COUPON else ""
    return Field(key, kind, button.text, example, is_required=kind in _REQUIRED, limit=_LIMITS.get(kind))


_OF_BUTTONS: Final[Mapping[str, FieldKind]] = {
    ButtonType.QUICK_REPLY: FieldKind.PAYLOAD,
    ButtonType.COPY_CODE: FieldKind.COUPON,
    ButtonType.FLOW: FieldKind.FLOW,
    ButtonType.MPM: FieldKind.PRODUCTS,
    ButtonType.CATALOG: FieldKind.ACTION,
    ButtonType.VOICE_CALL: FieldKind.CALL,
}
_REQUIRED: Final = frozenset({FieldKind.COUPON, FieldKind.PRODUCTS})
_LIMITS: Final[Mapping[FieldKind, int]] = {FieldKind.PAYLOAD: PAYLOAD, FieldKind.COUPON: COUPON}
