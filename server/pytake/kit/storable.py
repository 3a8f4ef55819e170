"""JSON from outside that PostgreSQL can hold: no NUL, no half of an emoji, no number beyond 64 bits."""

import math
import re
from typing import Annotated, Any, Final

from pydantic import AfterValidator

from pytake.kit.nesting import is_too_deep

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_LARGEST: Final = 2**63


def storable(value: dict[str, Any]) -> dict[str, Any]:
    """The same value. Raises ValueError with what is wrong with it."""
    if is_too_deep(value):
        raise ValueError("nested too deeply")
    waiting: list[Any] = [value]
    while waiting:
        match waiting.pop():
            case dict() as pairs:
                waiting += [*pairs.keys(), *pairs.values()]
            case list() as several:
                waiting += several
            case str() as text if _UNSTORABLE.search(text):
                raise ValueError("a character that cannot be stored: NUL, or half of a pair")
            case int() as number if not -_LARGEST <= number < _LARGEST:
                raise ValueError("a number that cannot be stored: beyond 64 bits")
            case float() as number if not math.isfinite(number):
                raise ValueError("a number that cannot be stored: not finite")
    return value


StorableJson = Annotated[dict[str, Any], AfterValidator(storable)]
