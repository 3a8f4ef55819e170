"""Templates with cards and with offers: what Meta takes, refuses, and holds a message against."""

from typing import Any

import aiohttp
import pytest

from simulator.testing import WABA_ID, RunningSimulator
from tests.business import MARIA, Graph

Json = dict[str, Any]

PATH = f"{WABA_ID}/message_templates"
LINK = {"link": "https://a.example/a.jpg"}
HEADER = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://a.example/a.jpg"]}}
REPLY = {"type": "QUICK_REPLY", "text": "Quero"}
BODY = {"type": "BODY", "text": "Veja os bolos de hoje:"}


def card(*parts: Json) -> Json:
    words = {"type": "BODY", "text": "Bolo de {{1}} hoje", "example": {"body_text": [["fubá"]]}}
    return {"components": [*(parts or (HEADER, words, {"type": "BUTTONS", "buttons": [REPLY]}))]}


def deck(*cards: Json) -> Json:
    return {"type": "CAROUSEL", "cards": list(cards)}


def offer(text: str = "Só hoje!", *, expires: bool = True) -> Json:
    return {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": text, "has_expiration": expires}}


def buttons(*kinds: str) -> Json:
    made = {"COPY_CODE": {"example": "BOLO10"}, "URL": {"text": "Ver", "url": "https://a.example"}}
    return {"type": "BUTTONS", "buttons": [{"type": kind, **made[kind]} for kind in kinds]}


def template(*components: Json, category: str = "MARKETING") -> Json:
    return {"name": "vitrine", "language": "pt_BR", "category": category, "components": [*components]}


@pytest.mark.parametrize(
    "made",
    [
        template(BODY, deck(card(), card())),
        template(BODY, deck(*[card(HEADER)] * 10)),
        template(BODY, deck(*[card({"type": "HEADER", "format": "PRODUCT"})] * 2)),
        template(offer(), BODY, buttons("COPY_CODE", "URL")),
        template(offer(expires=False), BODY, buttons("URL")),
        template(BODY, {"type": "CALL_PERMISSION_REQUEST"}, category="UTILITY"),
    ],
    ids=["two cards", "ten cards", "products", "an offer", "an endless offer", "may we call"],
)
async def test_what_meta_takes_is_taken(graph: Graph, made: Json) -> None:
    status, answer = await graph.post(PATH, made)

    assert (status, answer.get("status")) == (200, "PENDING"), answer


@pytest.mark.parametrize(
    "made",
    [
        template(BODY, deck(card())),
        template(BODY, deck(*[card()] * 11)),
        template(BODY, deck(card(), card()), category="UTILITY"),
        template(BODY, deck(card(), card()), {"type": "FOOTER", "text": "x"}),
        template(BODY, deck(card(), card(HEADER))),
        template(BODY, deck(card(BODY), card(BODY))),
        template(BODY, deck(*[card(HEADER, {"type": "BODY", "text": "x" * 161})] * 2)),
        template(BODY, deck(*[card(HEADER, {"type": "BUTTONS", "buttons": [REPLY] * 3})] * 2)),
        template(BODY, deck(*[card(HEADER, buttons("COPY_CODE"))] * 2)),
        template(BODY, deck(*[card(HEADER, {"type": "FOOTER", "text": "x"})] * 2)),
        template(offer(), BODY, buttons("COPY_CODE"), category="UTILITY"),
        template(offer(), BODY, {"type": "FOOTER", "text": "x"}, buttons("COPY_CODE")),
        template(offer("x" * 17), BODY, buttons("COPY_CODE")),
        template(offer(), {"type": "BODY", "text": "x" * 601}, buttons("COPY_CODE")),
        template(offer(), BODY, buttons("URL", "COPY_CODE")),
        template(offer(), BODY, buttons("URL")),
        template({"type": "HEADER", "format": "LOCATION"}, offer(), BODY, buttons("COPY_CODE")),
    ],
    ids=[
        "one card",
        "eleven cards",
        "no marketing",
        "a footer",
        "cards unlike each other",
        "no picture",
        "long words",
        "three buttons",
        "a coupon on a card",
        "a footer on a card",
        "an offer that is no marketing",
        "an offer over a footer",
        "a long offer",
        "a long body",
        "the coupon second",
        "no coupon",
        "an offer in a place",
    ],
)
async def test_what_breaks_a_rule_is_refused(graph: Graph, made: Json) -> None:
    status, answer = await graph.post(PATH, made)

    assert (status, answer["error"]["code"]) == (400, 100)
    assert answer["error"]["error_user_title"] in {"Invalid carousel", "Invalid offer"}


def sent(*components: Json) -> Json:
    said = {"name": "vitrine", "language": {"code": "pt_BR"}, "components": [*components]}
    return {"type": "template", "template": said}


def filled(at: int, *words: str, picture: str = "image") -> Json:
    header = {"type": "header", "parameters": [{"type": picture, picture: LINK}]}
    texts = [{"type": "text", "text": word} for word in words]
    return {"card_index": at, "components": [header, {"type": "body", "parameters": texts}]}


def cards(*those: Json) -> Json:
    return {"type": "carousel", "cards": [*those]}


async def _has(sim: RunningSimulator, session: aiohttp.ClientSession, made: Json) -> None:
    sim.config.templates = "exact"
    await sim.customer(MARIA, "Maria").says("oi")
    body = {**made, "waba_id": WABA_ID}
    async with session.put(sim.base_url + "/_simulator/templates", json=body) as response:
        assert response.status == 200


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (sent(cards(filled(0, "fubá"), filled(1, "milho"))), None),
        (sent(), 132000),
        (sent(cards(filled(0, "fubá"))), 132000),
        (sent(cards(filled(0, "fubá"), filled(1))), 132000),
        (sent(cards(filled(0, "fubá"), filled(1, "milho", picture="video"))), 132012),
        (sent(cards(filled(1, "fubá"), filled(0, "milho"))), 131009),
        (sent(cards(filled(0, "fubá"), {"card_index": 1, "components": [cards()]})), 100),
    ],
    ids=[
        "whole",
        "no cards",
        "a card too few",
        "a value too few",
        "a film",
        "out of order",
        "cards in cards",
    ],
)
async def test_a_message_is_held_against_the_cards(
    sim: RunningSimulator, session: aiohttp.ClientSession, graph: Graph, message: Json, code: int | None
) -> None:
    await _has(sim, session, template(BODY, deck(card(), card())))

    _, answer = await graph.send(**message)

    assert answer.get("error", {}).get("code") == code, answer


@pytest.mark.parametrize(
    ("ends", "code"),
    [(1_798_146_000_000, None), (None, 132012), ("soon", 131009)],
    ids=["whole", "no end", "no moment"],
)
async def test_a_message_is_held_against_the_offer(
    sim: RunningSimulator, session: aiohttp.ClientSession, graph: Graph, ends: Any, code: int | None
) -> None:
    await _has(sim, session, template(offer(), BODY, buttons("COPY_CODE")))
    coupon = {"type": "coupon_code", "coupon_code": "BOLO10"}
    button = {"type": "button", "sub_type": "copy_code", "index": "0", "parameters": [coupon]}
    until = {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": ends}}
    offered = {"type": "limited_time_offer", "parameters": [until]}

    _, answer = await graph.send(**sent(*([offered] if ends else []), button))

    assert answer.get("error", {}).get("code") == code, answer
