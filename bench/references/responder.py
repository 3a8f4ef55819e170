"""`python -m bench.references.responder PORT`: answers 200 to whatever comes, and does nothing else.

What the load generator reaches against it is the most that it could show of anything.
"""

import asyncio
import sys
from typing import cast

import uvloop
from typing_extensions import override

from bench.wire import complete

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"


class _Connection(asyncio.Protocol):
    def __init__(self) -> None:
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
            self.transport.write(OK)


async def _serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(_Connection, "127.0.0.1", port, backlog=1024)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(int(sys.argv[1])))
