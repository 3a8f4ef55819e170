"""How large the body of a request may be. A route that takes more than most says so where it is declared."""

from collections.abc import Iterator, Sequence
from re import Pattern
from typing import Any, Final

from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, compile_path
from starlette.types import Scope

BODY_LIMIT: Final = 65_536
"""Bytes of JSON that nobody types."""

WEBHOOKS: Final = "/webhooks/"
WEBHOOK_BODY_LIMIT: Final = 3 * 1_048_576
"""Meta's own limit for one delivery."""


class BodyUpTo:
    """A route's own limit: `dependencies=[Depends(BodyUpTo(262_144))]`. It is held to before the route is
    looked for, by the outermost layer.
    """

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self) -> None:
        pass


class BodyLimits:
    def __init__(self, routes: Sequence[BaseRoute] = ()) -> None:
        self._own = list(_declared(routes))

    def of(self, scope: Scope) -> int:
        method, path = scope["method"], scope["path"]
        if path.startswith(WEBHOOKS):
            return WEBHOOK_BODY_LIMIT
        for methods, pattern, most in self._own:
            if method in methods and pattern.match(path):
                return most
        return BODY_LIMIT


def _declared(routes: Sequence[BaseRoute]) -> Iterator[tuple[frozenset[str], Pattern[str], int]]:
    for context in iter_route_contexts(routes):
        dependant: Dependant | None = getattr(context, "dependant", None)
        calls: list[Any] = [each.call for each in dependant.dependencies] if dependant else []
        for call in calls:
            if isinstance(call, BodyUpTo) and context.path_format:
                pattern, _, _ = compile_path(context.path_format)
                yield frozenset(context.methods or ()), pattern, call.most
