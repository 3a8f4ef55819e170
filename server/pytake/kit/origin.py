"""Where a deed comes from: a request or a command. Nothing is known inside the pipeline, workers and the
calendar: there nobody asked.
"""

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

Door = Literal["http", "command"]


@dataclass(slots=True)
class Origin:
    """Filled in as more becomes known; one object for everything that happens on behalf of one request."""

    door: Door
    name: str
    """`POST`, or `pytake user create`."""
    writes: bool
    """False for a request that promises to change nothing (GET and HEAD)."""
    ip_address: str | None = None
    user_agent: str | None = None
    request_id: str | None = None
    user_id: UUID | None = None
    api_key_id: UUID | None = None
    organization_id: UUID | None = None
    details: dict[str, Any] = field(default_factory=dict)
    """What else the audit trail should say of it, such as who sits at the command line."""


ORIGIN: ContextVar[Origin | None] = ContextVar("origin", default=None)
