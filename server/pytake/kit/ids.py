"""Identifiers that sort by the time they were made."""

import secrets
import threading
import time
from uuid import UUID

_RANDOM_BITS = 74
_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """A UUID of version 7 (RFC 9562), strictly rising within one process.

    48 bits of Unix milliseconds, then 74 bits: random in a new millisecond, counted up within one. Rows made
    together land on the same index pages, and messages made in one transaction (so at one `now()`) keep
    their order by id.
    """
    global _last  # noqa: PLW0603 - the counter is the process's, like the clock
    fresh = (time.time_ns() // 1_000_000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS - 8)
    with _lock:
        _last = value = max(fresh, _last + 1)
    milliseconds, random = value >> _RANDOM_BITS, value & ((1 << _RANDOM_BITS) - 1)
    high = milliseconds << 16 | 0x7000 | random >> 62
    low = 0b10 << 62 | random & ((1 << 62) - 1)
    return UUID(int=high << 64 | low)
