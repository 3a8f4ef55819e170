"""The hands of a worker: does nudges on one event loop, and asks the sweeps what nobody told it about."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextvars import Context
from dataclasses import dataclass

import structlog

from pytake.kit.jobs import Nudge
from pytake.runtime import HANDLERS, SWEEPS, Runtime, Sweep

log = structlog.get_logger()

LONGEST_PAUSE = 15.0
"""Seconds between two looks of a sweep that keeps failing."""


@dataclass(slots=True)
class _Round:
    """A nudge that somebody is at."""

    queued: bool
    again: bool = True


async def _nobody_listens(_: Nudge) -> None:
    """For a crew that no broker tells anything."""


class Crew:
    """Every nudge is a task of its own; the same nudge twice is one task that goes round once more.

    Only a job that overlaps is begun again at once: it sees to that itself.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._sweeps: set[asyncio.Task[None]] = set()
        self._rounds: dict[Nudge, _Round] = {}
        self._is_leaving = False
        self.runtime: Runtime
        """Set once, before `start`: the runtime's own job queue is this crew."""
        self.hear: Callable[[Nudge], Awaitable[None]] = _nobody_listens
        """Tells who queued a nudge that it is being looked after: what comes from now on needs another."""
        self.apart: Callable[[Nudge], Awaitable[None]] = self._here
        """Does what may be the end of its process."""

    async def push(self, nudges: Sequence[Nudge]) -> None:
        """See `kit.jobs.JobQueue`: what this process makes necessary it does itself, at once."""
        for nudge in nudges:
            self.begin(nudge)

    def begin(self, nudge: Nudge, *, queued: bool = False) -> None:
        """`queued`: it came through the broker.

        It is answered before each look at the rows and not when it arrives, so that while a worker is busy
        with an organization nobody pushes another.
        """
        if self._is_leaving:
            return  # the row is there; another worker sweeps it up
        if HANDLERS[nudge.job.name].overlaps:
            self._start(nudge, self._do(nudge, queued=queued))
        elif waiting := self._rounds.get(nudge):
            waiting.again, waiting.queued = True, waiting.queued or queued
        else:
            self._rounds[nudge] = _Round(queued)
            self._start(nudge, self._go_round(nudge))

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

    def _start(self, nudge: Nudge, work: Coroutine[None, None, None]) -> None:
        """Nobody asked for it, whatever request or command made it necessary."""
        task = asyncio.create_task(work, name=nudge.job.name, context=Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _go_round(self, nudge: Nudge) -> None:
        waiting = self._rounds[nudge]
        try:
            while waiting.again and not self._is_leaving:
                queued, waiting.again, waiting.queued = waiting.queued, False, False
                await self._do(nudge, queued=queued)
        finally:
            del self._rounds[nudge]

    async def _do(self, nudge: Nudge, *, queued: bool) -> None:
        try:
            if queued:
                await self.hear(nudge)
            await (self.apart if HANDLERS[nudge.job.name].apart else self._here)(nudge)
        except Exception:
            log.exception("job failed", job=nudge.job.name, arguments=nudge.written())

    async def _here(self, nudge: Nudge) -> None:
        await HANDLERS[nudge.job.name].handler(self.runtime, *nudge.arguments)

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
