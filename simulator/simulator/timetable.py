"""Things to do later, many of them: one timer of the event loop for all."""

import asyncio
import heapq
from collections.abc import Callable
from itertools import count

Act = Callable[[], None]


class Timetable:
    """Runs what is due in the order of its time; equal times in the order they were asked for."""

    def __init__(self) -> None:
        self._due: list[tuple[float, int, Act]] = []
        self._turn = count()
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0

    def __len__(self) -> int:
        return len(self._due)

    def after(self, seconds: float, act: Act) -> None:
        loop = asyncio.get_running_loop()
        when = loop.time() + seconds
        heapq.heappush(self._due, (when, next(self._turn), act))
        if self._timer is None or when < self._timer_at:
            self._set(loop)

    def clear(self) -> None:
        self._due.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _set(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = self._due[0][0]
        self._timer = loop.call_at(self._timer_at, self._run)

    def _run(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = None
        now = loop.time()
        try:
            while self._due and self._due[0][0] <= now:
                heapq.heappop(self._due)[2]()
        finally:
            if self._due and self._timer is None:
                self._set(loop)
