"""Bytes from Meta as JSON that can be stored: what PostgreSQL refuses in a string or a number is mended."""

import json
import math
import re
from typing import Any

import orjson

from pytake.kit.nesting import DEEPEST, is_too_deep

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST_INTEGER = 2**63


class JsonError(ValueError):
    """The bytes are not JSON, or nested too deeply to be handled safely."""


def parse(body: bytes) -> Any:
    """Read JSON. orjson takes what is well formed; the rest goes the slow way and is mended."""
    try:
        value, is_clean = orjson.loads(body), b"\\u0000" not in body
    except orjson.JSONDecodeError:
        value, is_clean = _read_leniently(body), False
    if body.count(b"{") + body.count(b"[") > DEEPEST and is_too_deep(value):
        raise JsonError("nested too deeply")
    return value if is_clean else _mended(value)


def _read_leniently(body: bytes) -> Any:
    """`json` accepts what orjson refuses: unpaired surrogates, NaN, control characters."""
    text = body.decode("utf-8-sig", errors="replace")
    try:
        return json.loads(text, strict=False)
    except RecursionError as error:
        raise JsonError("nested too deeply") from error
    except ValueError as error:
        raise JsonError(str(error)) from error


def _mended(value: Any) -> Any:
    match value:
        case str():
            return _mended_text(value)
        case dict():
            return {_mended_text(key): _mended(child) for key, child in value.items()}
        case list():
            return [_mended(child) for child in value]
        case float() if not math.isfinite(value):
            return None
        case int() if not -_LARGEST_INTEGER <= value < _LARGEST_INTEGER:
            return str(value)
        case _:
            return value


def _mended_text(text: str) -> str:
    return _LONE_SURROGATE.sub("\ufffd", text).replace("\0", "")
