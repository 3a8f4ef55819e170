"""A Graph API that does what a test tells it to, on a real socket."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

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
        peer = request.transport.get_extra_info("peername") if request.transport else None
        kept = Request(request.method, request.path_qs, dict(request.headers), await request.read(), peer)
        graph.requests.append(kept)
        await waiting.wait()
        return web.Response(status=status, body=body, headers=headers)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    graph = Graph(f"http://127.0.0.1:{runner.addresses[0][1]}/v25.0")
    try:
        yield graph
    finally:
        await runner.cleanup()


@asynccontextmanager
async def misbehaving(behave: Behaviour) -> AsyncIterator[str]:
    """A server that reads a whole request and then does something HTTP has no word for."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        await behave(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v25.0"
