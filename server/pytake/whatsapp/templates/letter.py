"""A template with its values, as `POST /{phone_number_id}/messages` takes it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from pytake.whatsapp.templates.card_rules import CARD_TEXT
from pytake.whatsapp.templates.definition import MEDIA, Definition
from pytake.whatsapp.templates.form import OFFER, FieldKind, card_key, form_of
from pytake.whatsapp.templates.issues import Issue, ParametersInvalid, issue
from pytake.whatsapp.templates.rules import BODY
from pytake.whatsapp.templates.values import CALL_KEYS, milliseconds_of, value_issues
from pytake.whatsapp.templates.variables import filled
from pytake.whatsapp.types import ButtonType, ParameterFormat

Json = dict[str, Any]
Parameters = Mapping[str, Any]
"""By the keys of the form: `{"body.1": "Maria", "header": {"media_id": "…"}, "buttons.0": "CONFIRM"}`."""

_ESCAPED: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE: Final = "%/?&=#:@!$'()*+,;-._~"


def compiled(definition: Definition, parameters: Parameters) -> list[Json]:
    """The components to send; none for a template without variables. Raises ParametersInvalid."""
    if problems := list(parameter_issues(definition, parameters)):
        raise ParametersInvalid(problems)
    return [*_components(definition, parameters), *_carousel(definition, parameters)]


def parameter_issues(definition: Definition, parameters: Parameters) -> Iterator[Issue]:
    """Everything that keeps these values from being sent with this template."""
    for component in definition.strange:
        yield issue("template", "strange_component", component=component)
    form = {field.key: field for field in form_of(definition)}
    for key in parameters.keys() - form.keys():
        yield issue(key, "parameter_unknown")
    for key, field in form.items():
        if parameters.get(key) is None:
            if field.is_required:
                yield issue(key, "parameter_missing")
        else:
            yield from value_issues(field, parameters[key])
    yield from _length_issues(definition, parameters, "body", BODY)
    for at, card in enumerate(definition.cards):
        key = f"{card_key(at)}body"
        yield from _length_issues(card, parameters_of_card(parameters, at), key, CARD_TEXT)


def _length_issues(definition: Definition, parameters: Parameters, path: str, limit: int) -> Iterator[Issue]:
    said = filled(definition.body_text, _said(parameters, "body"))
    if len(said) > limit:
        yield issue(path, "too_long", actual=len(said), limit=limit)


def parameters_of_card(parameters: Parameters, at: int) -> Json:
    """Under the keys that the card has by itself."""
    beginning = card_key(at)
    return {k.removeprefix(beginning): v for k, v in parameters.items() if k.startswith(beginning)}


# --- writing --------------------------------------------------------------------------------------------


def file_above(definition: Definition, parameters: Parameters) -> Json | None:
    """A header that shows a file of ours: what Meta calls it is known when it is sent."""
    value = parameters.get("header")
    if definition.header_type not in MEDIA or not value or not value.get("media_file_id"):
        return None
    kind = str(definition.header_type).lower()
    return {"type": kind, "media_file_id": value["media_file_id"], **_file_name(kind, value)}


def _components(definition: Definition, parameters: Parameters) -> Iterator[Json]:
    """What a template and each of its cards have."""
    yield from _component("header", _header(definition, parameters))
    yield from _component(OFFER, _offer(parameters))
    yield from _component("body", _texts(definition, parameters, "body", _body_names(definition)))
    yield from _buttons(definition, parameters)


def _carousel(definition: Definition, parameters: Parameters) -> Iterator[Json]:
    """Every card is named, whether or not it has values."""
    cards = [
        {"card_index": at, "components": [*_components(card, parameters_of_card(parameters, at))]}
        for at, card in enumerate(definition.cards)
    ]
    if cards:
        yield {"type": "carousel", "cards": cards}


def _offer(parameters: Parameters) -> list[Json]:
    if parameters.get(OFFER) is None:
        return []
    ends = {"expiration_time_ms": milliseconds_of(parameters[OFFER])}
    return [{"type": OFFER, OFFER: ends}]


def _component(kind: str, parameters: list[Json]) -> list[Json]:
    return [{"type": kind, "parameters": parameters}] if parameters else []


def _header(definition: Definition, parameters: Parameters) -> list[Json]:
    value = parameters.get("header")
    if value is None:
        return _texts(definition, parameters, "header", definition.header_names)
    kind = str(definition.header_type).lower()
    if kind == FieldKind.LOCATION:
        keys = ("latitude", "longitude", "name", "address")
        return [{"type": kind, kind: {key: value[key] for key in keys}}]
    if kind == FieldKind.PRODUCT:
        return [{"type": kind, kind: {key: value[key] for key in ("catalog_id", "product_retailer_id")}}]
    if value.get("media_file_id"):
        return []
    media = {"id": value["media_id"]} if value.get("media_id") else {"link": value["link"]}
    return [{"type": kind, kind: {**media, **_file_name(kind, value)}}]


def _file_name(kind: str, value: Json) -> Json:
    return {"filename": value["filename"]} if kind == FieldKind.DOCUMENT and value.get("filename") else {}


def _body_names(definition: Definition) -> tuple[str, ...]:
    return tuple(f.label for f in form_of(definition) if f.key.startswith("body."))


def _texts(definition: Definition, parameters: Parameters, place: str, names: tuple[str, ...]) -> list[Json]:
    is_named = definition.parameter_format == ParameterFormat.NAMED
    return [
        {
            "type": "text",
            **({"parameter_name": name} if is_named else {}),
            "text": parameters[f"{place}.{name}"],
        }
        for name in names
    ]


def _buttons(definition: Definition, parameters: Parameters) -> Iterator[Json]:
    for at, button in enumerate(definition.buttons):
        if definition.is_authentication and button.type in {ButtonType.OTP, ButtonType.URL}:
            code = parameters[f"body.{_body_names(definition)[0]}"]
            yield _button("url", at, {"type": "text", "text": code})
            continue
        value = parameters.get(f"buttons.{at}")
        if value is not None:
            yield _button(*_written(button.type, at, value))


def _button(sub_type: str, at: int, *parameters: Json) -> Json:
    return {"type": "button", "sub_type": sub_type, "index": str(at), "parameters": [*parameters]}


def _written(kind: str, at: int, value: Any) -> tuple[Any, ...]:
    match kind:
        case ButtonType.QUICK_REPLY:
            return "quick_reply", at, {"type": "payload", "payload": value}
        case ButtonType.VOICE_CALL:
            said = [{"type": key, key: value[key]} for key in CALL_KEYS if value.get(key)]
            return "voice_call", at, *said
        case ButtonType.URL:
            return "url", at, {"type": "text", "text": encoded(value)}
        case ButtonType.COPY_CODE:
            return "copy_code", at, {"type": "coupon_code", "coupon_code": value}
        case _:
            return kind.lower(), at, {"type": "action", "action": value}


def encoded(suffix: str) -> str:
    """Percent-encoded, but for what is so already."""
    return quote(_ESCAPED.sub("%25", suffix), safe=_SAFE)


def _said(parameters: Parameters, place: str) -> dict[str, str]:
    return {
        key.removeprefix(f"{place}."): value
        for key, value in parameters.items()
        if key.startswith(f"{place}.") and isinstance(value, str)
    }
