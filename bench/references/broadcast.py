"""The least that can tell a thousand browsers something: `websockets` and its `broadcast`.

Prints its port, then sends every line of standard input to everyone who is connected. On the same event loop
and with the same settings as PyTake's sockets: no compression.
"""

import asyncio
import sys

import uvloop
from websockets.asyncio.server import Server, ServerConnection, broadcast, serve

LONGEST_LINE = 1 << 20


async def main() -> None:
    async with serve(_hold, "127.0.0.1", 0, compression=None, open_timeout=60, backlog=2048) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
        await _pass_on(server)


async def _hold(connection: ServerConnection) -> None:
    await connection.wait_closed()


async def _pass_on(server: Server) -> None:
    """Until standard input ends."""
    lines = asyncio.StreamReader(limit=LONGEST_LINE)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(lines), sys.stdin.buffer
    )
    while line := await lines.readline():
        broadcast(server.connections, line.decode().rstrip("\n"))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
