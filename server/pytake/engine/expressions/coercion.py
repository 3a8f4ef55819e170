"""One kind of value seen as another. What cannot be seen so is an `Error`, not an exception."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Context, Decimal
from typing import Any, Final

from pytake.engine.expressions.errors import Error
from pytake.engine.limits import MAX_VALUE_CHARACTERS
from pytake.engine.text import shorten
from pytake.engine.values import Value, number, to_json

Coercion = Callable[[Value], Any]

ARITHMETIC: Final = Context(prec=28, Emax=100, Emin=-100, traps=[])
_NUMERIC: Final = re.compile(r"\s*[+-]?[0-9]{1,28}(?:[.,][0-9]{1,28})?\s*\Z")


def as_text(value: Value) -> Any:
    """How a value reads in a message, in Brazilian Portuguese."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sim" if value else "não"
    if isinstance(value, Error):
        return value
    return bounded(_written(value))


def _written(value: Value) -> str:
    match value:
        case int():
            return str(value)
        case Decimal():
            return format(value, "f").replace(".", ",")
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case list():
            return joined(value, ", ")
        case _:
            return json.dumps(to_json(value), ensure_ascii=False)


def joined(values: list[Value], separator: str) -> str:
    """The items as one text; it stops once it is too long to be a value."""
    written, room = [], MAX_VALUE_CHARACTERS
    for value in values:
        written.append(str(as_text(value)))
        room -= len(written[-1]) + len(separator)
        if room < 0:
            break
    return separator.join(written)


def as_number(value: Value) -> Any:
    if isinstance(value, bool):
        return Error("not_a_number", "sim" if value else "não")
    if isinstance(value, int | Decimal | Error):
        return value
    if isinstance(value, str) and _NUMERIC.match(value):
        return number(ARITHMETIC.create_decimal(value.strip().replace(",", ".")))
    return Error("no_value") if value is None else Error("not_a_number", _quoted(value))


def as_whole(value: Value) -> Any:
    found = as_number(value)
    if isinstance(found, int | Error):
        return found
    return Error("not_a_whole_number", _quoted(value))


def as_date(value: Value) -> Any:
    match value:
        case datetime():
            return value.date()
        case date() | Error():
            return value
        case str():
            return _read(date.fromisoformat, value.strip()[:10])
        case _:
            return Error("no_value") if value is None else Error("not_a_date", _quoted(value))


def as_moment(value: Value, now: datetime) -> Any:
    """A date with a time; a bare date is its midnight where the organization is."""
    match value:
        case datetime():
            return value.astimezone(now.tzinfo) if value.tzinfo else value.replace(tzinfo=now.tzinfo)
        case date():
            return datetime.combine(value, time(), now.tzinfo)
        case str():
            found = _read(datetime.fromisoformat, value.strip())
            return found if isinstance(found, Error) else as_moment(found, now)
        case Error():
            return value
        case _:
            return Error("not_a_date", _quoted(value))


def _read(reader: Callable[[str], Any], text: str) -> Any:
    try:
        return reader(text)
    except ValueError:
        return Error("not_a_date", shorten(text, 40))


def as_list(value: Value) -> Any:
    if isinstance(value, list | Error):
        return value
    return [] if value is None else Error("not_a_list", _quoted(value))


def as_is(value: Value) -> Any:
    return value


def truth(value: Value) -> bool:
    return bool(value) and not isinstance(value, Error)


def bounded(text: str) -> Any:
    return text if len(text) <= MAX_VALUE_CHARACTERS else Error("value_too_large")


def exact(value: int | Decimal) -> Any:
    """The result of arithmetic as a value: in range, and in its one form."""
    found = ARITHMETIC.plus(Decimal(value))
    return number(found) if found.is_finite() else Error("number_out_of_range")


def _quoted(value: Value) -> str:
    return shorten(str(as_text(value)), 40)
