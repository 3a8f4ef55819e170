"""Every kind of message somebody can write: its content, what WhatsApp is asked, and what is seen of it."""

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

Json: TypeAlias = dict[str, Any]

FILE: Final = "of the file"
"""Stands for the id by which Meta knows a file."""


@dataclass(frozen=True, slots=True)
class Kind:
    type: str
    content: Json
    """`media_file_id` names one of the files the test uploads."""
    asked: Any
    """What stands in the request under the kind's own name."""
    shown: tuple[str, ...] = ()
    has: str = ""
    """An element of the bubble, as a CSS selector."""


def _interactive(kind: str, text: str, action: Json, **around: Json) -> Json:
    return {"type": kind, "body": {"text": text}, "action": action, **around}


_CARD: Final = {
    "name": {"formatted_name": "Paulo Reis", "first_name": "Paulo"},
    "org": {"company": "Reis Entregas"},
    "phones": [{"phone": "+55 11 97777-6666", "type": "WORK", "wa_id": "5511977776666"}],
}
_PLACE: Final = {
    "latitude": -23.561414,
    "longitude": -46.655881,
    "name": "Padaria Aurora",
    "address": "Av. Inventada, 1000",
}
_ROWS: Final = [{"id": "fin", "title": "Financeiro", "description": "Boletos e notas"}]
_FORM: Final = {"flow_id": "880011223344001", "flow_cta": "Preencher", "flow_token": "tok-771"}
_BUTTONS: Final = [{"id": "sim", "title": "Confirmar"}, {"id": "nao", "title": "Cancelar"}]
_TABLE: Final = {"link": "https://example.com/tabela.pdf", "filename": "tabela.pdf"}
_LIST: Final = {"button": "Ver setores", "sections": [{"title": "Administrativo", "rows": _ROWS}]}

_PHOTO: Final = {"link": "https://example.com/bolo.jpg"}
_PRODUCT: Final = {"catalog_id": "190000000000123", "product_retailer_id": "PAO-1"}
_SHELF: Final = {"title": "Pães", "product_items": [{"product_retailer_id": "PAO-1"}]}


def _cards(*cards: Json) -> Json:
    return {"cards": [{"card_index": at, **card} for at, card in enumerate(cards)]}


def _picture(text: str, action: Json) -> Json:
    header = {"type": "image", "image": _PHOTO}
    return {"type": "cta_url", "header": header, "body": {"text": text}, "action": action}


KINDS: Final[dict[str, Kind]] = {
    "text": Kind(
        "text",
        {"text": "Segue o *link*: https://example.com/pedido/1029"},
        {"body": "Segue o *link*: https://example.com/pedido/1029", "preview_url": True},
        ("Segue o link:",),
        "a[href='https://example.com/pedido/1029']",
    ),
    "image": Kind(
        "image",
        {"media_file_id": "image", "caption": "A vitrine de hoje"},
        {"id": FILE, "caption": "A vitrine de hoje"},
        ("A vitrine de hoje",),
        "img[alt='A vitrine de hoje']",
    ),
    "video": Kind(
        "video",
        {"media_file_id": "video", "caption": "Saindo do forno"},
        {"id": FILE, "caption": "Saindo do forno"},
        ("Saindo do forno",),
        "video[aria-label='Vídeo']",
    ),
    "audio": Kind("audio", {"media_file_id": "audio"}, {"id": FILE}, has="[role=group][aria-label='Áudio']"),
    "voice": Kind(
        "audio",
        {"media_file_id": "voice", "voice": True},
        {"id": FILE, "voice": True},
        has="[role=group][aria-label='Mensagem de voz']",
    ),
    "document": Kind(
        "document",
        {"media_file_id": "document", "filename": "orçamento.pdf", "caption": "Segue o orçamento"},
        {"id": FILE, "filename": "orçamento.pdf", "caption": "Segue o orçamento"},
        ("orçamento.pdf", "PDF", "Segue o orçamento"),
        "a[download]",
    ),
    "sticker": Kind("sticker", {"media_file_id": "sticker"}, {"id": FILE}, has="img[alt='Figurinha']"),
    "location": Kind("location", _PLACE, _PLACE, ("Padaria Aurora", "Av. Inventada, 1000", "Abrir no mapa")),
    "contacts": Kind(
        "contacts",
        {"contacts": [_CARD]},
        [_CARD],
        ("Paulo Reis", "Reis Entregas", "+55 11 97777-6666"),
    ),
    "buttons": Kind(
        "button",
        {
            "header": "Agendamento",
            "text": "Confirma para amanhã às 9h?",
            "footer": "Padaria Aurora",
            "buttons": _BUTTONS,
        },
        _interactive(
            "button",
            "Confirma para amanhã às 9h?",
            {"buttons": [{"type": "reply", "reply": each} for each in _BUTTONS]},
            header={"type": "text", "text": "Agendamento"},
            footer={"text": "Padaria Aurora"},
        ),
        ("Agendamento", "Confirma para amanhã às 9h?", "Padaria Aurora", "Confirmar", "Cancelar"),
    ),
    "buttons under a file": Kind(
        "button",
        {
            "header": {"type": "document", **_TABLE},
            "text": "Fica com o de cenoura?",
            "buttons": _BUTTONS[:1],
        },
        _interactive(
            "button",
            "Fica com o de cenoura?",
            {"buttons": [{"type": "reply", "reply": _BUTTONS[0]}]},
            header={
                "type": "document",
                "document": _TABLE,
            },
        ),
        ("tabela.pdf", "Fica com o de cenoura?", "Confirmar"),
    ),
    "list": Kind(
        "list",
        {"text": "Com quem você quer falar?", **_LIST},
        _interactive("list", "Com quem você quer falar?", _LIST),
        ("Com quem você quer falar?", "Ver setores"),
    ),
    "link": Kind(
        "interactive",
        {
            "text": "Acompanhe o pedido",
            "url_button": {"title": "Abrir pedido", "url": "https://example.com/p/1029"},
        },
        _interactive(
            "cta_url",
            "Acompanhe o pedido",
            {
                "name": "cta_url",
                "parameters": {"display_text": "Abrir pedido", "url": "https://example.com/p/1029"},
            },
        ),
        ("Acompanhe o pedido", "Abrir pedido"),
    ),
    "form": Kind(
        "interactive",
        {"text": "Preencha em um minuto", "form": _FORM},
        _interactive(
            "flow",
            "Preencha em um minuto",
            {"name": "flow", "parameters": {"flow_message_version": "3", **_FORM}},
        ),
        ("Preencha em um minuto", "Preencher"),
    ),
    "request of a location": Kind(
        "interactive",
        {"text": "Onde entregamos?", "request": "location"},
        _interactive("location_request_message", "Onde entregamos?", {"name": "send_location"}),
        ("Onde entregamos?", "Enviar localização"),
    ),
    "request of a phone": Kind(
        "interactive",
        {"text": "Qual é o seu telefone?", "request": "contact_info"},
        _interactive("request_contact_info", "Qual é o seu telefone?", {"name": "request_contact_info"}),
        ("Qual é o seu telefone?", "Compartilhar telefone"),
    ),
    "request of a call": Kind(
        "interactive",
        {"text": "Podemos ligar?", "request": "call_permission"},
        _interactive("call_permission_request", "Podemos ligar?", {"name": "call_permission_request"}),
        ("Podemos ligar?", "Permitir ligações"),
    ),
    "call": Kind(
        "interactive",
        {"text": "Fale com a gente", "call_button": {"title": "Ligar", "ttl_minutes": 60, "payload": "p-9"}},
        _interactive(
            "voice_call",
            "Fale com a gente",
            {
                "name": "voice_call",
                "parameters": {"display_text": "Ligar", "ttl_minutes": 60, "payload": "p-9"},
            },
        ),
        ("Fale com a gente", "Ligar"),
    ),
    "address": Kind(
        "interactive",
        {"text": "Where to?", "address": {"country": "IN"}},
        _interactive(
            "address_message",
            "Where to?",
            {"name": "address_message", "parameters": {"country": "IN"}},
        ),
        ("Where to?", "Informar endereço"),
    ),
    "product": Kind(
        "interactive",
        {"product": _PRODUCT},
        {"type": "product", "action": _PRODUCT},
        ("PAO-1", "Catálogo 190000000000123"),
    ),
    "products": Kind(
        "interactive",
        {
            "header": "Padaria Aurora",
            "text": "Veja os pães",
            "product_list": {"catalog_id": "190000000000123", "sections": [_SHELF]},
        },
        _interactive(
            "product_list",
            "Veja os pães",
            {"catalog_id": "190000000000123", "sections": [_SHELF]},
            header={"type": "text", "text": "Padaria Aurora"},
        ),
        ("Padaria Aurora", "Veja os pães", "1 produto"),
    ),
    "catalog": Kind(
        "interactive",
        {"text": "Tudo o que temos", "catalog": {"thumbnail_product_retailer_id": "PAO-1"}},
        _interactive(
            "catalog_message",
            "Tudo o que temos",
            {"name": "catalog_message", "parameters": {"thumbnail_product_retailer_id": "PAO-1"}},
        ),
        ("Tudo o que temos", "Ver catálogo"),
    ),
    "cards with replies": Kind(
        "interactive",
        {
            "text": "Os bolos de hoje",
            "cards": [
                {
                    "header": {"type": "image", **_PHOTO},
                    "text": f"Bolo de *{name}*",
                    "buttons": [{"id": name, "title": "Quero"}, {"id": f"{name}?", "title": "Saber mais"}],
                }
                for name in ("cenoura", "fubá", "milho")
            ],
        },
        _interactive(
            "carousel",
            "Os bolos de hoje",
            _cards(
                *(
                    _picture(
                        f"Bolo de *{name}*",
                        {
                            "buttons": [
                                {"type": "quick_reply", "quick_reply": {"id": name, "title": "Quero"}},
                                {
                                    "type": "quick_reply",
                                    "quick_reply": {"id": f"{name}?", "title": "Saber mais"},
                                },
                            ]
                        },
                    )
                    for name in ("cenoura", "fubá", "milho")
                )
            ),
        ),
        ("Os bolos de hoje", "Bolo de cenoura", "Bolo de milho", "Quero", "Saber mais"),
        "[role=region][aria-label='Cartões']",
    ),
    "cards with a link": Kind(
        "interactive",
        {
            "text": "Na loja",
            "cards": [
                {
                    "header": {"type": "image", **_PHOTO},
                    "text": "Bolo",
                    "url_button": {"title": "Comprar", "url": "https://example.com/b"},
                }
            ]
            * 2,
        },
        _interactive(
            "carousel",
            "Na loja",
            _cards(
                *[
                    _picture(
                        "Bolo",
                        {
                            "name": "cta_url",
                            "parameters": {"display_text": "Comprar", "url": "https://example.com/b"},
                        },
                    )
                ]
                * 2
            ),
        ),
        ("Na loja", "Comprar"),
    ),
    "cards of products": Kind(
        "interactive",
        {"text": "Da vitrine", "cards": [{"product": _PRODUCT}, {"product": _PRODUCT}]},
        _interactive("carousel", "Da vitrine", _cards(*[{"type": "product", "action": _PRODUCT}] * 2)),
        ("Da vitrine", "PAO-1"),
    ),
}
