"""What Meta refuses of a carousel, but for what its cards share with every template."""

from collections.abc import Iterator
from typing import Any

from simulator.graph.template_refusal import refused

Json = dict[str, Any]

CARDS_LEAST, CARDS_MOST, TEXT_MOST, BUTTONS_MOST = 2, 10, 160, 2
_PARTS = frozenset({"HEADER", "BODY", "BUTTONS"})
_HEADERS = frozenset({"IMAGE", "VIDEO", "PRODUCT"})
_BUTTONS = frozenset({"QUICK_REPLY", "URL", "PHONE_NUMBER", "SPM"})


def cards_of(by_type: dict[str, Json], category: str) -> Iterator[dict[str, Json]]:
    """The components of each card by their types, looked at."""
    if category != "MARKETING":
        raise _refused("Only marketing templates have cards.")
    if by_type.keys() - {"BODY", "CAROUSEL"}:
        raise _refused("With cards a template has a body only.")
    cards = [_by_type(card) for card in by_type["CAROUSEL"].get("cards") or ()]
    if not CARDS_LEAST <= len(cards) <= CARDS_MOST:
        raise _refused("A carousel has 2 to 10 cards.")
    if any(_likeness(card) != _likeness(cards[0]) for card in cards):
        raise _refused("All cards must have the same components.")
    for card in cards:
        _check(card)
        yield card


def _by_type(card: Json) -> dict[str, Json]:
    return {str(each.get("type")): each for each in card.get("components") or ()}


def _kinds(card: dict[str, Json]) -> list[Any]:
    return [each.get("type") for each in card.get("BUTTONS", {}).get("buttons") or ()]


def _likeness(card: dict[str, Json]) -> tuple[Any, ...]:
    return sorted(card), card.get("HEADER", {}).get("format"), _kinds(card)


def _check(card: dict[str, Json]) -> None:
    if strange := sorted(card.keys() - _PARTS):
        raise _refused(f"A card has no component {strange[0]}.")
    if card.get("HEADER", {}).get("format") not in _HEADERS:
        raise _refused("A card needs an image, a video or a product.")
    if len(str(card.get("BODY", {}).get("text", ""))) > TEXT_MOST:
        raise _refused("The body of a card has at most 160 characters.")
    kinds = _kinds(card)
    if len(kinds) > BUTTONS_MOST or not _BUTTONS.issuperset(kinds):
        raise _refused("A card has at most two buttons: quick replies, addresses, phones or products.")


def _refused(why: str) -> Exception:
    return refused(None, "Invalid carousel", why)
