"""What happened here, in order: the judge of every test that breaks things.

A record is on disk before the answer it tells of leaves, so that it holds whoever is killed next.
Memory keeps the last ones; older ones are read back from the file.
"""

import asyncio
import os
from collections import deque
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from simulator.clock import Clock

Record = dict[str, Any]
Predicate = Callable[[Record], bool]

_MARK_EVERY = 1000


class Journal:
    def __init__(self, clock: Clock, kept: int, path: Path | None = None) -> None:
        self._clock = clock
        self._records: deque[Record] = deque(maxlen=kept)
        self._listeners: list[Callable[[Record], None]] = []
        self.last = 0
        self._path = path
        self._marks: list[int] = []
        """Where in the file every thousandth record begins."""
        self._size = 0
        self._lines: list[bytes] = []
        self._written: asyncio.Future[None] | None = None
        self._file = None if path is None else self._open(path)

    def _open(self, path: Path) -> int:
        if path.exists():
            self._read_back(path)
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def _read_back(self, path: Path) -> None:
        """Count what an earlier life wrote. A line cut by a kill has no newline: it is cut off."""
        whole = 0
        with path.open("rb") as lines:
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                self._mark(whole)
                whole += len(line)
                self._records.append(orjson.loads(line))
        self._size = whole
        os.truncate(path, whole)

    def _mark(self, offset: int) -> None:
        if self.last % _MARK_EVERY == 0:
            self._marks.append(offset)
        self.last += 1

    def add(self, kind: str, **facts: Any) -> Record:
        record: Record = {"seq": self.last + 1, "at": round(self._clock.now(), 3), "kind": kind, **facts}
        self._mark(self._size)
        if self._file is not None:
            self._write_soon(orjson.dumps(record) + b"\n")
        self._records.append(record)
        for listener in tuple(self._listeners):
            listener(record)
        return record

    def _write_soon(self, line: bytes) -> None:
        """Everything recorded in one turn of the event loop is one write."""
        self._lines.append(line)
        self._size += len(line)
        if self._written is None:
            loop = asyncio.get_running_loop()
            self._written = loop.create_future()
            loop.call_soon(self._write)

    def _write(self) -> None:
        written, self._written = self._written, None
        if self._file is not None and self._lines:
            os.write(self._file, b"".join(self._lines))
            self._lines.clear()
        if written is not None and not written.done():
            written.set_result(None)

    async def on_disk(self) -> None:
        """Until everything recorded so far is in the file."""
        if self._written is not None:
            await asyncio.shield(self._written)

    def listen(self, listener: Callable[[Record], None]) -> Callable[[], None]:
        """Call for every new record; call what is returned to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def since(self, after: int = 0, most: int = 1000) -> list[Record]:
        """The records after that one, oldest first. Without a file, only those still in memory."""
        first = self._records[0]["seq"] if self._records else self.last + 1
        self._write()
        if after + 1 >= first or self._path is None:
            skipped = max(0, after + 1 - first)
            return list(islice(self._records, skipped, skipped + most))
        return self._from_file(self._path, after, most)

    def _from_file(self, path: Path, after: int, most: int) -> list[Record]:
        found: list[Record] = []
        with path.open("rb") as lines:
            lines.seek(self._marks[after // _MARK_EVERY])
            for _ in range(after % _MARK_EVERY):
                lines.readline()
            while len(found) < most and (line := lines.readline()):
                found.append(orjson.loads(line))
        return found

    async def wait_for(self, predicate: Predicate, *, after: int = 0) -> Record:
        """The first record after that one for which the predicate holds, past or to come."""
        for record in self._records:
            if record["seq"] > after and predicate(record):
                return record
        found: asyncio.Future[Record] = asyncio.get_running_loop().create_future()

        def look(record: Record) -> None:
            if not found.done() and predicate(record):
                found.set_result(record)

        stop = self.listen(look)
        try:
            return await found
        finally:
            stop()

    def close(self) -> None:
        if self._file is not None:
            self._write()
            os.close(self._file)
            self._file = None
