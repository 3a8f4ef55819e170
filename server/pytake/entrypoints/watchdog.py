"""An event loop that hangs ends its process, with a traceback.

What it was at counts as a try that never came back.
"""

import asyncio
import faulthandler
import os
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

LONGEST: Final = 60.0
"""Seconds without a turn of the loop, whatever the reason. A batch takes some tens of milliseconds."""

BUSIEST: Final = 5.0
"""Seconds of processor time that the loop's thread may use in one turn. A process that was frozen, or has to
wait for a processor, uses none.
"""

STDERR: Final = 2
"""By its number: Celery puts something in the place of `sys.stderr` that is no file."""


@asynccontextmanager
async def watched(longest: float = LONGEST, busiest: float = BUSIEST) -> AsyncIterator[None]:
    """Two look: a thread of ours, which Python has to let run, and one of C that needs nothing of it."""
    clock = _Clock(busiest)
    task = asyncio.create_task(_show_life(longest, clock), name="watchdog")
    try:
        yield
    finally:
        clock.stop()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        faulthandler.cancel_dump_traceback_later()


async def _show_life(longest: float, clock: "_Clock") -> None:
    while True:
        faulthandler.dump_traceback_later(longest, exit=True, file=STDERR)
        clock.turns += 1
        await asyncio.sleep(min(longest / 6, clock.pause))


class _Clock:
    """Counts, in a thread of its own, what the thread that made it uses between two of its turns."""

    def __init__(self, busiest: float) -> None:
        self.turns = 0
        self.pause = busiest / 5
        self._busiest = busiest
        self._used_by_the_loop = time.pthread_getcpuclockid(threading.get_ident())
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        turns, used = -1, 0.0
        while not self._over.wait(self.pause):
            now = time.clock_gettime(self._used_by_the_loop)
            if self.turns != turns:
                turns, used = self.turns, now
            elif now - used > self._busiest:
                faulthandler.dump_traceback(file=STDERR)
                os._exit(1)
