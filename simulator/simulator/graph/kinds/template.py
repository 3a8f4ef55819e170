"""Template messages: their shape. Whether the template exists is for the templates to say."""

import re
from typing import Any

from simulator.graph.errors import invalid, malformed, missing
from simulator.graph.kinds.fields import a_list, an_object, short_enough
from simulator.graph.kinds.media import check_media
from simulator.graph.kinds.products import check_product, check_sections

Json = dict[str, Any]

PAYLOAD_MOST = 128
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_OF_CARDS = ("header", "body", "button")
_COMPONENTS = (*_OF_CARDS, "carousel", "limited_time_offer")
_BUTTONS = ("quick_reply", "url", "copy_code", "flow", "catalog", "mpm", "voice_call")
CARDS_MOST = 10
_MEDIA = ("image", "video", "document")
_UNPRINTABLE = re.compile(r"[\n\t]| {5,}")


def check_template(value: object) -> None:
    template = an_object(value, "template", ("name", "language", "components", "namespace"))
    name = template.get("name")
    if not isinstance(name, str) or not name:
        raise missing("Parameter 'template.name' is mandatory for type 'template'")
    if not _NAME.fullmatch(name):
        raise invalid("Template name may hold lower-case letters, digits and underscores only.")
    language = an_object(template.get("language"), "template['language']", ("code", "policy"))
    if not isinstance(language.get("code"), str) or not language["code"]:
        raise missing("Parameter 'template.language.code' is mandatory for type 'template'")
    components = template.get("components") or []
    if not isinstance(components, list):
        raise malformed("Param template['components'] must be an array.")
    for component in components:
        _check_component(an_object(component, "template['components']"), _COMPONENTS)


def _check_component(component: Json, known: tuple[str, ...]) -> None:
    kind = str(component.get("type", "")).lower()
    if kind not in known:
        raise malformed(
            f'Param type must be one of {{{", ".join(known).upper()}}} - got "{component.get("type")}".'
        )
    if kind == "carousel":
        _check_cards(component)
        return
    if kind == "button":
        _check_button(component)
    parameters = component.get("parameters") or []
    if not isinstance(parameters, list):
        raise malformed(f"Param parameters of {kind} must be an array.")
    for parameter in parameters:
        _check_parameter(an_object(parameter, f"parameters of {kind}"))


def _check_cards(carousel: Json) -> None:
    cards = a_list(carousel, "cards", "cards", 1, CARDS_MOST)
    for at, card in enumerate(cards):
        said = an_object(card, "cards", ("card_index", "components"))
        if str(said.get("card_index")) != str(at):
            raise invalid("Param card_index must count the cards from 0.")
        for component in a_list(said, "components", "components", 0, CARDS_MOST):
            _check_component(an_object(component, "cards['components']"), _OF_CARDS)


def _check_button(component: Json) -> None:
    if str(component.get("sub_type", "")).lower() not in _BUTTONS:
        raise malformed(f'Param sub_type "{component.get("sub_type")}" is not a kind of button.')
    index = component.get("index")
    if index is None or not str(index).isdigit() or int(index) > 9:  # noqa: PLR2004  # ten buttons
        raise malformed("Param index of a button must be between 0 and 9.")


def _check_parameter(parameter: Json) -> None:
    kind = str(parameter.get("type", "")).lower()
    if kind == "text":
        _check_text(parameter)
    elif kind == "payload":
        short_enough(parameter, "payload", "parameter", PAYLOAD_MOST)
    elif kind in _MEDIA:
        check_media(kind, parameter.get(kind), "filename")
    elif kind == "limited_time_offer":
        _check_offer(an_object(parameter.get("limited_time_offer"), "limited_time_offer"))
    elif kind == "product":
        check_product(an_object(parameter.get("product"), "product"))
    elif kind == "action" and "sections" in an_object(parameter.get("action"), "action"):
        check_sections(parameter["action"])
    elif not kind:
        raise missing("Parameter 'type' of a template parameter is mandatory")


def _check_offer(offer: Json) -> None:
    ends = offer.get("expiration_time_ms")
    if isinstance(ends, bool) or not isinstance(ends, int) or ends <= 0:
        raise invalid("Param expiration_time_ms must be a time in milliseconds.")


def _check_text(parameter: Json) -> None:
    text = parameter.get("text")
    if not isinstance(text, str) or not text:
        raise missing("Parameter of type text is missing text value")
    if _UNPRINTABLE.search(text):
        raise malformed("Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
