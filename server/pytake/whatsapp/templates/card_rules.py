"""Meta's limits on a carousel: two to ten cards, all of one kind, below words that stand alone."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pytake.whatsapp.templates.button_rules import issues_of_button
from pytake.whatsapp.templates.definition import Definition
from pytake.whatsapp.templates.issues import Issue, issue
from pytake.whatsapp.templates.text_rules import short, variable_issues
from pytake.whatsapp.types import ButtonType, HeaderType, TemplateCategory

LEAST, MOST = 2, 10
CARD_TEXT: Final = 160
BUTTONS: Final = 2

_HEADERS: Final = frozenset({HeaderType.IMAGE, HeaderType.VIDEO, HeaderType.PRODUCT})
_BUTTONS: Final = frozenset({ButtonType.QUICK_REPLY, ButtonType.URL, ButtonType.PHONE_NUMBER, ButtonType.SPM})


def card_issues(definition: Definition) -> Iterator[Issue]:
    cards = definition.cards
    if not cards:
        return
    if not LEAST <= len(cards) <= MOST:
        yield issue("cards", "cards_count", actual=len(cards))
    if definition.category not in {TemplateCategory.MARKETING, None}:
        yield issue("category", "cards_category")
    if definition.header_type or definition.footer_text or definition.buttons or definition.offer_text:
        yield issue("cards", "cards_alone")
    if any(_likeness(card) != _likeness(cards[0]) for card in cards):
        yield issue("cards", "cards_alike")
    for at, card in enumerate(cards):
        for found in _card(card):
            yield replace(found, path=f"cards.{at}.{found.path}")


def _likeness(card: Definition) -> tuple[object, ...]:
    """What all cards must have in common."""
    return card.header_type, bool(card.body_text), tuple(each.type for each in card.buttons)


def _card(card: Definition) -> Iterator[Issue]:
    if card.header_type not in _HEADERS:
        yield issue("header_type", "card_header")
    elif card.header_type != HeaderType.PRODUCT and not card.header_content:
        yield issue("header_content", "header_sample_required")
    yield from short("body_text", card.body_text, CARD_TEXT)
    yield from variable_issues(card, "body", card.body_text)
    if len(card.buttons) > BUTTONS:
        yield issue("buttons", "buttons_too_many", actual=len(card.buttons), limit=BUTTONS)
    texts = Counter(each.text.strip().casefold() for each in card.buttons)
    for at, button in enumerate(card.buttons):
        if button.type not in _BUTTONS:
            yield issue(f"buttons.{at}.type", "card_button")
        elif texts[button.text.strip().casefold()] > 1:
            yield issue(f"buttons.{at}.text", "button_twice")
        yield from issues_of_button(f"buttons.{at}", button)
