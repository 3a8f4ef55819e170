"""Makes any JSON value one that MongoDB can hold."""

from collections.abc import Mapping
from typing import Any

import orjson

_DEEPEST = 100
"""MongoDB refuses documents nested deeper than 180; what lies below this is kept as JSON text."""

_LARGEST, _SMALLEST = 2**63 - 1, -(2**63)


def storable(value: Any, depth: int = 0) -> Any:
    if isinstance(value, Mapping):
        if depth >= _DEEPEST:
            return orjson.dumps(value).decode()
        return {key: storable(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        if depth >= _DEEPEST:
            return orjson.dumps(value).decode()
        return [storable(item, depth + 1) for item in value]
    if isinstance(value, int) and not _SMALLEST <= value <= _LARGEST:
        return str(value)
    return value
