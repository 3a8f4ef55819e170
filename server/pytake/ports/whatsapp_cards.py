"""A carousel's cards: two to ten, each with a picture or film, all with the same buttons; or products."""

from typing import Final

from pytake.ports import whatsapp_fields as fields
from pytake.ports.whatsapp_fields import Json, MessageMalformed
from pytake.ports.whatsapp_products import check_product

LEAST, MOST = 2, 10
TEXT: Final = 160
LINE_BREAKS: Final = 2
BUTTONS: Final = 3
BUTTON_TITLE: Final = 20
BUTTON_ID: Final = 256
ADDRESS: Final = 2000

_HEADERS: Final = frozenset({"image", "video"})
_SOURCES: Final = ("media_id", "link")
_OF_MEDIA: Final = frozenset({"header", "text", "url_button", "buttons"})


def check_cards(content: Json) -> None:
    """Raises LimitExceeded or MessageMalformed."""
    cards = fields.several(content, "cards", MOST)
    if len(cards) < LEAST:
        raise MessageMalformed("cards", f"must be at least {LEAST}")
    for at, card in enumerate(cards):
        _card(card, f"cards[{at}].")
    if any(_likeness(card) != _likeness(cards[0]) for card in cards):
        raise MessageMalformed("cards", "must all have the same kind of content and the same buttons")
    if len({card["product"]["catalog_id"] for card in cards if "product" in card}) > 1:
        raise MessageMalformed("cards", "must all show products of one catalog")


def _card(card: Json, path: str) -> None:
    if "product" in card:
        fields.nothing_but(card, {"product"}, path, "a card of a product")
        check_product(fields.an_object(card, "product", path), f"{path}product.")
        return
    fields.nothing_but(card, _OF_MEDIA, path, "a card")
    _header(fields.an_object(card, "header", path), f"{path}header.")
    fields.optional(card, "text", TEXT, path)
    fields.at_most(f"{path}text.line_breaks", LINE_BREAKS, str(card.get("text") or "").count("\n"))
    if ("url_button" in card) == ("buttons" in card):
        raise MessageMalformed(path.removesuffix("."), "needs either url_button or buttons")
    if "url_button" in card:
        button = fields.an_object(card, "url_button", path)
        fields.needed(button, "title", BUTTON_TITLE, f"{path}url_button.")
        fields.needed(button, "url", ADDRESS, f"{path}url_button.")
        fields.a_link(button, "url", f"{path}url_button.")
    else:
        _replies(card, path)


def _header(header: Json, path: str) -> None:
    """By an address or by Meta's id: our own files are uploaded one to a message."""
    kind = header.get("type")
    if kind not in _HEADERS:
        raise MessageMalformed(f"{path}type", "must be image or video")
    fields.nothing_but(header, {"type", *_SOURCES}, path, "the header of a card: it takes media_id or link")
    fields.a_file(header, path, _SOURCES)


def _replies(card: Json, path: str) -> None:
    buttons = fields.several(card, "buttons", BUTTONS, path)
    for at, button in enumerate(buttons):
        fields.needed(button, "id", BUTTON_ID, f"{path}buttons[{at}].")
        fields.needed(button, "title", BUTTON_TITLE, f"{path}buttons[{at}].")
    fields.unlike(buttons, f"{path}buttons", "id")
    fields.unlike(buttons, f"{path}buttons", "title")


def _likeness(card: Json) -> tuple[str, int]:
    """What every card of a message must have in common."""
    if "product" in card:
        return "product", 0
    return ("url", 1) if "url_button" in card else ("reply", len(card["buttons"]))
