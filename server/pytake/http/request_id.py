"""The id of the request under way. A module of its own: logs name it in processes that never load the web."""

import re
from contextvars import ContextVar
from random import getrandbits
from typing import Final

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)

_GOOD: Final = re.compile(rb"[A-Za-z0-9._-]{8,64}")


def request_id(given: bytes) -> str:
    """What the caller calls it, where that may be an id; otherwise a new one."""
    return given.decode() if _GOOD.fullmatch(given) else f"{getrandbits(64):016x}"
