"""A template's content, as the specification's columns hold it and as Meta's components say it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, Final

from pytake.kit.frozen import frozen
from pytake.whatsapp.templates.variables import in_order, names_in
from pytake.whatsapp.types import ButtonType, HeaderType, ParameterFormat, TemplateCategory

Json = dict[str, Any]

MEDIA: Final = frozenset({HeaderType.IMAGE, HeaderType.VIDEO, HeaderType.DOCUMENT})
_OF_CARDS: Final = frozenset({"HEADER", "BODY", "BUTTONS"})
_KNOWN: Final = _OF_CARDS | {"FOOTER", "LIMITED_TIME_OFFER", "CAROUSEL", "CALL_PERMISSION_REQUEST"}
_OWN_KEYS: Final = frozenset({"type", "text", "url", "phone_number", "example"})


@frozen
class Variable:
    place: str
    """`header` or `body`."""
    name: str
    example: str = ""


@frozen
class Button:
    type: str
    """One of ButtonType, or a kind that came after this was written."""
    text: str = ""
    url: str | None = None
    phone_number: str | None = None
    example: str | None = None
    """The whole address of a URL button, or the coupon of a COPY_CODE button."""
    more: Json = field(default_factory=dict)
    """What only some kinds have, under Meta's names: otp_type, flow_id, supported_apps …"""


@frozen
class Definition:
    name: str
    language: str
    category: TemplateCategory | None
    body_text: str = ""
    parameter_format: ParameterFormat = ParameterFormat.POSITIONAL
    header_type: HeaderType | None = None
    header_content: str | None = None
    """The line of a TEXT header; the sample's handle or address where the header is media."""
    footer_text: str | None = None
    buttons: tuple[Button, ...] = ()
    variables: tuple[Variable, ...] = ()
    add_security_recommendation: bool = False
    code_expiration_minutes: int | None = None
    offer_text: str | None = None
    """The line of a limited-time offer."""
    offer_expires: bool = False
    """The offer shows how much time is left, and each message says until when."""
    asks_to_call: bool = False
    """WhatsApp asks below the words whether the business may call."""
    cards: tuple["Definition", ...] = ()
    """Of a carousel: each with a header, words and buttons of its own, and neither name nor category."""
    strange: tuple[str, ...] = ()
    """Components that are not known here: such a template cannot be sent."""

    @property
    def header_names(self) -> tuple[str, ...]:
        return in_order(names_in(self.header_content)) if self.header_type == HeaderType.TEXT else ()

    @property
    def body_names(self) -> tuple[str, ...]:
        return in_order(names_in(self.body_text))

    @property
    def is_authentication(self) -> bool:
        return self.category == TemplateCategory.AUTHENTICATION

    def example_of(self, place: str, name: str) -> str:
        return next((v.example for v in self.variables if (v.place, v.name) == (place, name)), "")


# --- from Meta ------------------------------------------------------------------------------------------


def of_components(
    components: Sequence[Any],
    *,
    name: str,
    language: str,
    category: TemplateCategory | None,
    parameter_format: ParameterFormat = ParameterFormat.POSITIONAL,
) -> Definition:
    """Read what Meta lists. Anything may be missing: what cannot be read is left out, never guessed."""
    by_type = _by_type(components)
    header, body, footer = (by_type.get(kind, {}) for kind in ("HEADER", "BODY", "FOOTER"))
    header_type = _header_type(header)
    offer = _object(by_type.get("LIMITED_TIME_OFFER", {}).get("limited_time_offer"))
    cards = [_by_type(each.get("components")) for each in _objects(by_type.get("CAROUSEL", {}).get("cards"))]
    return Definition(
        name=name,
        language=language,
        category=category,
        parameter_format=parameter_format,
        header_type=header_type,
        header_content=_header_content(header, header_type),
        body_text=_text(body.get("text")) or "",
        footer_text=_text(footer.get("text")),
        buttons=tuple(_button(each) for each in _objects(by_type.get("BUTTONS", {}).get("buttons"))),
        variables=(*_variables("header", header, header_type), *_variables("body", body, None)),
        add_security_recommendation=body.get("add_security_recommendation") is True,
        code_expiration_minutes=_whole(footer.get("code_expiration_minutes")),
        offer_text=_text(offer.get("text")),
        offer_expires=offer.get("has_expiration") is True,
        asks_to_call="CALL_PERMISSION_REQUEST" in by_type,
        cards=tuple(_card(each, language, parameter_format) for each in cards),
        strange=tuple(sorted({*_strange(by_type, _KNOWN), *_strange_in_cards(cards)})),
    )


def _card(by_type: Mapping[str, Json], language: str, parameter_format: ParameterFormat) -> Definition:
    header, body = (by_type.get(kind, {}) for kind in ("HEADER", "BODY"))
    header_type = _header_type(header)
    return Definition(
        name="",
        language=language,
        category=None,
        parameter_format=parameter_format,
        header_type=header_type,
        header_content=_header_content(header, header_type),
        body_text=_text(body.get("text")) or "",
        buttons=tuple(_button(each) for each in _objects(by_type.get("BUTTONS", {}).get("buttons"))),
        variables=(*_variables("header", header, header_type), *_variables("body", body, None)),
    )


def _by_type(components: Any) -> dict[str, Json]:
    return {str(each.get("type", "")).upper(): each for each in _objects(components)}


def _strange(by_type: Mapping[str, Json], known: Collection[str]) -> Iterable[str]:
    yield from by_type.keys() - set(known)
    header = by_type.get("HEADER")
    if header and _header_type(header) is None:
        yield f"HEADER {header.get('format')}"
    if "CAROUSEL" in by_type and not _objects(by_type["CAROUSEL"].get("cards")):
        yield "CAROUSEL"
    offer = by_type.get("LIMITED_TIME_OFFER")
    if offer is not None and not _text(_object(offer.get("limited_time_offer")).get("text")):
        yield "LIMITED_TIME_OFFER"


def _strange_in_cards(cards: Iterable[Mapping[str, Json]]) -> Iterable[str]:
    for by_type in cards:
        for part in _strange(by_type, _OF_CARDS):
            yield f"CAROUSEL {part}"


def _header_type(header: Json) -> HeaderType | None:
    said = str(header.get("format", "")).upper()
    return HeaderType(said) if said in HeaderType.__members__ else None


def _header_content(header: Json, header_type: HeaderType | None) -> str | None:
    if header_type == HeaderType.TEXT:
        return _text(header.get("text"))
    return _first(_object(header.get("example")).get("header_handle")) if header_type in MEDIA else None


def _variables(place: str, component: Json, header_type: HeaderType | None) -> Iterable[Variable]:
    example = _object(component.get("example"))
    named = {
        str(each.get("param_name")): _text(each.get("example")) or ""
        for each in _objects(example.get(f"{place}_text_named_params"))
    }
    if place == "header" and header_type != HeaderType.TEXT:
        return
    names = in_order(names_in(_text(component.get("text"))))
    samples = _samples(example.get(f"{place}_text"))
    for number, name in enumerate(names):
        yield Variable(place, name, named.get(name) or (samples[number] if number < len(samples) else ""))


def _samples(value: Any) -> list[str]:
    """`body_text` is an array of arrays, `header_text` an array."""
    if isinstance(value, list) and value and isinstance(value[0], list):
        value = value[0]
    return [_text(each) or "" for each in value] if isinstance(value, list) else []


def _button(raw: Json) -> Button:
    return Button(
        type=str(raw.get("type", "")).upper(),
        text=_text(raw.get("text")) or "",
        url=_text(raw.get("url")),
        phone_number=_text(raw.get("phone_number")),
        example=_first(raw.get("example")),
        more={key: value for key, value in raw.items() if key not in _OWN_KEYS},
    )


# --- to Meta --------------------------------------------------------------------------------------------


def to_components(definition: Definition) -> list[Json]:
    """What `POST /{waba_id}/message_templates` takes. Of an authentication template Meta writes the words."""
    if definition.is_authentication:
        return _authentication(definition)
    components = [_written_header(definition)] if definition.header_type else []
    if definition.offer_text:
        components.append({"type": "LIMITED_TIME_OFFER", "limited_time_offer": _written_offer(definition)})
    components.append(_written_text(definition, "body", "BODY", definition.body_text))
    if definition.footer_text:
        components.append({"type": "FOOTER", "text": definition.footer_text})
    if definition.buttons:
        components.append(_written_buttons(definition))
    if definition.cards:
        cards = [{"components": _written_card(card)} for card in definition.cards]
        components.append({"type": "CAROUSEL", "cards": cards})
    if definition.asks_to_call:
        components.append({"type": "CALL_PERMISSION_REQUEST"})
    return components


def _written_card(card: Definition) -> list[Json]:
    components = [_written_header(card)] if card.header_type else []
    if card.body_text:
        components.append(_written_text(card, "body", "BODY", card.body_text))
    if card.buttons:
        components.append(_written_buttons(card))
    return components


def _written_offer(definition: Definition) -> Json:
    expires = {"has_expiration": True} if definition.offer_expires else {}
    return {"text": definition.offer_text, **expires}


def _written_buttons(definition: Definition) -> Json:
    return {"type": "BUTTONS", "buttons": [written(each) for each in definition.buttons]}


def _authentication(definition: Definition) -> list[Json]:
    body: Json = {"type": "BODY"}
    if definition.add_security_recommendation:
        body["add_security_recommendation"] = True
    components = [body]
    if definition.code_expiration_minutes is not None:
        components.append({"type": "FOOTER", "code_expiration_minutes": definition.code_expiration_minutes})
    return [*components, _written_buttons(definition)]


def _written_header(definition: Definition) -> Json:
    if definition.header_type == HeaderType.TEXT:
        header = _written_text(definition, "header", "HEADER", definition.header_content or "")
        return {"type": "HEADER", "format": "TEXT", **header}
    header = {"type": "HEADER", "format": str(definition.header_type)}
    if definition.header_type in MEDIA and definition.header_content:
        header["example"] = {"header_handle": [definition.header_content]}
    return header


def _written_text(definition: Definition, place: str, kind: str, text: str) -> Json:
    names = definition.header_names if place == "header" else definition.body_names
    component: Json = {"type": kind, "text": text}
    if not names:
        return component
    samples = [definition.example_of(place, name) for name in names]
    if definition.parameter_format == ParameterFormat.NAMED:
        pairs = zip(names, samples, strict=True)
        component["example"] = {
            f"{place}_text_named_params": [{"param_name": name, "example": said} for name, said in pairs]
        }
    else:
        component["example"] = {f"{place}_text": [samples] if place == "body" else samples}
    return component


def written(button: Button) -> Json:
    raw: Json = {"type": button.type}
    if button.text and button.type != ButtonType.COPY_CODE:
        raw["text"] = button.text
    raw |= {key: value for key in ("url", "phone_number") if (value := getattr(button, key))}
    if button.example:
        raw["example"] = button.example if button.type == ButtonType.COPY_CODE else [button.example]
    return raw | button.more


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value or None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(value: Any) -> int | None:
    said = _text(value)
    return int(said) if said and said.isdecimal() else None


def _first(value: Any) -> str | None:
    return _text(value[0] if isinstance(value, list) and value else value)


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
