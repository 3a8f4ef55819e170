"""A TCP proxy in front of a server, that can be told how the network between them misbehaves.

Several targets make it a balancer: connections go round, and past a target that refuses.
"""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from tests.ports import spare_ports

Address: TypeAlias = tuple[str, int] | str
"""Host and port, or the path of a Unix socket."""

Pipe: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]

CHUNK, BACKLOG = 65536, 2048
_LINGER_NOT = struct.pack("ii", 1, 0)
"""Closing then sends RST instead of FIN."""


class Proxy:
    """Open it, then change what it does at any time."""

    def __init__(self, *targets: Address) -> None:
        self.targets: Sequence[Address] = targets
        self.delay = 0.0
        """Seconds that every chunk is held, in both directions."""
        self.drip = 0.0
        """Seconds between two bytes; 0 sends chunks as they come."""
        self.refused: list[str] = []
        """For each connection that no target took: what the targets said."""
        (self.port,) = spare_ports(1)
        self._next = 0
        self._server: asyncio.Server | None = None
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._handlers: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        if self._server is not None:
            return
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, backlog=BACKLOG)

    async def close(self) -> None:
        await self.refuse()
        self._flowing.set()
        self.cut()
        if self._handlers:
            await asyncio.wait(self._handlers)

    # --- what can go wrong ------------------------------------------------------------------------------

    async def refuse(self) -> None:
        """Refuse connections from now on; those that stand go on. `open` accepts again, on the same port."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def cut(self) -> None:
        """End every connection in an orderly way (FIN)."""
        for writer in tuple(self._writers):
            writer.close()

    def reset(self) -> None:
        """End every connection with RST, as when a host comes back that knows of none of them."""
        for writer in tuple(self._writers):
            _reset(writer)

    def go_silent(self) -> None:
        """Half-open: connections stand and are accepted, but nothing comes through, no end either."""
        self._flowing.clear()

    def behave(self) -> None:
        """No delay, no drip, no silence: what was held goes on its way."""
        self.delay = self.drip = 0.0
        self._flowing.set()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._join((reader, writer)))
        self._handlers.add(task)
        task.add_done_callback(self._handlers.discard)

    async def _join(self, client: Pipe) -> None:
        with self._standing(client[1]):
            target = await self._reach()
            if target is None:
                _reset(client[1])
                return
            with self._standing(target[1]):
                await asyncio.gather(self._pump(client, target), self._pump(target, client))

    async def _reach(self) -> Pipe | None:
        """The next target that can be reached, each asked once."""
        self._next = first = self._next + 1
        complaints = []
        for place in range(first, first + len(self.targets)):
            target = self.targets[place % len(self.targets)]
            try:
                if isinstance(target, str):
                    return await asyncio.open_unix_connection(target)
                return await asyncio.open_connection(*target)
            except OSError as error:
                complaints.append(str(error))
        self.refused.append("; ".join(complaints))
        return None

    async def _pump(self, source: Pipe, sink: Pipe) -> None:
        """Carry one direction; whoever ends or breaks it ends the other direction too."""
        try:
            while chunk := await source[0].read(CHUNK):
                if self.delay:
                    await asyncio.sleep(self.delay)
                for piece in self._pieces(chunk):
                    await self._flowing.wait()
                    sink[1].write(piece)
                    await sink[1].drain()
                    if self.drip:
                        await asyncio.sleep(self.drip)
        except OSError:
            sink[1].transport.abort()
        else:
            await self._flowing.wait()
            sink[1].close()

    def _pieces(self, chunk: bytes) -> Iterator[bytes]:
        size = 1 if self.drip else CHUNK
        for start in range(0, len(chunk), size):
            yield chunk[start : start + size]

    @contextlib.contextmanager
    def _standing(self, writer: asyncio.StreamWriter) -> Iterator[None]:
        self._writers.add(writer)
        try:
            yield
        finally:
            self._writers.discard(writer)
            writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    is_open = connection.fileno() >= 0  # one that has ended is known for a moment longer
    if is_open and connection.family != socket.AF_UNIX:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
    writer.transport.abort()
