"""The hands of a worker: does nudges on one event loop, and asks the sweeps what nobody told it about."""

import asyncio
import random
from collections.abc import Sequence

import structlog

from pytake.kit.jobs import Nudge
from pytake.runtime import HANDLERS, SWEEPS, Runtime, Sweep

log = structlog.get_logger()

LONGEST_PAUSE = 15.0
"""Seconds between two looks of a sweep that keeps failing."""


class Crew:
    """Every nudge is a task of its own. Handlers guard themselves against running twice at once."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._sweeps: set[asyncio.Task[None]] = set()
        self._is_leaving = False
        self.runtime: Runtime
        """Set once, before `start`: the runtime's own job queue is this crew."""

    async def push(self, nudges: Sequence[Nudge]) -> None:
        """See `kit.jobs.JobQueue`: what this process makes necessary it does itself, at once."""
        for nudge in nudges:
            self.begin(nudge)

    def begin(self, nudge: Nudge) -> None:
        if self._is_leaving:
            return  # the row is there; another worker sweeps it up
        task = asyncio.create_task(self._do(nudge), name=nudge.job.name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def start(self) -> None:
        self._sweeps = {asyncio.create_task(self._sweep(sweep), name="sweep") for sweep in SWEEPS}

    async def stop(self, patience: float) -> None:
        """Begin nothing new, let what is under way end, cancel what does not within `patience` seconds."""
        self._is_leaving = True
        for task in self._sweeps:
            task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _do(self, nudge: Nudge) -> None:
        _, handler = HANDLERS[nudge.job.name]
        try:
            await handler(self.runtime, *nudge.arguments)
        except Exception:
            log.exception("job failed", job=nudge.job.name, arguments=nudge.written())

    async def _sweep(self, sweep: Sweep) -> None:
        pause = random.uniform(0, sweep.every)
        while True:
            await asyncio.sleep(pause)
            try:
                await self.push(await sweep.find(self.runtime))
                pause = sweep.every
            except Exception as error:  # noqa: BLE001 - the edge: a store is away; look again, less often
                pause = min(max(pause, sweep.every) * 2, LONGEST_PAUSE)
                log.warning("sweep failed", sweep=sweep.find.__name__, error=repr(error), again_in=pause)
