"""Which flow a message starts. The text is folded once, the keywords when they are declared."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from pytake.engine.text import fold

__all__ = ["Match", "Trigger", "choose", "fold"]


class Match(StrEnum):
    """How much of the message must be the keyword. Each accepts what those above it accept."""

    EQUALS = "equals"
    FIRST_WORD = "first_word"
    """The message begins with the keyword, which may be several words."""
    CONTAINS = "contains"
    """The keyword's words stand together somewhere in the message."""


_STRENGTH: Final = {Match.EQUALS: 3, Match.FIRST_WORD: 2, Match.CONTAINS: 1}
_NOT: Final = 0
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Trigger:
    flow_id: str
    keywords: tuple[str, ...] = ()
    match: Match = Match.EQUALS
    number_id: str | None = None
    """The only WhatsApp number it listens to; None is all of them."""
    priority: int = 0
    created_at: datetime | None = None
    catch_all: bool = False
    """Also starts on a message no keyword recognises."""
    _phrases: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        folded = tuple(filter(None, map(fold, self.keywords)))
        object.__setattr__(self, "_phrases", folded)

    def fit(self, folded: str) -> tuple[int, int] | None:
        """How exact the trigger is, then how exactly it was met; None if not at all."""
        best = max((_fit(folded, phrase) for phrase in self._phrases), default=_NOT)
        if best >= _STRENGTH[self.match]:
            return _STRENGTH[self.match], best
        return (_NOT, _NOT) if self.catch_all else None


def _fit(folded: str, phrase: str) -> int:
    if folded == phrase:
        return _STRENGTH[Match.EQUALS]
    if folded.startswith(phrase + " "):
        return _STRENGTH[Match.FIRST_WORD]
    return _STRENGTH[Match.CONTAINS] if f" {phrase} " in f" {folded} " else _NOT


def choose(triggers: Iterable[Trigger], text: str | None, number_id: str | None) -> Trigger | None:
    """The best trigger for this text on this number.

    One for the number goes before one for all; then the more exact match; then priority; then the newest.
    """
    folded = fold(text or "")
    heard = [trigger for trigger in triggers if trigger.number_id in {None, number_id}]
    fitting = [(fit, trigger) for trigger in heard if (fit := trigger.fit(folded)) is not None]
    return max(fitting, key=_score)[1] if fitting else None


def _score(fitting: tuple[tuple[int, int], Trigger]) -> tuple[bool, tuple[int, int], int, datetime, str]:
    """The flow's id comes last, so that even a tie is decided the same way every time."""
    fit, trigger = fitting
    newness = trigger.created_at or _LONG_AGO
    return (trigger.number_id is not None, fit, trigger.priority, newness, trigger.flow_id)
