"""The stand-in for Graph as the run holds it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from bench.children import free_port, until
from bench.options import PROJECT
from pytake.entrypoints.children import Child, inherited, stop_all

LONGEST_LINE = 1 << 30
STOP_WITHIN = 5.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What Graph accepted since it was last asked."""

    texts: dict[str, list[str]]
    """By `phone_number_id:wa_id`, in their order."""
    accepted: int
    reads: int
    """Customer messages marked as read."""
    others: int


@dataclass(frozen=True, slots=True)
class Graph:
    port: int
    pid: int
    socket: Path
    """Who connects and says `follow` hears of every acceptance; see `graph.server`."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v25.0"

    async def take(self) -> Heard:
        """What was accepted since the last time; it is forgotten there."""
        reader, writer = await asyncio.open_unix_connection(str(self.socket), limit=LONGEST_LINE)
        try:
            writer.write(b"take\n")
            return Heard(**orjson.loads(await reader.readline()))
        finally:
            writer.close()


@asynccontextmanager
async def a_graph(folder: Path) -> AsyncIterator[Graph]:
    port, path = free_port(), folder / "graph.sock"
    command = [sys.executable, "-m", "bench.graph", str(port), str(path)]
    child = Child("graph", command, folder / "graph.log", PROJECT, inherited())
    child.start()
    try:
        await until(path.exists, child)
        yield Graph(port, child.pid, path)
    finally:
        stop_all([child], STOP_WITHIN)
