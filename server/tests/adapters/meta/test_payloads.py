"""A letter becomes the request the corpus shows; what cannot be sent is refused before it is tried."""

import json
from typing import Any

import pytest

from pytake.adapters.meta.payloads import LetterError, request_body
from pytake.ports.whatsapp import Letter, Person
from pytake.ports.whatsapp_limits import check_message
from tests.adapters.meta import corpus

MARIA = Person(wa_id="5511900000011")
JANE = Person(user_id="US.88410277300155926614")
TARGET = "wamid.HBgNNTUxMTkwMDAwMDAxMRUCABIYFDNBQTQ3M0E4QzFBQjI5RTU1RTQwAA=="


def letter(kind: str, content: Any, to: Person = MARIA, reply_to: str | None = None) -> Letter:
    return Letter("campaign=42;row=917", to, kind, content, reply_to)


def body_text(*texts: str) -> Any:
    return {"type": "body", "parameters": [{"type": "text", "text": text} for text in texts]}


LETTERS = {
    "send-text": letter("text", {"text": "Segue o link: https://example.com/pedido/1029"}),
    "send-text-callback-data": letter("text", {"text": "Olá!"}),
    "send-text-brazil-wa-id-differs": letter("text", {"text": "Oi"}, Person(wa_id="5531990000012")),
    "send-text-bsuid": letter("text", {"text": "Hi Jane"}, JANE),
    "send-text-phone-and-bsuid": letter(
        "text", {"text": "Hi Jane"}, Person(wa_id="12025550143", user_id=JANE.user_id)
    ),
    "send-text-reply": letter("text", {"text": "Respondendo a esta"}, reply_to=TARGET),
    "send-image-id": letter("image", {"media_id": "1002003004005006", "caption": "Catálogo"}),
    "send-image-link": letter("image", {"link": "https://cdn.example.com/a.jpg", "mime_type": "image/jpeg"}),
    "send-document-link": letter(
        "document",
        {"link": "https://cdn.example.com/boleto.pdf", "filename": "boleto.pdf", "caption": "Seu boleto"},
    ),
    "send-video-id": letter("video", {"media_id": "1002003004005007", "caption": "Tutorial"}),
    "send-audio-id": letter("audio", {"media_id": "1002003004005008"}),
    "send-audio-voice": letter("audio", {"media_id": "1002003004005009", "voice": True}),
    "send-sticker": letter("sticker", {"media_id": "1002003004005010", "animated": False}),
    "send-location": letter(
        "location",
        {
            "latitude": -23.561414,
            "longitude": -46.655881,
            "name": "Padaria Modelo",
            "address": "Av. Inventada, 1000",
        },
    ),
    "send-contacts": letter(
        "contacts",
        {
            "contacts": [
                {
                    "name": {"formatted_name": "Suporte Modelo", "first_name": "Suporte"},
                    "org": {"company": "Modelo Ltda"},
                    "phones": [{"phone": "+55 11 3000-0100", "type": "WORK", "wa_id": "551130000100"}],
                    "emails": [{"email": "suporte@example.com", "type": "WORK"}],
                }
            ]
        },
    ),
    "send-reaction": letter("reaction", {"message_id": TARGET, "emoji": "👍"}, reply_to="wamid.IGNORED"),
    "send-reaction-remove": letter("reaction", {"message_id": TARGET, "emoji": None}),
    "send-interactive-buttons": letter(
        "button",
        {
            "header": "Agendamento",
            "text": "Confirma sua consulta amanhã às 9h?",
            "footer": "Clínica Modelo",
            "buttons": [
                {"id": "ag-552:sim", "title": "Confirmar"},
                {"id": "ag-552:rem", "title": "Remarcar"},
                {"id": "ag-552:nao", "title": "Cancelar"},
            ],
        },
    ),
    "send-interactive-list": letter(
        "list",
        {
            "header": "Atendimento",
            "text": "Escolha o setor",
            "footer": "Clínica Modelo",
            "button": "Ver setores",
            "sections": [
                {
                    "title": "Administrativo",
                    "rows": [
                        {"id": "fin", "title": "Financeiro", "description": "Boletos e notas"},
                        {"id": "rh", "title": "RH"},
                    ],
                },
                {"title": "Clínico", "rows": [{"id": "rec", "title": "Recepção"}]},
            ],
        },
    ),
    "send-interactive-cta-url": letter(
        "interactive",
        {
            "text": "Acompanhe seu pedido",
            "url_button": {"title": "Abrir pedido", "url": "https://example.com/p/1029"},
        },
    ),
    "send-location-request": letter("interactive", {"text": "Onde entregamos?", "request": "location"}),
    "send-request-contact-info": letter(
        "interactive", {"text": "May we have your phone number?", "request": "contact_info"}, JANE
    ),
    "send-interactive-flow": letter(
        "interactive",
        {
            "header": "Cadastro",
            "text": "Preencha em 1 minuto",
            "form": {
                "flow_id": "880011223344001",
                "flow_cta": "Abrir",
                "flow_token": "tok-771",
                "flow_action": "navigate",
                "flow_action_payload": {"screen": "WELCOME", "data": {"nome": "Maria"}},
            },
        },
    ),
    "send-template-no-params": letter(
        "template", {"name": "aviso_horario", "language": "pt_BR", "components": []}
    ),
    "send-template-held": letter("template", {"name": "promo_relampago", "language": "pt_BR"}),
    "send-template-positional": letter(
        "template",
        {
            "name": "confirma_agenda",
            "language": "pt_BR",
            "components": [
                {"type": "header", "parameters": [{"type": "image", "image": {"id": "1002003004005006"}}]},
                body_text("Maria", "amanhã às 9h"),
                {
                    "type": "button",
                    "sub_type": "quick_reply",
                    "index": "0",
                    "parameters": [{"type": "payload", "payload": "CONFIRM|ag-552"}],
                },
                {
                    "type": "button",
                    "sub_type": "url",
                    "index": "1",
                    "parameters": [{"type": "text", "text": "ag-552"}],
                },
            ],
        },
    ),
    "send-template-named": letter(
        "template",
        {
            "name": "pedido_enviado",
            "language": "pt_BR",
            "components": [
                {
                    "type": "body",
                    "parameters": [
                        {"type": "text", "parameter_name": "primeiro_nome", "text": "Maria"},
                        {"type": "text", "parameter_name": "pedido", "text": "1029"},
                    ],
                }
            ],
        },
    ),
    "send-template-auth": letter(
        "template",
        {
            "name": "codigo_login",
            "language": "pt_BR",
            "components": [
                body_text("493871"),
                {
                    "type": "button",
                    "sub_type": "url",
                    "index": "0",
                    "parameters": [{"type": "text", "text": "493871"}],
                },
            ],
        },
    ),
}

FILES = [case["file"].removesuffix(".json") for case in corpus.index("graph")["files"]]
SENDS = [name for name in FILES if name.startswith("send-")]


def requested(name: str) -> Any:
    """The corpus names both ids in one file, to show that the phone wins; PyTake gives the phone alone."""
    asked = json.loads(corpus.body("graph", f"{name}.json"))["request"]["body"]
    if "to" in asked:
        asked.pop("recipient", None)
    return asked | {"biz_opaque_callback_data": "campaign=42;row=917"}


@pytest.mark.parametrize("name", SENDS)
def test_a_letter_becomes_the_request_of_the_corpus(name: str) -> None:
    assert request_body(LETTERS[name]) == requested(name)


@pytest.mark.parametrize("name", LETTERS)
def test_what_the_corpus_sends_is_within_the_limits(name: str) -> None:
    check_message(LETTERS[name].type, LETTERS[name].content)


def test_the_plus_is_never_doubled() -> None:
    assert request_body(letter("text", {"text": "Oi"}, Person(wa_id="+5511")))["to"] == "+5511"


def test_a_header_may_be_media() -> None:
    header = {"type": "image", "link": "https://cdn.example.com/a.jpg"}
    content = {"text": "Oi", "buttons": [{"id": "1", "title": "Sim"}], "header": header}
    asked = request_body(letter("button", content))["interactive"]["header"]
    assert asked == {"type": "image", "image": {"link": "https://cdn.example.com/a.jpg"}}


@pytest.mark.parametrize("kind", ["system", "note", "order", "unsupported", ""])
def test_a_kind_that_only_arrives_cannot_be_sent(kind: str) -> None:
    with pytest.raises(LetterError, match="cannot be sent"):
        request_body(letter(kind, {"text": "x"}))


KINDS = ["text", "image", "location", "contacts", "reaction", "template", "button", "list", "interactive"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        *[(kind, {}) for kind in KINDS],
        ("text", {"text": None}),
        ("button", {"text": "x", "buttons": 5}),
        ("list", {"text": "x", "button": "x", "sections": [5]}),
        ("interactive", {"text": "x", "request": "money"}),
        ("button", {"text": "x", "buttons": [], "header": 5}),
    ],
)
def test_malformed_content_is_named(kind: str, content: Any) -> None:
    with pytest.raises(LetterError, match=f"content of a {kind}"):
        request_body(letter(kind, content))


def test_a_letter_needs_somebody() -> None:
    with pytest.raises(LetterError, match="neither a phone nor a user id"):
        request_body(letter("text", {"text": "Oi"}, Person()))
