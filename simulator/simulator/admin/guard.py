"""The edge of the admin API: JSON in, JSON out, and no page of another origin may steer it."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web

from simulator.core import Simulator
from simulator.customers import NothingToTapError, NotWrittenError
from simulator.faults import FaultError
from simulator.graph.calls import SIMULATOR
from simulator.identities import IdentityError
from simulator.registration import RegistrationError
from simulator.reviewing import TemplateDecisionError
from simulator.webhooks.handshake import HandshakeError

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class NotThereError(LookupError):
    """Something the path or the body names does not exist."""


class BadRequestError(ValueError):
    """The body says something impossible."""


_STATUS: dict[type[Exception], int] = {
    NotThereError: 404,
    BadRequestError: 400,
    FaultError: 400,
    RegistrationError: 400,
    TemplateDecisionError: 400,
    NothingToTapError: 409,
    NotWrittenError: 409,
    IdentityError: 409,
    HandshakeError: 422,
}


def guarded(handler: Handler, *, takes_files: bool = False) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        if not same_origin(request):
            return problem(403, "Requests from another origin are refused.")
        wants_json = request.method in {"POST", "PUT", "PATCH"} and not takes_files
        if wants_json and request.content_type != "application/json":
            return problem(415, "Content-Type must be application/json.")
        try:
            return await handler(request)
        except tuple(_STATUS) as error:
            return problem(_STATUS[type(error)], str(error))

    return handle


def same_origin(request: web.Request) -> bool:
    """A browser always says where a page comes from; other clients say nothing."""
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host


def problem(status: int, message: str) -> web.Response:
    return answer({"error": message}, status)


def answer(body: Json, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


def simulator_of(request: web.Request) -> Simulator:
    return request.app[SIMULATOR]


async def body_of(request: web.Request) -> Json:
    raw = await request.read()
    try:
        body = orjson.loads(raw) if raw else {}
    except orjson.JSONDecodeError as error:
        raise BadRequestError(f"The body is not JSON: {error}") from error
    if not isinstance(body, dict):
        raise BadRequestError("The body must be a JSON object.")
    return body


def query_number(request: web.Request, name: str, default: float) -> float:
    try:
        return float(request.query.get(name, default))
    except ValueError:
        raise BadRequestError(f"{name} must be a number.") from None
