"""Messages with something to tap, as the Graph API wants them."""

from collections.abc import Callable
from typing import Any

from pytake.ports.whatsapp import Json

_FORM_VERSION = "3"


def buttons(content: Json) -> tuple[str, Any]:
    replies = [
        {"type": "reply", "reply": {"id": button["id"], "title": button["title"]}}
        for button in content["buttons"]
    ]
    return _interactive("button", content, {"buttons": replies})


def menu(content: Json) -> tuple[str, Any]:
    sections = [_section(section) for section in content["sections"]]
    return _interactive("list", content, {"button": content["button"], "sections": sections})


def _section(section: Json) -> Json:
    title = {"title": section["title"]} if section.get("title") else {}
    return {**title, "rows": [_row(row) for row in section["rows"]]}


def _row(row: Json) -> Json:
    description = {"description": row["description"]} if row.get("description") else {}
    return {"id": row["id"], "title": row["title"], **description}


def offer(content: Json) -> tuple[str, Any]:
    """One tap that is neither buttons nor a list, told by the key that is there."""
    for key, (name, write) in _OFFERS.items():
        if content.get(key) is not None:
            return _interactive(name, content, write(content[key]))
    name, action = _REQUESTS[content["request"]]
    return _interactive(name, content, {"name": action})


def _link(button: Json) -> Json:
    return {"name": "cta_url", "parameters": {"display_text": button["title"], "url": button["url"]}}


def _form(form: Json) -> Json:
    return {"name": "flow", "parameters": {"flow_message_version": _FORM_VERSION, **form}}


def _call(button: Json) -> Json:
    title = {"display_text": button["title"]} if button.get("title") else {}
    more = {key: button[key] for key in ("ttl_minutes", "payload") if button.get(key)}
    return {"name": "voice_call", **({"parameters": {**title, **more}} if title or more else {})}


def _address(address: Json) -> Json:
    known = ("country", "values", "saved_addresses", "validation_errors")
    return {
        "name": "address_message",
        "parameters": {key: address[key] for key in known if address.get(key)},
    }


def _product(product: Json) -> Json:
    return {key: product[key] for key in ("catalog_id", "product_retailer_id")}


def _products(products: Json) -> Json:
    sections = [_shelf(section) for section in products["sections"]]
    return {"catalog_id": products["catalog_id"], "sections": sections}


def _shelf(section: Json) -> Json:
    title = {"title": section["title"]} if section.get("title") else {}
    items = [{"product_retailer_id": item["product_retailer_id"]} for item in section["product_items"]]
    return {**title, "product_items": items}


def _catalog(catalog: Json) -> Json:
    shown = catalog.get("thumbnail_product_retailer_id")
    parameters = {"parameters": {"thumbnail_product_retailer_id": shown}} if shown else {}
    return {"name": "catalog_message", **parameters}


def _cards(cards: list[Json]) -> Json:
    return {"cards": [{"card_index": at, **_card(card)} for at, card in enumerate(cards)]}


def _card(card: Json) -> Json:
    """A card of pictures is always called `cta_url`, whatever its buttons are."""
    if "product" in card:
        return {"type": "product", "action": _product(card["product"])}
    body = {"body": {"text": card["text"]}} if card.get("text") else {}
    action = _link(card["url_button"]) if "url_button" in card else _replies(card["buttons"])
    return {"type": "cta_url", "header": header_of(card["header"]), **body, "action": action}


def _replies(those: list[Json]) -> Json:
    return {
        "buttons": [
            {"type": "quick_reply", "quick_reply": {"id": button["id"], "title": button["title"]}}
            for button in those
        ]
    }


_OFFERS: dict[str, tuple[str, Callable[[Any], Json]]] = {
    "url_button": ("cta_url", _link),
    "form": ("flow", _form),
    "call_button": ("voice_call", _call),
    "address": ("address_message", _address),
    "product": ("product", _product),
    "product_list": ("product_list", _products),
    "catalog": ("catalog_message", _catalog),
    "cards": ("carousel", _cards),
}
"""By the key of the content: Meta's name, and how its action is written."""

_REQUESTS = {
    "location": ("location_request_message", "send_location"),
    "contact_info": ("request_contact_info", "request_contact_info"),
    "call_permission": ("call_permission_request", "call_permission_request"),
}

_WORDLESS = frozenset({"product"})
"""What may go without words beside it."""


def _interactive(kind: str, content: Json, action: Json) -> tuple[str, Any]:
    header = {"header": header_of(content["header"])} if content.get("header") else {}
    is_silent = kind in _WORDLESS and not content.get("text")
    body = {} if is_silent else {"body": {"text": content["text"]}}
    footer = {"footer": {"text": content["footer"]}} if content.get("footer") else {}
    return "interactive", {"type": kind, **header, **body, **footer, "action": action}


def header_of(header: Any) -> Json:
    """A line of text, or media: `{"type": "image", "media_id" | "link"}`."""
    if isinstance(header, str):
        return {"type": "text", "text": header}
    return {"type": header["type"], header["type"]: media_of(header)}


def media_of(content: Json) -> Json:
    source = {"id": content["media_id"]} if content.get("media_id") else {"link": content["link"]}
    extra = {key: content[key] for key in ("caption", "filename") if content.get(key)}
    return {**source, **extra, **({"voice": True} if content.get("voice") else {})}
