"""What Meta refuses of a template: code 100, and the reason in the subcode and its words."""

import re
from collections.abc import Callable
from typing import Any

from simulator.graph.card_rules import cards_of
from simulator.graph.code_rules import check_code
from simulator.graph.offer_rules import check_offer
from simulator.graph.template_refusal import refused
from simulator.templates import CATEGORIES

Json = dict[str, Any]

NAME_EXISTS = 2388024
MANY_TEMPLATES = 2388019
NOT_EDITABLE = 2388039
TOO_LONG = 2388040
MISSING = 2388043
HEADER, BODY, FOOTER = 2388047, 2388072, 2388073
MANY_VARIABLES, DANGLING = 2388293, 2388299

_NAME = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
_MARK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_KINDS = frozenset(
    {"HEADER", "BODY", "FOOTER", "BUTTONS", "LIMITED_TIME_OFFER", "CAROUSEL", "CALL_PERMISSION_REQUEST"}
)
_FORMATS = frozenset({"TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION", "PRODUCT"})
_SAMPLES = {"IMAGE": "image/", "VIDEO": "video/", "DOCUMENT": "application/pdf"}
HEADER_MOST, BODY_MOST, FOOTER_MOST, LABEL_MOST, BUTTONS_MOST = 60, 1024, 60, 25, 10
_MOST = {"QUICK_REPLY": 10, "URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1}


def check_names(body: Json) -> None:
    if not _NAME.fullmatch(str(body.get("name", ""))):
        raise refused(
            None, "Invalid template name", "The name takes lower-case letters, digits and underscores only."
        )
    if not _LANGUAGE.fullmatch(str(body.get("language", ""))):
        raise refused(None, "Invalid language", "The language is not supported for message templates.")
    if body.get("category") not in CATEGORIES:
        raise refused(None, "Invalid category", "The category must be MARKETING, UTILITY or AUTHENTICATION.")


TypeBehind = Callable[[str], str | None]
"""Of which type the file behind a handle is; None when nobody uploaded it."""


def check_components(
    components: object, category: str, parameter_format: str, type_behind: TypeBehind
) -> list[Json]:
    if not isinstance(components, list) or not all(isinstance(each, dict) for each in components):
        raise refused(MISSING, "Components are missing", "The template has no components.")
    by_type = {str(each.get("type")): each for each in components}
    if strange := sorted(by_type.keys() - _KINDS):
        raise refused(None, "Unknown component", f"There is no component {strange[0]}.")
    if "BODY" not in by_type:
        raise refused(MISSING, "A body is missing", "Every template needs a BODY component.")
    if category == "AUTHENTICATION":
        check_code(by_type)
        return components
    _check_header(by_type.get("HEADER"), parameter_format, type_behind)
    _check_body(by_type["BODY"], parameter_format)
    _check_footer(by_type.get("FOOTER"))
    _check_buttons(by_type.get("BUTTONS", {}).get("buttons", []))
    if "LIMITED_TIME_OFFER" in by_type:
        check_offer(by_type, category)
    if "CAROUSEL" in by_type:
        for card in cards_of(by_type, category):
            _check_header(card.get("HEADER"), parameter_format, type_behind)
            if "BODY" in card:
                _check_samples(card["BODY"], str(card["BODY"].get("text", "")), "body_text", parameter_format)
            _check_buttons(card.get("BUTTONS", {}).get("buttons", []))
    return components


def _check_header(header: Json | None, parameter_format: str, type_behind: TypeBehind) -> None:
    if header is None:
        return
    if header.get("format") not in _FORMATS:
        raise refused(HEADER, "Invalid header", "The format of the header is not supported.")
    if header["format"] == "TEXT":
        text = str(header.get("text", ""))
        if not text or len(text) > HEADER_MOST or re.search(r"[*_~`\n]", _MARK.sub("", text)):
            raise refused(
                HEADER, "Invalid header", "A header has 1 to 60 characters without formatting or line breaks."
            )
        if len(_MARK.findall(text)) > 1:
            raise refused(HEADER, "Invalid header", "A header takes one variable.")
        _check_samples(header, text, "header_text", parameter_format)
    elif header["format"] in _SAMPLES:
        _check_file(header, type_behind)


def _check_file(header: Json, type_behind: TypeBehind) -> None:
    """A handle of the app's own, or the address that Meta has shown of an earlier one."""
    handles = header.get("example", {}).get("header_handle") or [""]
    handle = str(handles[0])
    if handle.startswith("https://"):
        return
    if (file_type := type_behind(handle)) is None:
        raise refused(
            MISSING, "A sample is missing", "A header with media needs a handle of the Resumable Upload API."
        )
    if not file_type.startswith(_SAMPLES[header["format"]]):
        raise refused(HEADER, "Invalid header", f"A header of {header['format']} shows no {file_type}.")


def _check_body(body: Json, parameter_format: str) -> None:
    text = str(body.get("text", ""))
    if not text.strip():
        raise refused(BODY, "Invalid body", "The body must not be empty.")
    if len(text) > BODY_MOST:
        raise refused(TOO_LONG, "Character limit", "The body has more than 1024 characters.")
    marks = list(_MARK.finditer(text))
    if marks:
        if not text[: marks[0].start()].strip() or not text[marks[-1].end() :].strip():
            raise refused(DANGLING, "Variables can't be at the start or end of the template.")
        if len(_MARK.sub("x", text).split()) < 2 * len(marks) + 1:
            raise refused(
                MANY_VARIABLES, "Too many variables", "There are too many variables for the text's length."
            )
    _check_samples(body, text, "body_text", parameter_format)


def _check_samples(component: Json, text: str, key: str, parameter_format: str) -> None:
    names = set(_MARK.findall(text))
    if not names:
        return
    example = component.get("example") or {}
    if parameter_format == "NAMED":
        given = {each.get("param_name") for each in example.get(f"{key}_named_params") or ()}
        complete = names <= given
    else:
        samples = example.get(key) or []
        flat = samples[0] if samples and isinstance(samples[0], list) else samples
        complete = names == {str(number + 1) for number in range(len(names))} and len(flat) >= len(names)
    if not complete:
        raise refused(MISSING, "Samples are missing", "Every variable needs a number or name, and a sample.")


def _check_footer(footer: Json | None) -> None:
    if footer and "text" in footer and not 0 < len(str(footer["text"])) <= FOOTER_MOST:
        raise refused(FOOTER, "Invalid footer", "A footer has 1 to 60 characters.")


def _check_buttons(buttons: object) -> None:
    if not isinstance(buttons, list):
        raise refused(MISSING, "Buttons are missing")
    kinds = [str(each.get("type")) for each in buttons]
    if "OTP" in kinds:
        raise refused(None, "Invalid button", "Only authentication templates have a button for a code.")
    if len(kinds) > BUTTONS_MOST or any(kinds.count(kind) > most for kind, most in _MOST.items()):
        raise refused(None, "Too many buttons", "There are more buttons of one kind than a template takes.")
    replies = "".join("r" if kind == "QUICK_REPLY" else "o" for kind in kinds)
    if "r" in replies.strip("o").replace("r", " ").strip() or "o" in replies.strip("o"):
        raise refused(None, "Invalid order of buttons", "Quick replies must form one group.")
    for button in buttons:
        if len(str(button.get("text", ""))) > LABEL_MOST:
            raise refused(TOO_LONG, "Character limit", "A button has more than 25 characters.")
        if button.get("type") == "URL" and _MARK.search(str(button.get("url"))) and not button.get("example"):
            raise refused(MISSING, "Samples are missing", "An address with a variable needs an example.")
