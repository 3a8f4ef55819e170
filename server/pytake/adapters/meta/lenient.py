"""Reading Meta's JSON without trusting it: anything may be missing, null, or of a neighbouring type."""

import math
import re
from typing import Any

from pytake.ports.whatsapp import Json

_MILLISECONDS_FROM = 10**12
_LAST_SECOND = 253_402_300_799  # the year 9999 ends; a datetime goes no further
_LONGEST_NUMBER = 20

_USER_ID = re.compile(r"[A-Z]{2}\.")


def text_of(value: Any) -> str | None:
    """A string that says something. Numbers stand where strings are documented, and the other way round."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def object_of(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def array_of(value: Any) -> list[Any]:
    """A missing array is empty; a lone thing where an array belongs is an array of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def number_of(value: Any) -> float | None:
    try:
        number = None if isinstance(value, bool) or value is None else float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if number is not None and math.isfinite(number) else None


def integer_of(value: Any) -> int | None:
    if isinstance(value, str) and len(value) > _LONGEST_NUMBER:
        return None
    try:
        return None if isinstance(value, bool) or value is None else int(value)
    except (TypeError, ValueError, OverflowError):
        return None


def timestamp_of(value: Any) -> int:
    """Unix seconds; 0 for anything that is no instant. Milliseconds have been met and are brought down."""
    seconds = integer_of(value) or 0
    if seconds >= _MILLISECONDS_FROM:
        seconds //= 1000
    return seconds if 0 < seconds <= _LAST_SECOND else 0


def identifiers_of(phone: Any, user_id: Any) -> tuple[str | None, str | None]:
    """(wa_id, user_id). A user id is found where a phone belongs, too, and is never taken for one."""
    wa_id, user = text_of(phone), text_of(user_id)
    if wa_id is not None and _USER_ID.match(wa_id):
        return None, user or wa_id
    return wa_id, user


def kept(source: Json, *keys: str) -> Json:
    """The texts that are there, under their own names."""
    return {key: text for key in keys if (text := text_of(source.get(key))) is not None}


def errors_of(value: Any) -> tuple[Json, ...]:
    """code, title and details of each error, as far as Meta gave them."""
    return tuple(_error_of(error) for error in array_of(value) if isinstance(error, dict))


def _error_of(error: Json) -> Json:
    data = error.get("error_data")
    said = {
        "code": integer_of(error.get("code")),
        "title": text_of(error.get("title")) or text_of(error.get("message")),
        "details": text_of(data.get("details") if isinstance(data, dict) else data),
    }
    return {key: part for key, part in said.items() if part is not None}
