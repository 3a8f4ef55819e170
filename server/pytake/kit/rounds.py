"""Work that must not run twice at once in a process, and must not miss a call that comes while it runs."""

from collections.abc import Awaitable, Callable, Hashable


class Rounds:
    """One run at a time per key. A call during a run makes it go round once more, and returns."""

    def __init__(self) -> None:
        self._again: dict[Hashable, bool] = {}

    async def run(self, key: Hashable, work: Callable[[], Awaitable[None]]) -> None:
        if key in self._again:
            self._again[key] = True
            return
        self._again[key] = True
        try:
            while self._again[key]:
                self._again[key] = False
                await work()
        finally:
            del self._again[key]
