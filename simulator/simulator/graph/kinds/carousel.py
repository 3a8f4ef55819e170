"""The cards of a carousel: two to ten, alike, each with its place."""

from typing import Any

from simulator.graph.errors import invalid, malformed
from simulator.graph.kinds.fields import a_link, a_list, a_text, an_object
from simulator.graph.kinds.media import check_media
from simulator.graph.kinds.products import check_product

Json = dict[str, Any]

CARDS = (2, 10)
CARD_TEXT_MOST = 160
LINE_BREAKS_MOST = 2
BUTTONS_MOST = 3
BUTTON_TITLE_MOST = 20
BUTTON_ID_MOST = 256

_KEYS = ("card_index", "type", "header", "body", "action")


def check_cards(action: Json) -> None:
    cards = [an_object(card, "cards", _KEYS) for card in a_list(action, "cards", "cards", *CARDS)]
    if [card.get("card_index") for card in cards] != list(range(len(cards))):
        raise invalid("Param card_index must count the cards from 0.")
    kinds = [_check_card(card) for card in cards]
    if any(kind != kinds[0] for kind in kinds):
        raise invalid("All cards must have the same type and the same buttons.")


def _check_card(card: Json) -> tuple[str, Any]:
    """What all cards of a message must have in common."""
    action = an_object(card.get("action"), "cards['action']")
    if card.get("type") == "product":
        check_product(action)
        return "product", action["catalog_id"]
    if card.get("type") != "cta_url":
        raise malformed(
            f'Param type of a card must be one of {{CTA_URL, PRODUCT}} - got "{card.get("type")}".'
        )
    _check_header(an_object(card.get("header"), "cards['header']"))
    if card.get("body") is not None:
        body = an_object(card["body"], "cards['body']", ("text",))
        text = a_text(body, "text", "Card body", CARD_TEXT_MOST)
        if text.count("\n") > LINE_BREAKS_MOST:
            raise invalid(f"Card body takes at most {LINE_BREAKS_MOST} line breaks.")
    return _check_link(action) if "name" in action else _check_replies(action)


def _check_header(header: Json) -> None:
    kind = header.get("type")
    if kind not in {"image", "video"}:
        raise invalid(f"Header type {kind} is not allowed for a card.")
    check_media(str(kind), header.get(str(kind)))


def _check_link(action: Json) -> tuple[str, Any]:
    if action.get("name") != "cta_url":
        raise invalid("Param action['name'] must be cta_url.")
    parameters = an_object(action.get("parameters"), "action['parameters']")
    a_text(parameters, "display_text", "Display text", BUTTON_TITLE_MOST)
    a_link(parameters.get("url"), "action['parameters']['url']")
    return "cta_url", 1


def _check_replies(action: Json) -> tuple[str, Any]:
    replies = [_reply(button) for button in a_list(action, "buttons", "buttons", 1, BUTTONS_MOST)]
    if len({reply["id"] for reply in replies}) < len(replies):
        raise invalid("Duplicated button id")
    return "quick_reply", len(replies)


def _reply(button: object) -> Json:
    fields = an_object(button, "buttons", ("type", "quick_reply"))
    if fields.get("type") != "quick_reply":
        raise invalid("Button type must be quick_reply.")
    reply = an_object(fields.get("quick_reply"), "buttons['quick_reply']", ("id", "title"))
    a_text(reply, "id", "Button id", BUTTON_ID_MOST)
    a_text(reply, "title", "Button title", BUTTON_TITLE_MOST)
    return reply
