"""Templates with cards, offers, products and calls: as Meta lists them, values for them, and what is sent."""

from typing import Any

from pytake.whatsapp.templates.definition import Definition, of_components
from pytake.whatsapp.types import TemplateCategory

Json = dict[str, Any]

LINK = {
    "type": "URL",
    "text": "Comprar",
    "url": "https://example.com/{{1}}",
    "example": ["https://example.com/bolo"],
}
REPLY = {"type": "QUICK_REPLY", "text": "Quero"}
PRODUCT = {"catalog_id": "19", "product_retailer_id": "BOLO-1"}
ENDS = "2026-12-24T18:00:00-03:00"
PHOTO = {"link": "https://example.com/bolo.jpg"}


def header(kind: str = "IMAGE") -> Json:
    return {"type": "HEADER", "format": kind, "example": {"header_handle": ["4::aW1n"]}}


def body(text: str, *samples: str) -> Json:
    return {"type": "BODY", "text": text, **({"example": {"body_text": [list(samples)]}} if samples else {})}


def buttons(*those: Json) -> Json:
    return {"type": "BUTTONS", "buttons": list(those)}


def card(*parts: Json) -> Json:
    return {"components": [*parts]}


CAKE = card(header(), body("Bolo de {{1}} por {{2}} hoje", "cenoura", "R$ 30"), buttons(REPLY, LINK))
CAROUSEL = [
    body("Oi {{1}}, veja o que temos:", "Vera"),
    {"type": "CAROUSEL", "cards": [CAKE, CAKE]},
]
PRODUCTS = [
    body("Veja o que temos:"),
    {
        "type": "CAROUSEL",
        "cards": [card({"type": "HEADER", "format": "PRODUCT"}, buttons({"type": "SPM", "text": "Ver"}))] * 2,
    },
]
OFFER = [
    header(),
    {
        "type": "LIMITED_TIME_OFFER",
        "limited_time_offer": {"text": "Só hoje!", "has_expiration": True},
    },
    body("Bolo com desconto para você."),
    buttons({"type": "COPY_CODE", "example": "BOLO10"}, LINK),
]
QUESTION = [body("Podemos ligar para falar do seu pedido?"), {"type": "CALL_PERMISSION_REQUEST"}]
ONE_PRODUCT = [
    {"type": "HEADER", "format": "PRODUCT"},
    body("Este bolo é para você."),
    buttons({"type": "SPM", "text": "Ver"}),
]
CALL = [body("Fale com a gente."), buttons({"type": "VOICE_CALL", "text": "Ligar"})]
SEVERAL = [body("Veja os pães."), buttons({"type": "MPM", "text": "Ver pães"})]

ALL = {
    "carousel": CAROUSEL,
    "products": PRODUCTS,
    "offer": OFFER,
    "question": QUESTION,
    "one product": ONE_PRODUCT,
    "call": CALL,
    "several products": SEVERAL,
}


def read(components: list[Json]) -> Definition:
    return of_components(components, name="vitrine", language="pt_BR", category=TemplateCategory.MARKETING)


CARD_VALUES = {
    "header": PHOTO,
    "body.1": "cenoura",
    "body.2": "R$ 30",
    "buttons.0": "QUERO",
    "buttons.1": "bolo 1",
}
VALUES: dict[str, Json] = {
    "carousel": {
        "body.1": "Vera",
        **{f"cards.{at}.{key}": value for at in range(2) for key, value in CARD_VALUES.items()},
    },
    "products": {f"cards.{at}.header": PRODUCT for at in range(2)},
    "offer": {
        "header": {"media_id": "7"},
        "limited_time_offer": ENDS,
        "buttons.0": "BOLO10",
        "buttons.1": "x",
    },
    "question": {},
    "one product": {"header": PRODUCT},
    "call": {"buttons.0": {"ttl_minutes": 60, "payload": "pedido-9"}},
    "several products": {
        "buttons.0": {
            "thumbnail_product_retailer_id": "PAO-1",
            "sections": [{"title": "Pães", "product_items": [{"product_retailer_id": "PAO-1"}]}],
        }
    },
}


def _component(kind: str, *parameters: Json) -> Json:
    return {"type": kind, "parameters": [*parameters]}


def _button(sub_type: str, at: int, *parameters: Json) -> Json:
    return {"type": "button", "sub_type": sub_type, "index": str(at), "parameters": [*parameters]}


SENT: dict[str, list[Json]] = {
    "carousel": [
        _component("body", {"type": "text", "text": "Vera"}),
        {
            "type": "carousel",
            "cards": [
                {
                    "card_index": at,
                    "components": [
                        _component("header", {"type": "image", "image": PHOTO}),
                        _component(
                            "body",
                            {"type": "text", "text": "cenoura"},
                            {"type": "text", "text": "R$ 30"},
                        ),
                        _button("quick_reply", 0, {"type": "payload", "payload": "QUERO"}),
                        _button("url", 1, {"type": "text", "text": "bolo%201"}),
                    ],
                }
                for at in range(2)
            ],
        },
    ],
    "products": [
        {
            "type": "carousel",
            "cards": [
                {
                    "card_index": at,
                    "components": [_component("header", {"type": "product", "product": PRODUCT})],
                }
                for at in range(2)
            ],
        }
    ],
    "offer": [
        _component("header", {"type": "image", "image": {"id": "7"}}),
        _component(
            "limited_time_offer",
            {
                "type": "limited_time_offer",
                "limited_time_offer": {"expiration_time_ms": 1_798_146_000_000},
            },
        ),
        _button("copy_code", 0, {"type": "coupon_code", "coupon_code": "BOLO10"}),
        _button("url", 1, {"type": "text", "text": "x"}),
    ],
    "question": [],
    "one product": [_component("header", {"type": "product", "product": PRODUCT})],
    "call": [
        _button(
            "voice_call",
            0,
            {"type": "ttl_minutes", "ttl_minutes": 60},
            {"type": "payload", "payload": "pedido-9"},
        )
    ],
    "several products": [
        _button("mpm", 0, {"type": "action", "action": VALUES["several products"]["buttons.0"]})
    ],
}
