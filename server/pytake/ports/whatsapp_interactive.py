"""Buttons, lists, and what is done with one tap: each kind's limits."""

from collections.abc import Callable, Sequence
from typing import Final

from pytake.ports import whatsapp_fields as fields
from pytake.ports.whatsapp_cards import check_cards
from pytake.ports.whatsapp_fields import MEDIA, Json, MessageMalformed
from pytake.ports.whatsapp_products import check_catalog, check_product, check_products, check_text_header

BODY: Final = 1024
HEADER: Final = 60
FOOTER: Final = 60
BUTTONS: Final = 3
BUTTON_TITLE: Final = 20
BUTTON_ID: Final = 256
LIST_BUTTON: Final = 20
LIST_SECTIONS: Final = 10
LIST_ROWS: Final = 10
SECTION_TITLE: Final = 24
ROW_ID: Final = 200
ROW_TITLE: Final = 24
ROW_DESCRIPTION: Final = 72
URL_BUTTON_TITLE: Final = 20
URL: Final = 4096
FORM_BUTTON: Final = 30
CALL_BUTTON_TITLE: Final = 20
CALL_PAYLOAD: Final = 512
CALL_MINUTES: Final = 43_200
HEADERS: Final = frozenset({"image", "video", "document"})
"""Files that can stand above words."""
REQUESTS: Final = ("location", "contact_info", "call_permission")
ADDRESS_COUNTRIES: Final = frozenset({"IN", "SG"})
"""Where WhatsApp has a form for addresses."""

FRAME: Final = frozenset({"text", "header", "footer"})


def check_buttons(content: Json) -> None:
    _frame(content)
    buttons = fields.several(content, "buttons", BUTTONS)
    for at, button in enumerate(buttons):
        fields.needed(button, "id", BUTTON_ID, f"buttons[{at}].")
        fields.needed(button, "title", BUTTON_TITLE, f"buttons[{at}].")
    fields.unlike(buttons, "buttons", "id")
    fields.unlike(buttons, "buttons", "title")


def check_list(content: Json) -> None:
    _frame(content)
    if not isinstance(content.get("header") or "", str):
        raise MessageMalformed("header", "of a list can only be text")
    fields.needed(content, "button", LIST_BUTTON)
    sections = fields.several(content, "sections", LIST_SECTIONS)
    rows = [
        row for at, section in enumerate(sections) for row in _rows(section, at, is_only=len(sections) == 1)
    ]
    fields.at_most("rows", LIST_ROWS, len(rows))
    fields.unlike(rows, "rows", "id")


def _rows(section: Json, at: int, *, is_only: bool) -> Sequence[Json]:
    path = f"sections[{at}]."
    (fields.optional if is_only else fields.needed)(section, "title", SECTION_TITLE, path)
    rows = fields.several(section, "rows", LIST_ROWS, path)
    for number, row in enumerate(rows):
        inner = f"{path}rows[{number}]."
        fields.needed(row, "id", ROW_ID, inner)
        fields.needed(row, "title", ROW_TITLE, inner)
        fields.optional(row, "description", ROW_DESCRIPTION, inner)
    return rows


def check_interactive(content: Json) -> None:
    """One tap that is neither buttons nor a list, told by the key that is there."""
    found = [key for key in OFFERS if content.get(key) is not None]
    if len(found) != 1:
        raise MessageMalformed("interactive", f"needs one of {', '.join(OFFERS)}")
    OFFERS[found[0]](content)


def _url_button(content: Json) -> None:
    _frame(content)
    button = fields.an_object(content, "url_button")
    fields.needed(button, "title", URL_BUTTON_TITLE, "url_button.")
    fields.needed(button, "url", URL, "url_button.")


def _form(content: Json) -> None:
    _frame(content)
    fields.needed(fields.an_object(content, "form"), "flow_cta", FORM_BUTTON, "form.")


def _request(content: Json) -> None:
    if content["request"] not in REQUESTS:
        raise MessageMalformed("request", f"must be one of {', '.join(REQUESTS)}")
    _frame(content)
    if content["request"] == "call_permission":
        _without(content, "header", "footer")


def _call_button(content: Json) -> None:
    _frame(content)
    button = fields.an_object(content, "call_button")
    fields.nothing_but(button, {"title", "ttl_minutes", "payload"}, "call_button.", "a button that calls")
    fields.optional(button, "title", CALL_BUTTON_TITLE, "call_button.")
    fields.optional(button, "payload", CALL_PAYLOAD, "call_button.")
    fields.between(button, "ttl_minutes", 1, CALL_MINUTES, "call_button.")


def _address(content: Json) -> None:
    _frame(content)
    address = fields.an_object(content, "address")
    known = {"country", "values", "saved_addresses", "validation_errors"}
    fields.nothing_but(address, known, "address.", "the question for an address")
    if address.get("country") not in ADDRESS_COUNTRIES:
        raise MessageMalformed("address.country", f"must be one of {', '.join(sorted(ADDRESS_COUNTRIES))}")


def _product(content: Json) -> None:
    """The product speaks for itself: words beside it may be left out."""
    _without(content, "header")
    fields.optional(content, "text", BODY)
    fields.optional(content, "footer", FOOTER)
    check_product(fields.an_object(content, "product"))


def _product_list(content: Json) -> None:
    check_text_header(content, HEADER)
    _frame(content)
    check_products(fields.an_object(content, "product_list"))


def _catalog(content: Json) -> None:
    _without(content, "header")
    _frame(content)
    check_catalog(fields.an_object(content, "catalog"))


def _cards(content: Json) -> None:
    _without(content, "header", "footer")
    fields.needed(content, "text", BODY)
    check_cards(content)


def _without(content: Json, *names: str) -> None:
    for name in names:
        if content.get(name):
            raise MessageMalformed(name, "is not possible here")


def _frame(content: Json) -> None:
    fields.needed(content, "text", BODY)
    fields.optional(content, "footer", FOOTER)
    if isinstance(header := content.get("header"), dict):
        _header(header)
    else:
        fields.optional(content, "header", HEADER)


def _header(header: Json) -> None:
    kind = header.get("type")
    if kind not in HEADERS:
        raise MessageMalformed("header.type", f"must be one of {', '.join(sorted(HEADERS))}")
    named = {"filename"} if kind == "document" else set()
    fields.nothing_but(header, {*MEDIA, "type"} | named, "header.", f"a header of type {kind}")
    fields.a_file(header)


OFFERS: Final[dict[str, Callable[[Json], None]]] = {
    "url_button": _url_button,
    "form": _form,
    "request": _request,
    "call_button": _call_button,
    "address": _address,
    "product": _product,
    "product_list": _product_list,
    "catalog": _catalog,
    "cards": _cards,
}
"""What one message can offer, by the key of its content."""
