"""The listeners as a run holds them."""

import asyncio
import json
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bench.options import PROJECT

LONGEST_LINE = 1 << 27
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Report:
    last: list[float]
    """When the last socket had each event, by the machine's monotonic clock."""
    counts: list[int]
    """How many sockets had each event."""
    streams: int
    """How many different things the sockets heard; one when all heard the same in the same order."""
    closed: int
    sample: list[str]
    """The events as the first socket heard them."""
    cpu: float
    """Seconds of processor time so far."""


@dataclass(frozen=True, slots=True)
class Listeners:
    process: Process

    async def open(self, paths: Sequence[str]) -> int:
        """Open a socket for each path; answers how many are open now."""
        opened: int = (await self._ask({"open": list(paths)}))["open"]
        return opened

    async def hear(self, events: int) -> float:
        """Wait until each has heard so many in all; answers when the last one had."""
        at: float = (await self._ask({"hear": events}))["at"]
        return at

    async def report(self) -> Report:
        return Report(**await self._ask({"report": True}))

    async def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        """Raises TimeoutError, and EOFError when the process has ended."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        async with asyncio.timeout(PATIENCE):
            line = await self.process.stdout.readline()
        if not line:
            raise EOFError("the listeners have ended")
        answer: dict[str, Any] = json.loads(line)
        return answer


@asynccontextmanager
async def listening(port: int) -> AsyncIterator[Listeners]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.listeners",
        str(port),
        cwd=PROJECT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE,
    )
    try:
        yield Listeners(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
