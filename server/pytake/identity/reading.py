"""Routes that only read, answered without the framework's tree of dependencies.

FastAPI reads their signatures, checks their parameters and describes them like all others. Only what it does
anew for every request is left out: working out what depends on what, and reading the same query again.
"""

from collections.abc import Callable, Coroutine, Iterable
from inspect import signature
from typing import Any, Final

from fastapi.dependencies.utils import request_params_to_args
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from typing_extensions import override

from pytake.identity.dependencies import Allowed
from pytake.kit.work import Work

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

MOST_QUERIES: Final = 1_000
"""Of one route, whose parameters are remembered."""


class ReadingRoute(APIRoute):
    """For endpoints that take a `Work` and parameters of path and query, and make their answer themselves.

    The work may be a `Glance`. Those of another shape are left to the framework.
    """

    lean: Handler | None = None
    """None: it is not of that shape."""

    @override
    def get_route_handler(self) -> Handler:
        endpoint = self.endpoint
        guard, name = self._guard()
        if guard is None or name is None:
            return super().get_route_handler()
        self._queries: dict[tuple[Any, ...], dict[str, Any]] = {}

        async def answer(request: Request) -> Response:
            async def read(work: Work) -> Response:
                response: Response = await endpoint(**self._parameters(request), **{name: work})
                return response

            return await guard.reading(request, read)

        self.lean = answer
        return answer

    def _parameters(self, request: Request) -> dict[str, Any]:
        """All who ask the same share them, so no endpoint may change them. Raises RequestValidationError."""
        asked = (request.scope["query_string"], *request.path_params.values())
        if (known := self._queries.get(asked)) is not None:
            return known
        described = self.dependant
        path, wrong = request_params_to_args(described.path_params, request.path_params)
        query, also_wrong = request_params_to_args(described.query_params, request.query_params)
        if wrong or also_wrong:
            raise RequestValidationError([*wrong, *also_wrong])
        if len(self._queries) >= MOST_QUERIES:
            self._queries.clear()
        return self._queries.setdefault(asked, {**path, **query})

    def _guard(self) -> tuple[Allowed | None, str | None]:
        """The one thing the endpoint depends on, and what it calls it."""
        described = self.dependant
        others = described.header_params or described.cookie_params or described.body_params
        is_lean = self.methods == {"GET"} and len(described.dependencies) == 1 and not others
        if not is_lean or not _makes_its_answer(self.endpoint) or described.request_param_name:
            return None, None
        only = described.dependencies[0]
        return (only.call, only.name) if isinstance(only.call, Allowed) else (None, None)


class ReadingFirst:
    """Stands before the router: reading routes whose paths have no parameters are found by their path."""

    def __init__(self, router: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self._router = router
        self._known = {
            route.path: (route, route.lean)
            for route in routes
            if isinstance(route, ReadingRoute) and route.lean is not None and not route.param_convertors
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        known = self._known.get(scope["path"]) if scope.get("method") == "GET" else None
        if known is None:
            await self._router(scope, receive, send)
            return
        route, answer = known
        scope.update(route=route, endpoint=route.endpoint, path_params={})
        response = await answer(Request(scope, receive, send))
        await response(scope, receive, send)


def _makes_its_answer(endpoint: Callable[..., Any]) -> bool:
    answers = signature(endpoint).return_annotation
    return isinstance(answers, type) and issubclass(answers, Response)
