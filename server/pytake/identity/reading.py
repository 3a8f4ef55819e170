"""Routes that only read, answered without the framework's tree of dependencies.

FastAPI reads their signatures, checks their parameters and describes them like all others. Only what it does
anew for every request is left out: working out what depends on what.
"""

from collections.abc import Callable, Coroutine
from inspect import signature
from typing import Any

from fastapi.dependencies.utils import request_params_to_args
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import override

from pytake.identity.dependencies import Allowed

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ReadingRoute(APIRoute):
    """For endpoints that take a `Work` and parameters of path and query, and make their answer themselves.

    Those of another shape are left to the framework.
    """

    @override
    def get_route_handler(self) -> Handler:
        described, endpoint = self.dependant, self.endpoint
        guard, name = self._guard()
        if guard is None or name is None:
            return super().get_route_handler()

        async def answer(request: Request) -> Response:
            path, wrong = request_params_to_args(described.path_params, request.path_params)
            query, also_wrong = request_params_to_args(described.query_params, request.query_params)
            async with guard.opened(request) as work:
                if wrong or also_wrong:
                    raise RequestValidationError([*wrong, *also_wrong])
                response: Response = await endpoint(**path, **query, **{name: work})
            return response

        return answer

    def _guard(self) -> tuple[Allowed | None, str | None]:
        """The one thing the endpoint depends on, and what it calls it."""
        described = self.dependant
        others = described.header_params or described.cookie_params or described.body_params
        is_lean = self.methods == {"GET"} and len(described.dependencies) == 1 and not others
        if not is_lean or not _makes_its_answer(self.endpoint) or described.request_param_name:
            return None, None
        only = described.dependencies[0]
        return (only.call, only.name) if isinstance(only.call, Allowed) else (None, None)


def _makes_its_answer(endpoint: Callable[..., Any]) -> bool:
    answers = signature(endpoint).return_annotation
    return isinstance(answers, type) and issubclass(answers, Response)
