"""Remembers the calls of the API in MongoDB, beside the requests and never in their way.

What was seen waits in memory, in a bounded queue; one task writes it down. When MongoDB is away it waits
there until the queue is full; what has no room then is forgotten, and counted.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

import structlog
from prometheus_client import Counter, Gauge

from pytake.http.request_records import Seen, record
from pytake.ports.documents import Documents, DocumentsAway

log = structlog.get_logger(__name__)

COLLECTION: Final = "api_request_logs"
MOST: Final = 10_000
MOST_BYTES: Final = 16 * 1_048_576
_AT_ONCE: Final = 100
_BEFORE_A_BREATH: Final = 10
"""Records that are made before others have a turn: the loop is the one that acknowledges webhooks."""
_GATHERING: Final = 0.5
"""Seconds in which more may come before a batch is written."""
_RESTING: Final = 1.0
_LAST_WORDS: Final = 2.0
"""Seconds for what is left when the process ends."""
_ASKED_AGAIN: Final = 0.1

DROPPED = Counter(
    "pytake_request_logs_dropped", "Calls of the API that were not remembered, by why.", ("reason",)
)
WAITING = Gauge("pytake_request_logs_waiting", "Calls of the API that wait to be remembered.")
for _reason in ("full", "refused", "stopped"):
    DROPPED.labels(_reason)


class RequestLog:
    def __init__(self, documents: Documents, *, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._documents = documents
        self._most, self._most_bytes = most, most_bytes
        self._queue: deque[Seen] = deque()
        self._weight = 0
        self._news = asyncio.Event()

    def note(self, seen: Seen) -> None:
        """Never waits."""
        if len(self._queue) >= self._most or self._weight + seen.weight > self._most_bytes:
            DROPPED.labels("full").inc()
            return
        self._queue.append(seen)
        self._weight += seen.weight
        self._news.set()

    @contextlib.asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Write down what is noted for as long as the block lasts, and at its end what is left."""
        task = asyncio.create_task(self._write_down(), name="request log")
        try:
            yield
        finally:
            await _stop(task)
            with contextlib.suppress(TimeoutError, DocumentsAway):
                async with asyncio.timeout(_LAST_WORDS):
                    await self.flush()
            DROPPED.labels("stopped").inc(len(self._queue))

    async def flush(self) -> None:
        """Raises DocumentsAway."""
        while self._queue:
            await self._write_batch()

    async def _write_down(self) -> None:
        WAITING.set_function(lambda: len(self._queue))
        while True:
            await self._news.wait()
            self._news.clear()
            await asyncio.sleep(_GATHERING)
            try:
                await self.flush()
            except DocumentsAway:
                self._news.set()
                await asyncio.sleep(_RESTING)

    async def _write_batch(self) -> None:
        """What is under way stays in the queue until it is stored, so that nothing is lost in between."""
        batch = [self._queue[place] for place in range(min(_AT_ONCE, len(self._queue)))]
        records = await _recorded(batch)
        try:
            if records:
                await self._documents.append(COLLECTION, records)
        except DocumentsAway:
            raise
        except Exception as error:  # noqa: BLE001 - the edge of a task: a record MongoDB cannot hold must not end it
            _refuse(len(records), error)
        for _ in batch:
            self._weight -= self._queue.popleft().weight


async def _recorded(batch: Sequence[Seen]) -> list[dict[str, Any]]:
    records = []
    for place, seen in enumerate(batch):
        if place and place % _BEFORE_A_BREATH == 0:
            await asyncio.sleep(0)
        try:
            records.append(record(seen))
        except Exception as error:  # noqa: BLE001 - the edge of a task: what a stranger sends must not end it
            _refuse(1, error)
    return records


def _refuse(count: int, error: Exception) -> None:
    log.warning("request_logs_refused", count=count, error=type(error).__name__)
    DROPPED.labels("refused").inc(count)


async def _stop(task: asyncio.Task[None]) -> None:
    """Asks again: `asyncio.wait_for`, of the driver, forgets a cancellation that comes as its answer does."""
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=_ASKED_AGAIN)
    with contextlib.suppress(asyncio.CancelledError):
        await task
