"""News for the phone pages that are open: who watches which chat, and what they are told."""

import asyncio
from collections.abc import Iterable
from typing import Any

from simulator.chats import ChatKey

Json = dict[str, Any]

_BEHIND = 2000


class Watcher:
    """One open page. `behind` is set when it cannot keep up: it must load the chat again."""

    def __init__(self) -> None:
        self.news: asyncio.Queue[Json] = asyncio.Queue(maxsize=_BEHIND)
        self.behind = False
        self.chat: ChatKey | None = None
        self.looking = False
        """Whether the page is in front: then what arrives is read."""

    def tell(self, event: Json) -> None:
        try:
            self.news.put_nowait(event)
        except asyncio.QueueFull:
            self.behind = True


class Live:
    def __init__(self) -> None:
        self.watchers: set[Watcher] = set()

    def __bool__(self) -> bool:
        return bool(self.watchers)

    def tell_chat(self, key: ChatKey, event: Json) -> None:
        _tell((watcher for watcher in self.watchers if watcher.chat == key), event)

    def follow(self, before: ChatKey, after: ChatKey) -> None:
        """A chat has another phone; whoever watches it goes on watching it."""
        for watcher in self.watchers:
            if watcher.chat == before:
                watcher.chat = after

    def tell_all(self, event: Json) -> None:
        _tell(self.watchers, event)


def _tell(watchers: Iterable[Watcher], event: Json) -> None:
    for watcher in watchers:
        watcher.tell(event)
