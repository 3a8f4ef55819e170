"""What the host knows at the moment of a turn. The engine has no other source of anything."""

from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pytake.engine.frozen import frozen
from pytake.engine.limits import DEFAULT_LIMITS, Limits


@frozen
class Context:
    now: datetime
    """Aware. The only clock there is."""
    timezone: str = "America/Sao_Paulo"
    contact: Mapping[str, Any] = field(default_factory=dict)
    """name, phone, email, username … and `attributes`: a mapping of the organization's own fields."""
    organization: str = ""
    bot: str = ""
    fallback_message: str | None = None
    """The bot's present fallback; None means the one the flow was published with."""
    auto_handoff: bool = True
    limits: Limits = DEFAULT_LIMITS

    @property
    def local_now(self) -> datetime:
        return self.now.astimezone(zone(self.timezone))


@lru_cache(maxsize=256)
def zone(name: str) -> tzinfo:
    """The time zone of that name; UTC for one nobody knows: a typing mistake stops no conversation."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return UTC
