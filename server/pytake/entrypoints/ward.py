"""Where a worker has done what may be the end of a process: in one that is forked for it and ends with it.

Nothing is started before the first such job. Then a server of `multiprocessing` holds everything loaded, so
that another process costs some hundredths of a second, however many die; it ends with the worker.
"""

import asyncio
import multiprocessing
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final

import structlog
import uvloop

import pytake.entrypoints.tasks  # noqa: F401 - fills the registry of handlers
from pytake.entrypoints.bootstrap import build_runtime, close_runtime
from pytake.entrypoints.logging import configure_logging
from pytake.entrypoints.watchdog import LONGEST, watched
from pytake.kit.jobs import JobQueue, Nudge
from pytake.runtime import HANDLERS
from pytake.settings import Settings

AT_ONCE: Final = 4
"""Processes: a power cut may leave suspects to every organization."""

BUSIEST: Final = 0.5
"""Seconds of processor time that one turn of the loop may take here: a few deliveries take hundredths."""

PAUSE, LONGEST_PAUSE = 0.1, 5.0
"""Seconds before a process is started again that died before it came to its job, at first and at most."""

GRACE = 5.0
"""Seconds that a process gets to end in behind its last word."""

BEGUN: Final = None
"""The first thing a process says. Then come names of jobs with their arguments."""

log = structlog.get_logger()


@dataclass(slots=True)
class _Ending:
    had_begun: bool = False
    exit_code: int | None = None

    @property
    def came_back(self) -> bool:
        return self.exit_code == 0


class Ward:
    """What a process makes necessary before it dies is handed on: `jobs` gets it as it comes."""

    def __init__(self, settings: Settings, jobs: JobQueue) -> None:
        self._settings = settings
        self._jobs = jobs
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__])
        self._room = asyncio.Semaphore(AT_ONCE)

    async def do(self, nudge: Nudge) -> None:
        """Return when a process has come back from it. The job must see to it that this happens one day:
        each process that dies has to leave it less to do.
        """
        pause = PAUSE
        while not (ending := await self._try_in_turn(nudge)).came_back:
            log.warning(
                "process died", job=nudge.job.name, arguments=nudge.written(), exit_code=ending.exit_code
            )
            if not ending.had_begun:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _try_in_turn(self, nudge: Nudge) -> _Ending:
        async with self._room:
            return await self._try(nudge)

    async def _try(self, nudge: Nudge) -> _Ending:
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=_live, args=(self._settings, theirs, nudge.job.name, nudge.written()), daemon=True
        )
        ending = _Ending()
        with ours:
            with theirs:
                await asyncio.shield(asyncio.to_thread(process.start))
            try:
                await self._listen(ours, ending)
                await asyncio.to_thread(process.join, GRACE)
            finally:
                process.kill()
                await asyncio.to_thread(process.join)
        ending.exit_code = process.exitcode
        return ending

    async def _listen(self, ours: Connection, ending: _Ending) -> None:
        """Until the process has closed its end, which dying does too."""
        loop, silence = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(ours.fileno(), silence.set)
        try:
            while True:
                await silence.wait()
                silence.clear()
                while ours.poll():
                    if (told := ours.recv()) is BEGUN:
                        ending.had_begun = True
                    else:
                        await self._jobs.push([_nudge(*told)])
        except EOFError:
            return
        finally:
            loop.remove_reader(ours.fileno())


def _nudge(name: str, arguments: Sequence[str]) -> Nudge:
    job = HANDLERS[name].job
    return Nudge(job, job.read(arguments))


# --- in the process of its own --------------------------------------------------------------------------


class _HandedOn:
    """To the worker. When that has died meanwhile, sweeps of others find the rows."""

    def __init__(self, worker: Connection) -> None:
        self._worker = worker

    async def push(self, nudges: Sequence[Nudge]) -> None:
        for nudge in nudges:
            _tell(self._worker, (nudge.job.name, nudge.written()))


def _tell(worker: Connection, what: object) -> None:
    with suppress(BrokenPipeError):
        worker.send(what)


def _live(settings: Settings, worker: Connection, name: str, arguments: Sequence[str]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the worker is told, too, and lets us end what we are at
    configure_logging(settings)
    with worker, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_do(settings, worker, _nudge(name, arguments)))


async def _do(settings: Settings, worker: Connection, nudge: Nudge) -> None:
    runtime = await build_runtime(settings, "ward", jobs=_HandedOn(worker))
    try:
        async with watched(LONGEST, BUSIEST):
            _tell(worker, BEGUN)
            await HANDLERS[nudge.job.name].handler(runtime, *nudge.arguments)
    except Exception:
        log.exception("job failed", job=nudge.job.name, arguments=nudge.written())
    finally:
        await close_runtime(runtime)
