"""Who a request comes from, as far as the connection and its headers tell."""

from starlette.types import Scope

from pytake.http.addresses import address_in
from pytake.kit.origin import Origin

_PROMISES_NOTHING_CHANGES = frozenset({"GET", "HEAD", "OPTIONS"})


def origin_of(scope: Scope, request_id: str) -> Origin:
    """The address is the connection's, or what a trusted proxy says (`PYTAKE_TRUSTED_PROXIES`)."""
    method: str = scope["method"]
    return Origin(
        "http",
        method,
        writes=method not in _PROMISES_NOTHING_CHANGES,
        ip_address=address_in(scope),
        user_agent=_user_agent(scope),
        request_id=request_id,
    )


def _user_agent(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"user-agent":
            return str(value, "latin-1")
    return None
