"""Reply buttons, lists, links, flows and the two requests: the interactive messages."""

from collections.abc import Callable
from typing import Any

from simulator.graph.errors import invalid, malformed, missing
from simulator.graph.kinds.fields import a_link, a_list, a_text, an_object, maybe_text
from simulator.graph.kinds.media import check_media

Json = dict[str, Any]

BODY_MOST = 1024
LIST_BODY_MOST = 4096
SHORT_MOST = 60
BUTTONS_MOST = 3
BUTTON_TITLE_MOST = 20
BUTTON_ID_MOST = 256
SECTIONS_MOST = 10
ROWS_MOST = 10
SECTION_TITLE_MOST = 24
ROW_TITLE_MOST = 24
ROW_ID_MOST = 200
ROW_DESCRIPTION_MOST = 72
FLOW_CTA_MOST = 30

_MEDIA_HEADERS = ("image", "video", "document")


def check_interactive(value: object) -> None:
    message = an_object(value, "interactive", ("type", "header", "body", "footer", "action"))
    kind = message.get("type")
    if kind is None:
        raise missing("Parameter 'interactive.type' is mandatory for type 'interactive'")
    check = _KINDS.get(kind) if isinstance(kind, str) else None
    if check is None:
        raise malformed(
            f"Param interactive['type'] must be one of {{{', '.join(sorted(_KINDS))}}} - got \"{kind}\"."
        )
    _check_frame(message, LIST_BODY_MOST if kind == "list" else BODY_MOST, text_header_only=kind == "list")
    check(an_object(message.get("action"), "interactive['action']"))


def _check_frame(message: Json, body_most: int, *, text_header_only: bool) -> None:
    body = message.get("body")
    if body is None:
        raise missing("Parameter 'interactive.body' is mandatory for type 'interactive'")
    a_text(an_object(body, "interactive['body']", ("text",)), "text", "Body text", body_most)
    if message.get("footer") is not None:
        footer = an_object(message["footer"], "interactive['footer']", ("text",))
        a_text(footer, "text", "Footer text", SHORT_MOST)
    if message.get("header") is not None:
        _check_header(
            an_object(message["header"], "interactive['header']"), text_header_only=text_header_only
        )


def _check_header(header: Json, *, text_header_only: bool) -> None:
    kind = header.get("type")
    if kind == "text":
        a_text(header, "text", "Header text", SHORT_MOST)
    elif kind in _MEDIA_HEADERS and not text_header_only:
        check_media(str(kind), header.get(str(kind)), "filename")
    else:
        raise invalid(f"Header type {kind} is not allowed for this interactive type.")


def _check_buttons(action: Json) -> None:
    buttons = a_list(action, "buttons", "buttons", 1, BUTTONS_MOST)
    replies = [_reply(button) for button in buttons]
    _all_different([reply["id"] for reply in replies], "Duplicated button id")
    _all_different([reply["title"] for reply in replies], "Duplicated button title")


def _reply(button: object) -> Json:
    fields = an_object(button, "buttons", ("type", "reply"))
    if fields.get("type") != "reply":
        raise invalid("Button type must be reply.")
    reply = an_object(fields.get("reply"), "buttons['reply']", ("id", "title"))
    identity = a_text(reply, "id", "Button id", BUTTON_ID_MOST)
    if identity != identity.strip():
        raise invalid("Button id may not begin or end with a space.")
    a_text(reply, "title", "Button title", BUTTON_TITLE_MOST)
    return reply


def _all_different(values: list[str], refusal: str) -> None:
    if len(set(values)) != len(values):
        raise invalid(refusal)


def _check_list(action: Json) -> None:
    a_text(action, "button", "Button text", BUTTON_TITLE_MOST)
    sections = [
        an_object(section, "sections", ("title", "rows"))
        for section in a_list(action, "sections", "sections", 1, SECTIONS_MOST)
    ]
    rows: list[Json] = []
    for section in sections:
        if len(sections) > 1 and not section.get("title"):
            raise missing("Section title is mandatory with more than one section")
        maybe_text(section, "title", "Section title", SECTION_TITLE_MOST)
        rows += [_row(row) for row in a_list(section, "rows", "rows", 1, ROWS_MOST)]
    if len(rows) > ROWS_MOST:
        raise invalid(f"Total row count exceed max allowed count: {ROWS_MOST}")
    _all_different([row["id"] for row in rows], "Duplicated row id")


def _row(row: object) -> Json:
    fields = an_object(row, "rows", ("id", "title", "description"))
    a_text(fields, "id", "Row id", ROW_ID_MOST)
    a_text(fields, "title", "Row title", ROW_TITLE_MOST)
    maybe_text(fields, "description", "Row description", ROW_DESCRIPTION_MOST)
    return fields


def _parameters(action: Json, name: str) -> Json:
    _named(name)(action)
    return an_object(action.get("parameters"), "action['parameters']")


def _check_link(action: Json) -> None:
    parameters = _parameters(action, "cta_url")
    a_text(parameters, "display_text", "Display text", BUTTON_TITLE_MOST)
    a_link(parameters.get("url"), "action['parameters']['url']")


def _check_flow(action: Json) -> None:
    parameters = _parameters(action, "flow")
    if not (parameters.get("flow_id") or parameters.get("flow_name")):
        raise missing("Parameter 'flow_id' or 'flow_name' is mandatory")
    a_text(parameters, "flow_cta", "Flow CTA", FLOW_CTA_MOST)
    a_text(parameters, "flow_message_version", "Flow message version", 8)
    payload = parameters.get("flow_action_payload")
    if payload is not None and an_object(payload, "flow_action_payload").get("data") == {}:
        raise invalid("flow_action_payload['data'] must not be an empty object.")


def _named(name: str) -> Callable[[Json], None]:
    def check(action: Json) -> None:
        if action.get("name") != name:
            raise invalid(f"Param action['name'] must be {name}.")

    return check


_KINDS: dict[str, Callable[[Json], None]] = {
    "button": _check_buttons,
    "list": _check_list,
    "cta_url": _check_link,
    "flow": _check_flow,
    "location_request_message": _named("send_location"),
    "request_contact_info": _named("request_contact_info"),
}
