"""A template with its values, as `POST /{phone_number_id}/messages` takes it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from pytake.whatsapp.templates.definition import Definition
from pytake.whatsapp.templates.form import Field, FieldKind, form_of
from pytake.whatsapp.templates.issues import Issue, ParametersInvalid, issue
from pytake.whatsapp.templates.rules import BODY
from pytake.whatsapp.templates.variables import filled
from pytake.whatsapp.types import ButtonType, ParameterFormat

Json = dict[str, Any]
Parameters = Mapping[str, Any]
"""By the keys of the form: `{"body.1": "Maria", "header": {"media_id": "…"}, "buttons.0": "CONFIRM"}`."""

MEDIA_KINDS: Final = frozenset({FieldKind.IMAGE, FieldKind.VIDEO, FieldKind.DOCUMENT})
_UNPRINTABLE: Final = re.compile(r"[\n\r\t]| {5,}")
_ESCAPED: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE: Final = "%/?&=#:@!$'()*+,;-._~"
_LATITUDE: Final = 90
_LONGITUDE: Final = 180


def compiled(definition: Definition, parameters: Parameters) -> list[Json]:
    """The components to send; none for a template without variables. Raises ParametersInvalid."""
    if problems := list(parameter_issues(definition, parameters)):
        raise ParametersInvalid(problems)
    return [
        *_component("header", _header(definition, parameters)),
        *_component("body", _texts(definition, parameters, "body", _body_names(definition))),
        *_buttons(definition, parameters),
    ]


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
            yield from _value_issues(field, parameters[key])
    said = filled(definition.body_text, _said(parameters, "body"))
    if len(said) > BODY:
        yield issue("body", "too_long", actual=len(said), limit=BODY)


def _value_issues(field: Field, value: Any) -> Iterator[Issue]:
    if field.kind in MEDIA_KINDS:
        if not _is_media(value):
            yield issue(field.key, "parameter_media")
    elif field.kind == FieldKind.LOCATION:
        if not _is_location(value):
            yield issue(field.key, "parameter_location")
    elif field.kind in {FieldKind.FLOW, FieldKind.ACTION}:
        if not isinstance(value, dict):
            yield issue(field.key, "parameter_shape")
    elif not isinstance(value, str):
        yield issue(field.key, "parameter_shape")
    else:
        yield from _text_issues(field, value)


def _text_issues(field: Field, value: str) -> Iterator[Issue]:
    if not value.strip():
        yield issue(field.key, "parameter_empty")
    elif _UNPRINTABLE.search(value):
        yield issue(field.key, "parameter_whitespace")
    if field.limit is not None and len(value) > field.limit:
        yield issue(field.key, "too_long", actual=len(value), limit=field.limit)


def _is_media(value: Any) -> bool:
    if not isinstance(value, dict) or bool(value.get("media_id")) == bool(value.get("link")):
        return False
    link = value.get("link")
    return not link or (isinstance(link, str) and link.startswith(("http://", "https://")))


def _is_location(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    places = ((value.get("latitude"), _LATITUDE), (value.get("longitude"), _LONGITUDE))
    return all(
        isinstance(degrees, int | float) and not isinstance(degrees, bool) and abs(degrees) <= most
        for degrees, most in places
    ) and all(isinstance(value.get(key), str) and value[key].strip() for key in ("name", "address"))


# --- writing --------------------------------------------------------------------------------------------


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
    media = {"id": value["media_id"]} if value.get("media_id") else {"link": value["link"]}
    named = {"filename": value["filename"]} if kind == FieldKind.DOCUMENT and value.get("filename") else {}
    return [{"type": kind, kind: {**media, **named}}]


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


def _button(sub_type: str, at: int, parameter: Json) -> Json:
    return {"type": "button", "sub_type": sub_type, "index": str(at), "parameters": [parameter]}


def _written(kind: str, at: int, value: Any) -> tuple[str, int, Json]:
    match kind:
        case ButtonType.QUICK_REPLY:
            return "quick_reply", at, {"type": "payload", "payload": value}
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
