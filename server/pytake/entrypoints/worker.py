"""A worker process: Celery listens for nudges on its threads, one event loop beside it does the work.

The loop also sweeps the database by itself, so a worker that starts finds what is waiting without being
told, and a broker that is away costs delay only.
"""

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import structlog
import uvloop
from celery import Celery

import pytake.entrypoints.tasks  # noqa: F401 - fills the registry of handlers
from pytake.adapters.celery.app import make_celery
from pytake.adapters.celery.queue import pending
from pytake.adapters.redis.client import RedisAway, RedisClient
from pytake.entrypoints.bootstrap import build_runtime, close_runtime
from pytake.entrypoints.crew import Crew
from pytake.entrypoints.heartbeat import beating
from pytake.entrypoints.ward import Ward
from pytake.entrypoints.watchdog import watched
from pytake.kit.jobs import Job, Nudge
from pytake.kit.jobs import Queue as QueueName
from pytake.runtime import HANDLERS
from pytake.settings import Settings

PATIENCE = 20.0
"""Seconds that work under way gets when the worker is told to stop."""

LISTENERS = 4
"""Celery's threads. They only pass nudges on; what waits on the network waits on the event loop."""

log = structlog.get_logger()


class Hands:
    """The event loop of a worker, in a thread of its own, with its runtime and crew."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="hands")
        self.crew = Crew()
        self.loop: asyncio.AbstractEventLoop
        self._stop: asyncio.Event

    def start(self) -> None:
        """Return when the crew is at work. Raises what kept it from it."""
        self._thread.start()
        self._ready.wait()
        if self._failure:
            raise self._failure

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def begin(self, nudge: Nudge) -> None:
        self.loop.call_soon_threadsafe(partial(self.crew.begin, nudge, queued=True))

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            self.loop = runner.get_loop()
            try:
                runner.run(self._work())
            except BaseException as error:  # noqa: BLE001 - told to the thread that waits for us
                self._failure = error
            finally:
                self._ready.set()

    async def _work(self) -> None:
        self._stop = asyncio.Event()
        runtime = await build_runtime(self._settings, "worker", jobs=self.crew)
        self.crew.runtime = runtime
        self.crew.hear = partial(_answer, runtime.redis)
        self.crew.apart = Ward(self._settings, self.crew).do
        try:
            async with beating(runtime, "worker"), watched():
                self.crew.start()
                self._ready.set()
                await self._stop.wait()
                await self.crew.stop(PATIENCE)
        finally:
            await close_runtime(runtime)


def run_worker(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT; then end what is under way, within some seconds."""
    hands = Hands(settings)
    hands.start()
    celery = make_celery(settings.redis_url)
    for handling in HANDLERS.values():
        celery.task(_listener(handling.job, hands), name=handling.job.name, ignore_result=True)
    log.info("worker ready", jobs=len(HANDLERS))
    try:
        _listen(celery, settings)
    finally:
        _give_up_after(PATIENCE + 5)
        hands.stop()


async def _answer(client: RedisClient, nudge: Nudge) -> None:
    with contextlib.suppress(RedisAway):  # then it expires by itself
        key = pending(nudge.job.name, nudge.written())
        await client.run(lambda redis: redis.delete(key.name))


def _listener(job: Job[...], hands: Hands) -> Callable[..., None]:
    def pass_on(*arguments: str) -> None:
        hands.begin(Nudge(job, job.read(arguments)))

    return pass_on


def _listen(celery: Celery, settings: Settings) -> None:
    worker = celery.Worker(
        pool="threads",
        concurrency=LISTENERS,
        queues=[name.value for name in QueueName],
        loglevel=settings.log_level.upper(),
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )
    worker.start()


def _give_up_after(seconds: float) -> None:
    """Whatever hangs, the process ends: rows that were under way are found by the next worker."""

    def leave(_signal: int, _frame: FrameType | None) -> Any:
        log.error("stopping took too long")
        os._exit(1)

    signal.signal(signal.SIGALRM, leave)
    signal.setitimer(signal.ITIMER_REAL, seconds)
