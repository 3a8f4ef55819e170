"""A template with each header and each button Meta knows, and a message with each."""

from typing import Any, Final

from tests.browser.kinds import Json, Kind

LANGUAGE: Final = "pt_BR"
_SAMPLE: Final = {"header_handle": ["https://example.com/amostra"]}
_PHOTO: Final = "https://example.com/bolo.jpg"
_FILM: Final = "https://example.com/forno.mp4"
_NOTE: Final = {"link": "https://example.com/nota.pdf", "filename": "nota.pdf"}
_PLACE: Final = {
    "latitude": -23.561414,
    "longitude": -46.655881,
    "name": "Loja do centro",
    "address": "Rua Inventada, 7",
}
_PRODUCTS: Final = {
    "thumbnail_product_retailer_id": "PAO-1",
    "sections": [{"title": "Pães", "product_items": [{"product_retailer_id": "PAO-1"}]}],
}


def _body(text: str, *samples: str) -> Json:
    return {"type": "BODY", "text": text, **({"example": {"body_text": [list(samples)]}} if samples else {})}


def _media(kind: str) -> Json:
    return {"type": "HEADER", "format": kind, "example": _SAMPLE}


def _buttons(*buttons: Json) -> Json:
    return {"type": "BUTTONS", "buttons": list(buttons)}


_CARD: Final = [
    _media("IMAGE"),
    _body("Bolo de {{1}}, feito agora", "cenoura"),
    _buttons(
        {"type": "QUICK_REPLY", "text": "Quero este"},
        {
            "type": "URL",
            "text": "Ver na loja",
            "url": "https://example.com/b/{{1}}",
            "example": ["https://example.com/b/1"],
        },
    ),
]
_CAKES: Final = ("cenoura", "fubá", "milho")

COMPONENTS: Final[dict[str, list[Json]]] = {
    "saiu_para_entrega": [
        {"type": "HEADER", "format": "TEXT", "text": "Pedido {{1}}", "example": {"header_text": ["1029"]}},
        _body("Olá {{1}}, o seu pedido de {{2}} já saiu.", "Vera", "bolo"),
        {"type": "FOOTER", "text": "Padaria Aurora"},
        _buttons(
            {"type": "QUICK_REPLY", "text": "Obrigada"},
            {
                "type": "URL",
                "text": "Acompanhar",
                "url": "https://example.com/p/{{1}}",
                "example": ["https://example.com/p/1029"],
            },
            {"type": "PHONE_NUMBER", "text": "Ligar", "phone_number": "+551130000100"},
        ),
    ],
    "oferta_com_foto": [
        _media("IMAGE"),
        _body("Um bolo com desconto para você."),
        _buttons({"type": "COPY_CODE", "example": "BOLO10"}),
    ],
    "convite_em_video": [
        _media("VIDEO"),
        _body("Venha ver o forno novo."),
        _buttons({"type": "FLOW", "text": "Marcar visita", "flow_id": "880011223344001"}),
    ],
    "nota_do_pedido": [
        _media("DOCUMENT"),
        _body("A nota do seu pedido."),
        _buttons({"type": "CATALOG", "text": "Ver catálogo"}),
    ],
    "onde_estamos": [
        {"type": "HEADER", "format": "LOCATION"},
        _body("Esperamos por você."),
        _buttons({"type": "MPM", "text": "Ver pães"}),
    ],
    "codigo_de_acesso": [
        {**_body("*{{1}}* é seu código de verificação."), "add_security_recommendation": True},
        {"type": "FOOTER", "text": "Este código expira em 10 minutos.", "code_expiration_minutes": 10},
        _buttons(
            {
                "type": "URL",
                "text": "Copiar código",
                "url": "https://www.whatsapp.com/otp/code/?code=otp{{1}}",
                "example": ["https://www.whatsapp.com/otp/code/?code=otp123456"],
            }
        ),
    ],
    "vitrine_de_bolos": [
        _body("Oi {{1}}, os bolos de hoje:", "Vera"),
        {"type": "CAROUSEL", "cards": [{"components": _CARD}] * 3},
    ],
    "oferta_com_prazo": [
        _media("IMAGE"),
        {
            "type": "LIMITED_TIME_OFFER",
            "limited_time_offer": {"text": "Só hoje!", "has_expiration": True},
        },
        _body("Bolo de chocolate pela metade do preço."),
        _buttons({"type": "COPY_CODE", "example": "BOLO50"}),
    ],
    "um_produto": [
        {"type": "HEADER", "format": "PRODUCT"},
        _body("O bolo que você pediu voltou."),
        _buttons({"type": "SPM", "text": "Ver bolo"}),
    ],
    "podemos_ligar": [
        _body("Queremos falar do seu pedido por telefone."),
        {"type": "CALL_PERMISSION_REQUEST"},
    ],
    "ligue_para_nos": [
        _body("Fale com a padaria."),
        _buttons({"type": "VOICE_CALL", "text": "Ligar pelo WhatsApp"}),
    ],
    "seu_contato": [
        _body("Qual é o seu telefone?"),
        _buttons({"type": "REQUEST_CONTACT_INFO", "text": "Compartilhar contato"}),
    ],
}
CODE: Final = "codigo_de_acesso"
MARKETING: Final = frozenset({"vitrine_de_bolos", "oferta_com_prazo"})


def _button(sub_type: str, at: int, parameter: Json) -> Json:
    return {"type": "button", "sub_type": sub_type, "index": str(at), "parameters": [parameter]}


def _texts(kind: str, *texts: str) -> Json:
    return {"type": kind, "parameters": [{"type": "text", "text": text} for text in texts]}


def _file(kind: str, file: Any) -> Json:
    return {"type": "header", "parameters": [{"type": kind, kind: file}]}


def _kind(name: str, parameters: Json, components: list[Json], *shown: str) -> Kind:
    return Kind(
        "template",
        {"name": name, "language": LANGUAGE, "parameters": parameters},
        {
            "name": name,
            "language": {"code": LANGUAGE},
            **({"components": components} if components else {}),
        },
        (f"Modelo “{name}”", *shown),
    )


TEMPLATES: Final[dict[str, Kind]] = {
    "words": _kind(
        "saiu_para_entrega",
        {
            "header.1": "1029",
            "body.1": "Vera",
            "body.2": "bolo",
            "buttons.0": "GRATA",
            "buttons.1": "1029?a=b c",
        },
        [
            _texts("header", "1029"),
            _texts("body", "Vera", "bolo"),
            _button("quick_reply", 0, {"type": "payload", "payload": "GRATA"}),
            _button("url", 1, {"type": "text", "text": "1029?a=b%20c"}),
        ],
        "Pedido 1029",
        "Olá Vera, o seu pedido de bolo já saiu.",
        "Padaria Aurora",
        "Obrigada",
        "Acompanhar",
        "Ligar",
    ),
    "photo": _kind(
        "oferta_com_foto",
        {"header": {"link": _PHOTO}, "buttons.0": "BOLO10"},
        [
            _file("image", {"link": _PHOTO}),
            _button("copy_code", 0, {"type": "coupon_code", "coupon_code": "BOLO10"}),
        ],
        "Foto",
        "Um bolo com desconto para você.",
        "Copiar código da oferta",
    ),
    "film": _kind(
        "convite_em_video",
        {"header": {"link": _FILM}, "buttons.0": {"flow_token": "tok-772"}},
        [
            _file("video", {"link": _FILM}),
            _button("flow", 0, {"type": "action", "action": {"flow_token": "tok-772"}}),
        ],
        "Vídeo",
        "Venha ver o forno novo.",
        "Marcar visita",
    ),
    "document": _kind(
        "nota_do_pedido",
        {"header": _NOTE},
        [_file("document", _NOTE)],
        "nota.pdf",
        "A nota do seu pedido.",
        "Ver catálogo",
    ),
    "place": _kind(
        "onde_estamos",
        {"header": _PLACE, "buttons.0": _PRODUCTS},
        [_file("location", _PLACE), _button("mpm", 0, {"type": "action", "action": _PRODUCTS})],
        "Loja do centro",
        "Rua Inventada, 7",
        "Esperamos por você.",
        "Ver pães",
    ),
    "code": _kind(
        CODE,
        {"body.1": "493871"},
        [_texts("body", "493871"), _button("url", 0, {"type": "text", "text": "493871"})],
        "493871 é seu código de verificação.",
        "Este código expira em 10 minutos.",
        "Copiar código",
    ),
    "cards": _kind(
        "vitrine_de_bolos",
        {
            "body.1": "Vera",
            **{
                f"cards.{at}.{key}": value
                for at, cake in enumerate(_CAKES)
                for key, value in {
                    "header": {"link": _PHOTO},
                    "body.1": cake,
                    "buttons.0": f"QUERO-{at}",
                    "buttons.1": str(at),
                }.items()
            },
        },
        [
            _texts("body", "Vera"),
            {
                "type": "carousel",
                "cards": [
                    {
                        "card_index": at,
                        "components": [
                            _file("image", {"link": _PHOTO}),
                            _texts("body", cake),
                            _button("quick_reply", 0, {"type": "payload", "payload": f"QUERO-{at}"}),
                            _button("url", 1, {"type": "text", "text": str(at)}),
                        ],
                    }
                    for at, cake in enumerate(_CAKES)
                ],
            },
        ],
        "Oi Vera, os bolos de hoje:",
        "Bolo de cenoura, feito agora",
        "Bolo de milho, feito agora",
        "Quero este",
        "Ver na loja",
    ),
    "offer": _kind(
        "oferta_com_prazo",
        {
            "header": {"link": _PHOTO},
            "limited_time_offer": "2026-12-24T18:00:00-03:00",
            "buttons.0": "BOLO50",
        },
        [
            _file("image", {"link": _PHOTO}),
            {
                "type": "limited_time_offer",
                "parameters": [
                    {
                        "type": "limited_time_offer",
                        "limited_time_offer": {"expiration_time_ms": 1_798_146_000_000},
                    }
                ],
            },
            _button("copy_code", 0, {"type": "coupon_code", "coupon_code": "BOLO50"}),
        ],
        "Só hoje!",
        "Oferta até",
        "Bolo de chocolate pela metade do preço.",
        "Copiar código da oferta",
    ),
    "product": _kind(
        "um_produto",
        {"header": {"catalog_id": "19", "product_retailer_id": "BOLO-1"}},
        [_file("product", {"catalog_id": "19", "product_retailer_id": "BOLO-1"})],
        "BOLO-1",
        "O bolo que você pediu voltou.",
        "Ver bolo",
    ),
    "may we call": _kind(
        "podemos_ligar", {}, [], "Queremos falar do seu pedido por telefone.", "Permitir ligações"
    ),
    "call": _kind(
        "ligue_para_nos",
        {"buttons.0": {"ttl_minutes": 60, "payload": "p-9"}},
        [
            {
                "type": "button",
                "sub_type": "voice_call",
                "index": "0",
                "parameters": [
                    {"type": "ttl_minutes", "ttl_minutes": 60},
                    {"type": "payload", "payload": "p-9"},
                ],
            }
        ],
        "Fale com a padaria.",
        "Ligar pelo WhatsApp",
    ),
    "contact": _kind("seu_contato", {}, [], "Qual é o seu telefone?", "Compartilhar contato"),
}
