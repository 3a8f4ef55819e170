"""The simulator's log as it grows on the disk: what happened outside PyTake, whoever is killed."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

Record = dict[str, Any]

PATIENCE = 300.0
"""Generous: conditions decide, not clocks."""
LOOK_EVERY = 0.02


class Journal:
    """`listeners` hear of every record once, in order; nothing is kept here."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.listeners: list[Callable[[Record], None]] = []
        self._offset = 0
        self._reading: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._reading = asyncio.create_task(self._follow(), name="journal")

    async def end(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    def catch_up(self) -> None:
        """Read what is there now. A line that is not whole yet is left for later."""
        if not self.path.exists():
            return
        with self.path.open("rb") as log:
            log.seek(self._offset)
            text = log.read()
        whole = text[: text.rfind(b"\n") + 1]
        self._offset += len(whole)
        for line in whole.splitlines():
            record: Record = orjson.loads(line)
            for listener in self.listeners:
                listener(record)

    async def until(self, condition: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        """Until the condition holds, looked at whenever there may be news. `what` is for the failure."""
        deadline = time.monotonic() + patience
        while not condition():
            assert time.monotonic() < deadline, f"waited {patience:.0f} s in vain for: {what}"
            assert self._reading is None or not self._reading.done(), "the log is not read any more"
            await asyncio.sleep(LOOK_EVERY)

    async def _follow(self) -> None:
        while True:
            self.catch_up()
            await asyncio.sleep(LOOK_EVERY)
