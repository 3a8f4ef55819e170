"""Cards, products, calls and addresses: written as Meta wants them, within its limits; and the answers."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from pytake.adapters.meta.contents import read_contents
from pytake.adapters.meta.payloads import request_body
from pytake.ports.whatsapp import Letter, Person
from pytake.ports.whatsapp_fields import LimitExceeded, MessageMalformed
from pytake.ports.whatsapp_limits import check_message, check_written

Json = dict[str, Any]

PHOTO = {"type": "image", "link": "https://example.com/bolo.jpg"}
PRODUCT = {"catalog_id": "190000000000123", "product_retailer_id": "PAO-1"}
LINK = {"title": "Comprar", "url": "https://example.com/bolo"}


def card(**parts: Any) -> Json:
    return {"header": PHOTO, "text": "Bolo de cenoura", "url_button": LINK} | parts


def replying(*titles: str, **parts: Any) -> Json:
    buttons = [{"id": f"id-{title}", "title": title} for title in titles]
    return {"header": PHOTO, "text": "Bolo de cenoura", "buttons": buttons} | parts


def cards(count: int = 2, one: Json | None = None, **more: Any) -> Json:
    return {"text": "Os de hoje", "cards": [one or card()] * count, **more}


def shelf(count: int = 1, **parts: Any) -> Json:
    items = [{"product_retailer_id": f"PAO-{number}"} for number in range(count)]
    return {"title": "Pães", "product_items": items} | parts


def shelves(*sections: Json, **parts: Any) -> Json:
    products = {"catalog_id": PRODUCT["catalog_id"], "sections": list(sections or (shelf(),))}
    return {"text": "Veja", "header": "Padaria", "product_list": products} | parts


IMAGE = {"type": "image", "image": {"link": "https://example.com/bolo.jpg"}}
WRITTEN: dict[str, tuple[Json, Json]] = {
    "cards with a link": (
        cards(2, card(text=None)),
        {
            "type": "carousel",
            "body": {"text": "Os de hoje"},
            "action": {
                "cards": [
                    {
                        "card_index": at,
                        "type": "cta_url",
                        "header": IMAGE,
                        "action": {
                            "name": "cta_url",
                            "parameters": {"display_text": "Comprar", "url": "https://example.com/bolo"},
                        },
                    }
                    for at in range(2)
                ]
            },
        },
    ),
    "cards with replies": (
        cards(2, replying("Quero", "Ver mais", header={"type": "video", "media_id": "77"})),
        {
            "type": "carousel",
            "body": {"text": "Os de hoje"},
            "action": {
                "cards": [
                    {
                        "card_index": at,
                        "type": "cta_url",
                        "header": {"type": "video", "video": {"id": "77"}},
                        "body": {"text": "Bolo de cenoura"},
                        "action": {
                            "buttons": [
                                {
                                    "type": "quick_reply",
                                    "quick_reply": {"id": "id-Quero", "title": "Quero"},
                                },
                                {
                                    "type": "quick_reply",
                                    "quick_reply": {"id": "id-Ver mais", "title": "Ver mais"},
                                },
                            ]
                        },
                    }
                    for at in range(2)
                ]
            },
        },
    ),
    "cards of products": (
        cards(2, {"product": PRODUCT}),
        {
            "type": "carousel",
            "body": {"text": "Os de hoje"},
            "action": {
                "cards": [{"card_index": at, "type": "product", "action": PRODUCT} for at in range(2)]
            },
        },
    ),
    "a product": (
        {"product": PRODUCT},
        {"type": "product", "action": PRODUCT},
    ),
    "a product with words": (
        {"text": "Este?", "footer": "Padaria", "product": PRODUCT},
        {"type": "product", "body": {"text": "Este?"}, "footer": {"text": "Padaria"}, "action": PRODUCT},
    ),
    "products": (
        shelves(shelf(2)),
        {
            "type": "product_list",
            "header": {"type": "text", "text": "Padaria"},
            "body": {"text": "Veja"},
            "action": {"catalog_id": PRODUCT["catalog_id"], "sections": [shelf(2)]},
        },
    ),
    "the catalog": (
        {"text": "Tudo", "catalog": {}},
        {"type": "catalog_message", "body": {"text": "Tudo"}, "action": {"name": "catalog_message"}},
    ),
    "the catalog with a picture": (
        {"text": "Tudo", "catalog": {"thumbnail_product_retailer_id": "PAO-1"}},
        {
            "type": "catalog_message",
            "body": {"text": "Tudo"},
            "action": {
                "name": "catalog_message",
                "parameters": {"thumbnail_product_retailer_id": "PAO-1"},
            },
        },
    ),
    "a call": (
        {"text": "Ligue", "call_button": {}},
        {"type": "voice_call", "body": {"text": "Ligue"}, "action": {"name": "voice_call"}},
    ),
    "a call with its words": (
        {"text": "Ligue", "call_button": {"title": "Ligar", "ttl_minutes": 100, "payload": "pedido-9"}},
        {
            "type": "voice_call",
            "body": {"text": "Ligue"},
            "action": {
                "name": "voice_call",
                "parameters": {"display_text": "Ligar", "ttl_minutes": 100, "payload": "pedido-9"},
            },
        },
    ),
    "may we call": (
        {"text": "Podemos ligar?", "request": "call_permission"},
        {
            "type": "call_permission_request",
            "body": {"text": "Podemos ligar?"},
            "action": {"name": "call_permission_request"},
        },
    ),
    "an address": (
        {"text": "Onde?", "address": {"country": "IN", "values": {"name": "Asha"}}},
        {
            "type": "address_message",
            "body": {"text": "Onde?"},
            "action": {
                "name": "address_message",
                "parameters": {"country": "IN", "values": {"name": "Asha"}},
            },
        },
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_offered_is_asked_for_in_meta_s_words(name: str) -> None:
    content, asked = WRITTEN[name]

    check_written("interactive", content)
    letter = Letter("row", Person(wa_id="5511900000011"), "interactive", content)

    assert request_body(letter)["interactive"] == asked


LIMITS: list[tuple[str, int, Callable[[int], Json]]] = [
    ("cards", 10, cards),
    ("cards[0].text", 160, lambda n: cards(2, card(text="x" * n))),
    ("cards[0].text.line_breaks", 2, lambda n: cards(2, card(text="a" + "\nb" * n))),
    ("cards[0].buttons", 3, lambda n: cards(2, replying(*(f"B{number}" for number in range(n))))),
    ("cards[0].buttons[0].title", 20, lambda n: cards(2, replying("x" * n))),
    ("cards[0].buttons[0].id", 256, lambda n: cards(2, replying("x") | {"buttons": [_button("i" * n)]})),
    ("cards[0].url_button.title", 20, lambda n: cards(2, card(url_button=LINK | {"title": "x" * n}))),
    ("text", 1024, lambda n: cards() | {"text": "x" * n}),
    ("product_list.sections", 10, lambda n: shelves(*[shelf()] * n)),
    ("product_list.sections[0].title", 24, lambda n: shelves(shelf(title="x" * n))),
    ("product_list.products", 30, lambda n: shelves(shelf(15), shelf(n - 15))),
    ("header", 60, lambda n: shelves(header="x" * n)),
    ("call_button.title", 20, lambda n: {"text": "?", "call_button": {"title": "x" * n}}),
    ("call_button.payload", 512, lambda n: {"text": "?", "call_button": {"payload": "x" * n}}),
]


def _button(identity: str) -> Json:
    return {"id": identity, "title": "Quero"}


@pytest.mark.parametrize(("field", "limit", "content"), LIMITS, ids=[field for field, _, _ in LIMITS])
def test_one_too_many_is_refused_by_name(field: str, limit: int, content: Callable[[int], Json]) -> None:
    check_message("interactive", content(limit))
    with pytest.raises(LimitExceeded) as refusal:
        check_message("interactive", content(limit + 1))

    assert refusal.value.details == {"field": field, "limit": limit, "actual": limit + 1}


MALFORMED: dict[str, tuple[Json, str]] = {
    "one card": (cards(1), "cards"),
    "cards under a line": (cards(header="Hoje"), "header"),
    "cards over a line": (cards(footer="Hoje"), "footer"),
    "cards without words": (cards() | {"text": ""}, "text"),
    "a card without a picture": (cards(2, card(header=None)), "cards[0].header"),
    "a card under a document": (cards(2, card(header={"type": "document"})), "cards[0].header.type"),
    "a card with a file of ours": (
        cards(2, card(header={"type": "image", "media_file_id": "1"})),
        "cards[0].header.media_file_id",
    ),
    "a card with two pictures": (
        cards(2, card(header=PHOTO | {"media_id": "1"})),
        "cards[0].header.media",
    ),
    "a card with nothing to tap": (cards(2, {"header": PHOTO}), "cards[0]"),
    "a card with a link and replies": (cards(2, card() | replying("Quero")), "cards[0]"),
    "a card that leads nowhere": (
        cards(2, card(url_button=LINK | {"url": "javascript:1"})),
        "cards[0].url_button.url",
    ),
    "the same reply twice": (cards(2, replying("Quero", "Quero")), "cards[0].buttons"),
    "cards with other buttons": ({"text": "?", "cards": [card(), replying("Quero")]}, "cards"),
    "cards with more buttons": ({"text": "?", "cards": [replying("A"), replying("A", "B")]}, "cards"),
    "a card of a product with a picture": (
        cards(2, {"product": PRODUCT, "header": PHOTO}),
        "cards[0].header",
    ),
    "products of two catalogs": (
        {"text": "?", "cards": [{"product": PRODUCT}, {"product": PRODUCT | {"catalog_id": "2"}}]},
        "cards",
    ),
    "a product under a line": ({"product": PRODUCT, "header": "Hoje"}, "header"),
    "a product of no catalog": ({"product": {"product_retailer_id": "1"}}, "product.catalog_id"),
    "products without a line above": (shelves(header=None), "header"),
    "products under a picture": (shelves(header=PHOTO), "header"),
    "two shelves, one nameless": (
        shelves(shelf(), shelf(title="")),
        "product_list.sections[1].title",
    ),
    "an empty shelf": (shelves(shelf(0)), "product_list.sections[0].product_items"),
    "the catalog under a line": ({"text": "?", "catalog": {}, "header": "Hoje"}, "header"),
    "a call for no time": ({"text": "?", "call_button": {"ttl_minutes": 0}}, "call_button.ttl_minutes"),
    "a call for 31 days": ({"text": "?", "call_button": {"ttl_minutes": 43_201}}, "call_button.ttl_minutes"),
    "a call for true": ({"text": "?", "call_button": {"ttl_minutes": True}}, "call_button.ttl_minutes"),
    "may we call, over a line": (
        {"text": "?", "request": "call_permission", "footer": "Hoje"},
        "footer",
    ),
    "a request of money": ({"text": "?", "request": "money"}, "request"),
    "an address in Brazil": ({"text": "?", "address": {"country": "BR"}}, "address.country"),
    "two offers": ({"text": "?", "catalog": {}, "product": PRODUCT}, "interactive"),
    "no offer": ({"text": "?"}, "interactive"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_malformed_is_named(name: str) -> None:
    content, field = MALFORMED[name]
    with pytest.raises(MessageMalformed) as refusal:
        check_message("interactive", content)

    assert refusal.value.details["field"] == field


ADDRESS = {"saved_address_id": "casa", "values": {"city": "Mumbai", "name": "Asha"}}
ANSWERS: dict[str, tuple[str, Json, Json, str | None]] = {
    "they permit calls": (
        "call_permission_reply",
        {"response": "accept", "expiration_timestamp": "1793491302", "response_source": "user_action"},
        {
            "text": "",
            "call_permission": {
                "response": "accept",
                "expiration_timestamp": "1793491302",
                "response_source": "user_action",
            },
        },
        None,
    ),
    "they do not": (
        "call_permission_reply",
        {"response": "reject"},
        {"text": "", "call_permission": {"response": "reject"}},
        None,
    ),
    "an address": (
        "nfm_reply",
        {"name": "address_message", "body": "Asha, Mumbai", "response_json": json.dumps(ADDRESS)},
        {"text": "Asha, Mumbai", "form": ADDRESS, "name": "address_message"},
        None,
    ),
    "a card's reply": (
        "button_reply",
        {"id": "id-Quero", "title": "Quero"},
        {"text": "Quero", "reply": {"id": "id-Quero", "title": "Quero"}},
        "id-Quero",
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_their_answers_are_read(name: str) -> None:
    kind, tap, content, reply_id = ANSWERS[name]
    found = read_contents({"type": "interactive", "interactive": {"type": kind, kind: tap}}).content

    assert (found.stored_type, found.subtype, found.content) == ("interactive", kind, content)
    assert found.reply_id == reply_id
