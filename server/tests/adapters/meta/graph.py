"""A Graph API that does what a test tells it to, on a real socket."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web

from tests.adapters.meta import corpus

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    peer: object


@dataclass
class Graph:
    url: str
    requests: list[Request] = field(default_factory=list)

    @property
    def connections(self) -> int:
        return len({request.peer for request in self.requests})


@asynccontextmanager
async def answering(
    status: int, body: bytes, headers: dict[str, str] | None = None, *, gather: int = 1
) -> AsyncIterator[Graph]:
    """Answer every request the same, once `gather` of them are waiting together."""
    waiting = asyncio.Barrier(gather)

    async def answer(request: web.Request) -> web.Response:
        graph.requests.append(await _kept(request))
        await waiting.wait()
        return web.Response(status=status, body=body, headers=headers)

    async with _served(answer) as graph:
        yield graph


@asynccontextmanager
async def replaying(*names: str) -> AsyncIterator[Graph]:
    """Whoever asks what these files of the corpus ask gets their answers; whoever asks else, none."""
    files = [json.loads(corpus.body("graph", f"{name}.json")) for name in names]
    known = {(f["request"]["method"], urlsplit(f["request"]["url"]).path): f["response"] for f in files}

    async def answer(request: web.Request) -> web.Response:
        graph.requests.append(await _kept(request))
        said = known.get((request.method, request.path))
        if said is None:
            return web.Response(status=501)
        body = json.dumps(said["body"]) if said["body_kind"] == "json" else said["body"]
        return web.Response(status=said["status"], headers=said["headers"], body=body.encode())

    async with _served(answer) as graph:
        yield graph


async def _kept(request: web.Request) -> Request:
    peer = request.transport.get_extra_info("peername") if request.transport else None
    return Request(request.method, request.path_qs, dict(request.headers), await request.read(), peer)


@asynccontextmanager
async def _served(answer: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[Graph]:
    application = web.Application(client_max_size=4 * 1024 * 1024)
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield Graph(f"http://127.0.0.1:{runner.addresses[0][1]}/v25.0")
    finally:
        await runner.cleanup()


@asynccontextmanager
async def misbehaving(behave: Behaviour) -> AsyncIterator[str]:
    """A server that reads a whole request and then does something HTTP has no word for."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = _announced(head)
        await reader.readexactly(length)
        await behave(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v25.0"


def _announced(head: bytes) -> int:
    """How long the body of a request is; a GET has none."""
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return int(lengths[0].partition(b":")[2]) if lengths else 0
