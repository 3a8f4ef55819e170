"""Who sees which events. The one place that decides it for live sockets."""

from typing import Any

from pytake.realtime.types import Guest


def may_see(guest: Guest, type_: str, payload: dict[str, Any]) -> bool:  # noqa: ARG001 - what rules will ask for
    """Whoever may read conversations reads all of their organization's; rooms never mix organizations."""
    return True
