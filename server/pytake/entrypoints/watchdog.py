"""An event loop that hangs ends its process, with a traceback.

What it was at counts as a try that never came back.
"""

import asyncio
import faulthandler
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

LONGEST = 60.0
"""Seconds without a turn of the loop. A batch takes some tens of milliseconds."""

STDERR = 2
"""By its number: Celery puts something in the place of `sys.stderr` that is no file."""


@asynccontextmanager
async def watched(longest: float = LONGEST) -> AsyncIterator[None]:
    """The timer is a thread of C that needs nothing from Python, whatever Python is stuck in."""
    task = asyncio.create_task(_show_life(longest), name="watchdog")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        faulthandler.cancel_dump_traceback_later()


async def _show_life(longest: float) -> None:
    while True:
        faulthandler.dump_traceback_later(longest, exit=True, file=STDERR)
        await asyncio.sleep(longest / 6)
