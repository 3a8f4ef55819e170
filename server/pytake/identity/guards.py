"""Nobody comes in unasked: every route has a guard, or is named here."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol, runtime_checkable

from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.routing import BaseRoute

from pytake.identity.permissions import Permission

PUBLIC_ROUTES = frozenset(
    {
        "POST /api/v1/auth/login",
        "POST /api/v1/auth/refresh",
        "POST /api/v1/auth/logout",
        "POST /api/v1/auth/password/forgot",
        "POST /api/v1/auth/password/reset",
        "POST /api/v1/auth/links/look",
        "POST /api/v1/auth/email/verify",
        "POST /api/v1/invitations/accept",
        "GET /api/v1/outbox",
        "GET /api/v1/installation",
        "POST /api/v1/setup",
        "POST /api/v1/setup/look",
        "GET /api/v1/avatars/{avatar_token}",
        "GET /api/v1/media/files/{media_token}/{file_name}",
        "POST /api/v1/auth/email/change/confirm",
        "GET /livez",
        "GET /readyz",
        "GET /metrics",
        "GET /api/openapi.json",
    }
)


@runtime_checkable
class Guard(Protocol):
    """A dependency that lets nobody pass without proof of who they are."""

    guards: bool
    permission: Permission


def unguarded_routes(routes: Sequence[BaseRoute]) -> list[str]:
    """Routes that would let a stranger in. The application refuses to start with any."""
    return [
        name
        for context in iter_route_contexts(routes)
        for name in _names(context)
        if name not in PUBLIC_ROUTES and not _is_guarded(context)
    ]


def permissions_of(context: RouteContext) -> set[str]:
    """The permissions that a route's guards ask for."""
    dependant = getattr(context, "dependant", None)
    calls = _calls([dependant]) if dependant is not None else ()
    return {call.permission.value for call in calls if isinstance(call, Guard)}


def _names(context: RouteContext) -> Iterator[str]:
    path = context.path_format or context.path or repr(context.original_route)
    for method in sorted((context.methods or {"WS"}) - {"HEAD"}):
        yield f"{method} {path}"


def _is_guarded(context: RouteContext) -> bool:
    dependant = getattr(context, "dependant", None)
    return dependant is not None and any(isinstance(call, Guard) for call in _calls([dependant]))


def _calls(dependants: Iterable[Dependant]) -> Iterator[Any]:
    for dependant in dependants:
        if dependant.call is not None:
            yield dependant.call
        yield from _calls(dependant.dependencies)
