"""A template message held against the template that exists: what Meta refuses when they do not fit."""

import re
from dataclasses import replace
from typing import Any

from simulator.graph.errors import GraphError, error_for
from simulator.templates import Template, Templates

Json = dict[str, Any]

_MARK = re.compile(r"\{\{")
_NEEDED = {"COPY_CODE": "copy_code", "OTP": "url", "MPM": "mpm"}


def check_against(templates: Templates, waba_id: str, message: Json) -> None:
    """Raises 132001, 132015, 132016, 132000, 132012 or 132018."""
    name, language = message["name"], message["language"]["code"]
    template = templates.find(waba_id, name, language)
    if template is None or template.status not in {"APPROVED", "PAUSED", "DISABLED"}:
        raise error_for(132001, f"template name ({name}) does not exist in {language}")
    if template.status != "APPROVED":
        raise error_for(132015 if template.status == "PAUSED" else 132016)
    sent = message.get("components") or []
    _check_parts(template, sent)
    _check_offer(template, sent)
    _check_cards(template, sent)


def _check_parts(template: Template, sent: list[Json]) -> None:
    """What a template and each of its cards have."""
    _check_header(template, sent)
    _check_texts(template, sent)
    _check_buttons(template, sent)


def _check_offer(template: Template, sent: list[Json]) -> None:
    expires = template.part("LIMITED_TIME_OFFER").get("limited_time_offer", {}).get("has_expiration") is True
    if expires != bool(_parameters(sent, "limited_time_offer")):
        raise error_for(
            132012, "limited_time_offer: the offer needs its expiration, and only one that has one"
        )


def _check_cards(template: Template, sent: list[Json]) -> None:
    cards = template.part("CAROUSEL").get("cards") or []
    given = [c["cards"] for c in sent if str(c.get("type", "")).lower() == "carousel"]
    _check_count("carousel", len(given[0]) if given else 0, len(cards))
    for card, said in zip(cards, given[0] if given else (), strict=True):
        _check_parts(replace(template, components=card["components"]), said["components"])


def _parameters(sent: list[Json], kind: str) -> list[Json]:
    return [p for c in sent if str(c.get("type", "")).lower() == kind for p in c.get("parameters") or ()]


def _check_header(template: Template, sent: list[Json]) -> None:
    header = template.part("HEADER")
    expected = header.get("format", "TEXT")
    given = _parameters(sent, "header")
    received = str(given[0].get("type", "")).upper() if given else "UNKNOWN"
    if expected not in {"TEXT", received}:
        raise error_for(132012, f"header: Format mismatch, expected {expected}, received {received}")
    if expected == "TEXT":
        _check_count("header", len(given), len(_MARK.findall(str(header.get("text", "")))))


def _check_texts(template: Template, sent: list[Json]) -> None:
    given = _parameters(sent, "body")
    names = set(re.findall(r"\{\{\s*([^{}]*?)\s*\}\}", template.text_of("BODY")))
    _check_count("body", len(given), len(names))
    if template.parameter_format == "NAMED" and {each.get("parameter_name") for each in given} != names:
        raise error_for(132012, "body: parameter names do not match the template's")


def _check_count(kind: str, given: int, expected: int) -> None:
    if given != expected:
        raise error_for(
            132000,
            f"{kind}: number of localizable_params ({given}) does not match the expected number of params "
            f"({expected})",
        )


def _check_buttons(template: Template, sent: list[Json]) -> None:
    given = {str(c.get("index")): c for c in sent if str(c.get("type", "")).lower() == "button"}
    for at, button in enumerate(template.part("BUTTONS").get("buttons") or ()):
        needed = _NEEDED.get(str(button.get("type")))
        if button.get("type") == "URL" and _MARK.search(str(button.get("url"))):
            needed = "url"
        if needed and str(given.get(str(at), {}).get("sub_type", "")).lower() != needed:
            raise _mismatch(f"buttons: button at index {at} of type {needed} requires a parameter")
    count = len(template.part("BUTTONS").get("buttons") or ())
    if any(not index.isdigit() or int(index) >= count for index in given):
        raise _mismatch("buttons: there is no such button")


def _mismatch(details: str) -> GraphError:
    return error_for(132018, details)
