"""Pushing nudges from a process that only tells others: never waits, never raises, never repeats itself."""

import contextlib
import queue
import threading
import time
from collections.abc import Sequence

import redis
import structlog
from celery import Celery

from pytake.adapters.redis import keys
from pytake.adapters.redis.keys import Key
from pytake.kit.jobs import Nudge

MOST_WAITING = 10_000

GATHER = 0.02
"""Seconds that nudges may gather behind some that a nudge already in the queue spoke for: whoever takes that
one up has more to do than this.
"""

log = structlog.get_logger()


def pending(job: str, arguments: Sequence[str]) -> Key:
    """Set by who pushes a nudge, deleted by the worker before it looks: what comes later needs another.

    While it stands, a nudge already in the queue speaks for the next same one too.
    """
    return keys.nudge(":".join((job, *arguments)))


class CeleryJobs:
    """A thread of its own talks to the broker, so that neither its slowness nor its absence is felt."""

    def __init__(self, celery: Celery, client: redis.Redis) -> None:
        self._celery = celery
        self._redis = client
        self._waiting: queue.Queue[Nudge | None] = queue.Queue(MOST_WAITING)
        self._thread = threading.Thread(target=self._run, name="nudges", daemon=True)
        self._thread.start()

    async def push(self, nudges: Sequence[Nudge]) -> None:
        """See `kit.jobs.JobQueue`. When too many wait, the sweep of the workers does the rest."""
        for nudge in nudges:
            with contextlib.suppress(queue.Full):
                self._waiting.put_nowait(nudge)

    def close(self) -> None:
        self._waiting.put(None)
        self._thread.join(timeout=5)

    def _run(self) -> None:
        is_open = True
        while is_open:
            gathered, is_open = self._take()
            try:
                if not self._send(list(gathered)) and is_open:
                    time.sleep(GATHER)
            except Exception as error:  # noqa: BLE001 - the broker is away in one of many ways; the sweep covers it
                log.warning("nudges lost", count=len(gathered), error=type(error).__name__)

    def _take(self) -> tuple[set[Nudge], bool]:
        """All that wait, once there is something; False when nothing more will come."""
        taken: set[Nudge] = set()
        nudge = self._waiting.get()
        with contextlib.suppress(queue.Empty):
            while nudge is not None:
                taken.add(nudge)
                nudge = self._waiting.get_nowait()
            return taken, False
        return taken, True

    def _send(self, nudges: list[Nudge]) -> bool:
        """Whether any was the first of its kind, so that somebody had to be told."""
        pipeline = self._redis.pipeline(transaction=False)
        for nudge in nudges:
            key = pending(nudge.job.name, nudge.written())
            pipeline.set(key.name, 1, nx=True, px=key.milliseconds)
        first = [nudge for nudge, is_first in zip(nudges, pipeline.execute(), strict=True) if is_first]
        for nudge in first:
            self._celery.send_task(
                nudge.job.name, nudge.written(), queue=nudge.job.queue.value, retry=False, ignore_result=True
            )
        return bool(first)
