"""Keeping one person's webhooks in order: the next leaves when the one before was answered, well or badly."""

from collections import deque
from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Lanes(Generic[Item]):
    def __init__(self) -> None:
        self._queued: dict[Hashable, deque[Item]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._queued.values()))

    def enter(self, lane: Hashable, item: Item) -> bool:
        """True when the lane is free and the item may go; else it is kept until its turn."""
        queue = self._queued.get(lane)
        if queue is None:
            self._queued[lane] = deque()
            return True
        queue.append(item)
        return False

    def leave(self, lane: Hashable) -> Item | None:
        """The one whose turn it is now; None frees the lane."""
        queue = self._queued[lane]
        if queue:
            return queue.popleft()
        del self._queued[lane]
        return None

    def __iter__(self) -> Iterator[Item]:
        for queue in self._queued.values():
            yield from queue
