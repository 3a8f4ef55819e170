"""A template as the customer will see it: texts with their values; WhatsApp's markup is for who draws it."""

from typing import Any, Final

from pytake.whatsapp.templates.definition import MEDIA, Button, Definition
from pytake.whatsapp.templates.form import OFFER
from pytake.whatsapp.templates.letter import Parameters, encoded, parameters_of_card
from pytake.whatsapp.templates.variables import MARK, filled
from pytake.whatsapp.types import ButtonType, HeaderType

Json = dict[str, Any]

_CODE: Final = {
    "pt": (
        "*{{1}}* é seu código de verificação.",
        " Para sua segurança, não o compartilhe.",
        "Este código expira em {minutes} minutos.",
        "Copiar código",
    ),
    "es": (
        "Tu código de verificación es *{{1}}*.",
        " Por tu seguridad, no lo compartas.",
        "Este código caduca en {minutes} minutos.",
        "Copiar código",
    ),
    "en": (
        "*{{1}}* is your verification code.",
        " For your security, do not share this code.",
        "This code expires in {minutes} minutes.",
        "Copy code",
    ),
}
"""About what Meta writes, until it has told its own words."""

_OF_PRODUCTS: Final = ("catalog_id", "product_retailer_id")
_AUTOFILL: Final = {"pt": "Preencher automaticamente", "es": "Autocompletar", "en": "Autofill"}
_OFFER: Final = {"pt": "Copiar código da oferta", "es": "Copiar código de oferta", "en": "Copy offer code"}


def preview(definition: Definition, parameters: Parameters | None = None) -> Json:
    """With the samples, or with values; a variable that has neither keeps its mark."""
    body, footer = definition.body_text, definition.footer_text
    if definition.is_authentication and not body:
        body, footer = _authentication(definition)
    return {
        "header": _header(definition, parameters),
        **_offer(definition, parameters),
        "body": filled(body, _values(definition, parameters, "body")),
        "footer": footer,
        "buttons": [_button(definition, at, each, parameters) for at, each in enumerate(definition.buttons)],
        **({"asks_to_call": True} if definition.asks_to_call else {}),
        **({"cards": _cards(definition, parameters)} if definition.cards else {}),
    }


def in_one_text(shown: Json) -> str:
    """What a person would read, for lists and searches."""
    parts = [(shown["header"] or {}).get("text"), shown["body"], shown["footer"]]
    parts += [card["body"] for card in shown.get("cards", ())]
    return "\n".join(part for part in parts if part)


def _cards(definition: Definition, parameters: Parameters | None) -> list[Json]:
    shown = [
        preview(card, None if parameters is None else parameters_of_card(parameters, at))
        for at, card in enumerate(definition.cards)
    ]
    return [{key: card[key] for key in ("header", "body", "buttons")} for card in shown]


def _offer(definition: Definition, parameters: Parameters | None) -> Json:
    if not definition.offer_text:
        return {}
    return {"offer": {"text": definition.offer_text, "expires_at": (parameters or {}).get(OFFER)}}


def _authentication(definition: Definition) -> tuple[str, str | None]:
    words, warning, expires, _ = _words(_CODE, definition.language)
    minutes = definition.code_expiration_minutes
    footer = expires.format(minutes=minutes) if minutes is not None else None
    return words + (warning if definition.add_security_recommendation else ""), footer


def _words(table: dict[str, Any], language: str) -> Any:
    return table.get(language[:2], table["en"])


def _values(definition: Definition, parameters: Parameters | None, place: str) -> dict[str, str]:
    samples = {each.name: each.example for each in definition.variables if each.place == place}
    if parameters is None:
        return samples or ({"1": "123456"} if definition.is_authentication and place == "body" else {})
    beginning = f"{place}."
    given = {k.removeprefix(beginning): v for k, v in parameters.items() if k.startswith(beginning)}
    return {name: value for name, value in given.items() if isinstance(value, str)}


def _header(definition: Definition, parameters: Parameters | None) -> Json | None:
    if definition.header_type is None:
        return None
    kind = definition.header_type.value
    if definition.header_type == HeaderType.TEXT:
        values = _values(definition, parameters, "header")
        return {"type": kind, "text": filled(definition.header_content or "", values)}
    given = (parameters or {}).get("header")
    shown: Json = {"type": kind, "text": None}
    if isinstance(given, dict):
        keys = ("media_id", "link", "filename", "latitude", "longitude", "name", "address", *_OF_PRODUCTS)
        return shown | {key: given[key] for key in keys if given.get(key) is not None}
    content = definition.header_content or ""
    if definition.header_type in MEDIA and content.startswith(("http://", "https://")):
        shown["link"] = content
    return shown


def _button(definition: Definition, at: int, button: Button, parameters: Parameters | None) -> Json:
    shown: Json = {"type": button.type, "text": _label(definition, button)}
    if button.type == ButtonType.URL and not definition.is_authentication:
        suffix = (parameters or {}).get(f"buttons.{at}")
        url = button.url or ""
        if isinstance(suffix, str):
            url = MARK.sub(lambda _: encoded(suffix), url)
        elif parameters is None and button.example and MARK.search(url):
            url = button.example
        shown["url"] = url
    elif button.type == ButtonType.PHONE_NUMBER:
        shown["phone_number"] = button.phone_number
    elif button.type == ButtonType.COPY_CODE:
        shown["code"] = (parameters or {}).get(f"buttons.{at}") or button.example
    return shown


def _label(definition: Definition, button: Button) -> str:
    if button.type == ButtonType.OTP and button.more.get("otp_type") in {"ONE_TAP", "ZERO_TAP"}:
        return str(button.more.get("autofill_text") or _words(_AUTOFILL, definition.language))
    if button.text:
        return button.text
    if button.type == ButtonType.COPY_CODE:
        return str(_words(_OFFER, definition.language))
    return str(_words(_CODE, definition.language)[3]) if button.type == ButtonType.OTP else ""
