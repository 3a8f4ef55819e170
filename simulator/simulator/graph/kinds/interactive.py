"""The interactive messages: which parts each kind takes, and what its action may say."""

from collections.abc import Callable
from typing import Any

from simulator.graph.errors import invalid, malformed, missing
from simulator.graph.kinds.carousel import check_cards
from simulator.graph.kinds.fields import a_link, a_list, a_text, an_object, maybe_text
from simulator.graph.kinds.media import check_media
from simulator.graph.kinds.products import check_catalog, check_product, check_products

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
CALL_PAYLOAD_MOST = 512
CALL_MINUTES_MOST = 43_200

_MEDIA_HEADERS = ("image", "video", "document")
_TEXT_ABOVE = ("list", "product_list")
_WITHOUT: dict[str, tuple[str, ...]] = {
    "product": ("header",),
    "catalog_message": ("header",),
    "carousel": ("header", "footer"),
    "call_permission_request": ("header", "footer"),
}
_ADDRESS_COUNTRIES = ("IN", "SG")


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
    _check_parts(kind, message)
    _check_frame(message, LIST_BODY_MOST if kind == "list" else BODY_MOST)
    check(an_object(message.get("action"), "interactive['action']"))


def _check_parts(kind: str, message: Json) -> None:
    """Which parts a kind takes, and which it cannot do without."""
    for part in ("header", "footer"):
        if message.get(part) is not None and part in _WITHOUT.get(kind, ()):
            raise invalid(f"The {part} is not allowed for this interactive type.")
    if message.get("body") is None and kind != "product":
        raise missing("Parameter 'interactive.body' is mandatory for type 'interactive'")
    header = message.get("header")
    if kind == "product_list" and header is None:
        raise missing("Parameter 'interactive.header' is mandatory for type 'product_list'")
    if kind in _TEXT_ABOVE and header is not None and an_object(header, "header").get("type") != "text":
        raise invalid(f"Header type {header.get('type')} is not allowed for this interactive type.")


def _check_frame(message: Json, body_most: int) -> None:
    if message.get("body") is not None:
        body = an_object(message["body"], "interactive['body']", ("text",))
        a_text(body, "text", "Body text", body_most)
    if message.get("footer") is not None:
        footer = an_object(message["footer"], "interactive['footer']", ("text",))
        a_text(footer, "text", "Footer text", SHORT_MOST)
    if message.get("header") is not None:
        _check_header(an_object(message["header"], "interactive['header']"))


def _check_header(header: Json) -> None:
    kind = header.get("type")
    if kind == "text":
        a_text(header, "text", "Header text", SHORT_MOST)
    elif kind in _MEDIA_HEADERS:
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


def _check_call(action: Json) -> None:
    _named("voice_call")(action)
    known = ("display_text", "ttl_minutes", "payload")
    parameters = an_object(action.get("parameters") or {}, "action['parameters']", known)
    maybe_text(parameters, "display_text", "Display text", BUTTON_TITLE_MOST)
    maybe_text(parameters, "payload", "Payload", CALL_PAYLOAD_MOST)
    minutes = parameters.get("ttl_minutes", 1)
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 1 <= minutes <= CALL_MINUTES_MOST:
        raise invalid(f"Param ttl_minutes must be between 1 and {CALL_MINUTES_MOST}.")


def _check_address(action: Json) -> None:
    if _parameters(action, "address_message").get("country") not in _ADDRESS_COUNTRIES:
        raise invalid("Param action['parameters']['country'] must be one of {IN, SG}.")


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
    "call_permission_request": _named("call_permission_request"),
    "voice_call": _check_call,
    "address_message": _check_address,
    "product": check_product,
    "product_list": check_products,
    "catalog_message": check_catalog,
    "carousel": check_cards,
}
