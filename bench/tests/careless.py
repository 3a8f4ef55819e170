"""An echo service that makes the mistakes it is told to make, to see that they are found."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

import orjson
from typing_extensions import override

from bench.graph.client import Graph
from bench.wire import Pool, complete

Reply = tuple[str, str]
"""To whom, and the text."""
Mistake = Callable[[int, Reply, Reply | None], list[Reply]]
"""From the place of a reply, the reply, and the one that the last call held back: what is sent."""

_ACCEPTED = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"
_SEND = (
    b"POST /v25.0/%b/messages HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
    b"content-length: %d\r\n\r\n%b"
)


class _Connection(asyncio.Protocol):
    def __init__(self, hear: Callable[[bytes], None]) -> None:
        self.hear = hear
        self.received = b""
        self.transport: asyncio.Transport

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    @override
    def data_received(self, data: bytes) -> None:
        self.received += data
        while (request := complete(self.received)) is not None:
            self.received = self.received[request.length :]
            self.transport.write(_ACCEPTED)
            self.hear(request.body)


class Careless:
    def __init__(self, graph: Graph, mistake: Mistake) -> None:
        self.pool = Pool([("127.0.0.1", graph.port)], 1)
        self.mistake = mistake
        self.place = 0
        self.before: Reply | None = None
        self.replies: asyncio.Queue[tuple[str, Reply]] = asyncio.Queue()

    def hear(self, body: bytes) -> None:
        value = orjson.loads(body)["entry"][0]["changes"][0]["value"]
        for message in value.get("messages", ()):
            reply = (message["from"], f"eco: {message['text']['body']}")
            for said in self.mistake(self.place, reply, self.before):
                self.replies.put_nowait((value["metadata"]["phone_number_id"], said))
            self.place, self.before = self.place + 1, reply

    async def send(self) -> None:
        while True:
            number, (to, text) = await self.replies.get()
            body = orjson.dumps({"to": f"+{to}", "type": "text", "text": {"body": text}})
            await self.pool.ask(_SEND % (number.encode(), len(body), body))


@asynccontextmanager
async def careless(graph: Graph, mistake: Mistake) -> AsyncIterator[tuple[str, int]]:
    """Its address."""
    service = Careless(graph, mistake)
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(service.hear), "127.0.0.1", 0)
    sending = asyncio.create_task(service.send())
    try:
        yield server.sockets[0].getsockname()
    finally:
        sending.cancel()
        server.close()
        service.pool.close()
