"""What a variable can hold, and how it is written as JSON and read back as the same thing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from pytake.engine.limits import MAX_VALUE_DEPTH
from pytake.engine.text import clean

Value = Any
"""text | int | Decimal | bool | date | datetime | list | dict | None; `Error` only inside an expression."""

_MAX_EXACT: Final = 2**53
_MAX_EXPONENT: Final = 100
_TAGS: Final = frozenset({"$decimal", "$date", "$datetime", "$object"})


def to_json(value: Value) -> Any:
    """JSON that `from_json` reads back as an equal value of the same type."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        written = {key: to_json(item) for key, item in value.items()}
        # An object from elsewhere that looks like one of our tags is wrapped, so it stays an object.
        return {"$object": written} if len(written) == 1 and next(iter(written)) in _TAGS else written
    return _to_tag(value)


def _to_tag(value: Decimal | date) -> dict[str, str]:
    match value:
        case Decimal():
            return {"$decimal": str(value)}
        case datetime():
            return {"$datetime": value.isoformat()}
        case _:
            return {"$date": value.isoformat()}


def from_json(value: Any) -> Value:
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if isinstance(value, dict):
        return _from_tag(value) if len(value) == 1 else {key: from_json(item) for key, item in value.items()}
    return value


def _from_tag(value: dict[str, Any]) -> Value:
    ((tag, inner),) = value.items()
    match tag:
        case "$decimal":
            return Decimal(inner)
        case "$date":
            return date.fromisoformat(inner)
        case "$datetime":
            return datetime.fromisoformat(inner)
        case "$object":
            return {key: from_json(item) for key, item in inner.items()}
        case _:
            return {tag: from_json(inner)}


def number(value: Decimal) -> int | Decimal:
    """A whole number as an int, so that a value has one form before and after it was stored."""
    if abs(value) <= _MAX_EXACT and value == value.to_integral_value():
        return int(value)
    return value


def from_outside(value: Any, depth: int = 0) -> Value:
    """A value for the engine out of anything a host or a phone hands in. Never raises."""
    if isinstance(value, Mapping | list | tuple):
        return None if depth >= MAX_VALUE_DEPTH else _container_from_outside(value, depth + 1)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if value is None or isinstance(value, bool | date):
        return value
    if isinstance(value, int | float | Decimal):
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return number(exact) if exact.is_finite() and abs(exact.adjusted()) < _MAX_EXPONENT else None
    return clean(str(value))


def _container_from_outside(value: Any, depth: int) -> Value:
    if isinstance(value, Mapping):
        return {clean(str(key)): from_outside(item, depth) for key, item in value.items()}
    return [from_outside(item, depth) for item in value]


def size(value: Value) -> int:
    """About how many bytes the value takes as JSON; cheap rather than exact."""
    match value:
        case str():
            return len(value) + 2 if value.isascii() else len(value.encode()) + 2
        case list():
            return 2 + sum(size(item) + 1 for item in value)
        case dict():
            return 2 + sum(size(key) + size(item) + 2 for key, item in value.items())
        case Decimal() | date():
            return 40
        case _:
            return 20
