"""The ways out of a node, and where each leads when nobody drew a line from it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Otherwise(StrEnum):
    """What an exit without a line does."""

    END = "end"
    """The run is complete."""
    EXPIRE = "expire"
    """The person went silent: the run is over, as abandoned."""
    GIVE_UP = "give_up"
    """The bot says its fallback message, then a person takes over if the bot may hand off."""
    NEXT = "next"
    """As the exit `next`."""


@dataclass(frozen=True, slots=True)
class Handle:
    name: str
    otherwise: Otherwise = Otherwise.END
    expected: bool = True
    """Whether leaving it open is probably a mistake."""


NEXT: Final = Handle("next")
TIMEOUT: Final = Handle("timeout", Otherwise.EXPIRE, expected=False)
INVALID: Final = Handle("invalid", Otherwise.GIVE_UP, expected=False)
OTHER: Final = Handle("other", Otherwise.GIVE_UP, expected=False)


def option(option_id: str) -> Handle:
    return Handle(f"opt:{option_id}", Otherwise.NEXT)
