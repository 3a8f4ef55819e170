"""A Graph call: who asks for what, and how an answer or a refusal leaves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

from simulator.accounts import BusinessAccount, Number
from simulator.core import Simulator
from simulator.graph.errors import GraphError, error_for, expired_token, malformed, missing_object
from simulator.world import World

Json = dict[str, Any]

SIMULATOR = web.AppKey("simulator", Simulator)


@dataclass(slots=True)
class Call:
    simulator: Simulator
    request: web.Request
    node: str
    token: str

    @property
    def world(self) -> World:
        return self.simulator.world

    def number(self) -> Number:
        """The number the path names, if the token may act for it."""
        number = self.world.accounts.numbers.get(self.node)
        if number is None or not self.world.accounts.token_reaches_number(self.token, self.node):
            raise missing_object(self.node, self.request.method)
        return number

    def waba(self) -> BusinessAccount:
        waba = self.world.accounts.wabas.get(self.node)
        if waba is None or not self.world.accounts.token_reaches_waba(self.token, self.node):
            raise missing_object(self.node, self.request.method)
        return waba

    async def body(self) -> Json:
        return read_object(await self.request.read())


Endpoint = Callable[[Call], Awaitable[Json]]


def read_object(raw: bytes) -> Json:
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise malformed("The body is not valid JSON.") from None
    if not isinstance(body, dict):
        raise malformed("The body must be a JSON object.")
    return body


def open_call(simulator: Simulator, request: web.Request) -> Call:
    """Raises 104 without a token and 190 with one nobody issued."""
    token = _token(request)
    if token is None:
        raise error_for(104)
    if not simulator.world.accounts.token_is_known(token):
        raise expired_token()
    return Call(simulator, request, request.match_info.get("node", ""), token)


def _token(request: web.Request) -> str | None:
    header = request.headers.get("Authorization")
    if header is None:
        return request.query.get("access_token")
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme in {"Bearer", "OAuth"} else None


def endpoint(name: str, answer: Endpoint) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A handler for a call that only needs its answer; `name` is what a fault chooses it by."""

    async def handle(request: web.Request) -> web.StreamResponse:
        simulator = request.app[SIMULATOR]
        world = simulator.world
        try:
            fault = world.faults.on_call(name, number=request.match_info["node"])
            if fault is not None:
                raise error_for(fault.code or 131000, status=fault.http_status)
            told = await answer(open_call(simulator, request))
        except GraphError as error:
            world.journal.add(
                "graph.refused",
                call=name,
                node=request.match_info["node"],
                status=error.status,
                code=error.code,
            )
            return refusal(error)
        world.journal.add("graph.call", call=name, method=request.method, node=request.match_info["node"])
        return json_response(told)

    return handle


def json_response(body: Json, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    response = web.Response(body=orjson.dumps(body), status=status, headers=headers)
    response.headers["Content-Type"] = "application/json; charset=UTF-8"
    return response


def refusal(error: GraphError) -> web.Response:
    return json_response(error.body(), error.status, error.headers)
