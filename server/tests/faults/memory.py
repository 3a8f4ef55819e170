"""How much memory each process of PyTake really takes: its own, and its share of what several use (PSS)."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import psutil

from tests.faults.parts import Part

LOOK_EVERY = 0.5


@asynccontextmanager
async def weighed(parts: Sequence[Part]) -> AsyncIterator[dict[str, float]]:
    """The most that each was seen to take while the block ran, in MB."""
    most: dict[str, float] = {}
    task = asyncio.create_task(_weigh_all(parts, most))
    try:
        yield most
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _weigh_all(parts: Sequence[Part], most: dict[str, float]) -> None:
    while True:
        for part in parts:
            now = await asyncio.to_thread(_megabytes, part.child.pid)
            most[part.name] = max(now, most.get(part.name, 0.0))
        await asyncio.sleep(LOOK_EVERY)


def _megabytes(pid: int) -> float:
    """0 for a process that has ended meanwhile."""
    with suppress(psutil.NoSuchProcess):
        return float(psutil.Process(pid).memory_full_info().pss) / 1e6
    return 0.0
