"""Who a request comes from, as far as the connection and its headers tell."""

from ipaddress import ip_address

from starlette.types import Scope

from pytake.kit.origin import Origin

_PROMISES_NOTHING_CHANGES = frozenset({"GET", "HEAD", "OPTIONS"})


def caller_of(scope: Scope, request_id: str) -> Origin:
    """The address is the connection's, or what a trusted proxy says (`PYTAKE_TRUSTED_PROXIES`)."""
    method: str = scope["method"]
    return Origin(
        "http",
        method,
        writes=method not in _PROMISES_NOTHING_CHANGES,
        ip_address=_address(scope.get("client")),
        user_agent=_user_agent(scope),
        request_id=request_id,
    )


def _address(client: tuple[str, int] | None) -> str | None:
    """None for a socket without addresses. PostgreSQL knows no zones."""
    if not client:
        return None
    try:
        return str(ip_address(client[0].partition("%")[0]))
    except ValueError:
        return None


def _user_agent(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"user-agent":
            return str(value, "latin-1")
    return None
