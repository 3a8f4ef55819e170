"""A claim book in a file of its own for each process, written through memory.

What is written to mapped memory is the kernel's at once: a process that is killed at any instruction leaves
what it had written. A machine that stops may lose some of it, so a book is believed only until the next boot.
While its process lives, the file is locked.
"""

import fcntl
import mmap
import os
import struct
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import structlog

from pytake.kit.ids import new_id
from pytake.ports.claim_book import GiveBack, OpenClaim

SLOTS: Final = 4096
"""Claims that one process may have open: what eight numbers at their fullest hold."""

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_HEADER = struct.Struct("=8s36s")
_MAGIC = b"claims 1"
_ENTRY = struct.Struct("=16s16s16sq?")
"""Organization, number, message, microseconds since 1970, and at last whether all this counts: an entry that
was being written when its process died does not.
"""
_COUNTS = _ENTRY.size - 1
_SIZE = _HEADER.size + SLOTS * _ENTRY.size
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

LONGEST: Final = 86_400.0
"""Seconds after which a book that nobody can believe is thrown away."""

log = structlog.get_logger()


class FileClaimBook:
    """Without a folder that can be written, or where no boot has a name, nothing is noted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path: Path | None = None
        self._file: int | None = None
        self._pages: mmap.mmap | None = None
        self._is_closed = False
        self._free: list[int] = []
        self._places: dict[UUID, int] = {}

    def note(self, claims: Iterable[OpenClaim]) -> None:
        pages = self._opened()
        if pages is None:
            return
        for claim in claims:
            self.strike(claim.message_id)
            if not self._free:
                return
            place = self._free.pop()
            self._places[claim.message_id] = place
            _ENTRY.pack_into(
                pages,
                place,
                claim.organization_id.bytes,
                claim.number_id.bytes,
                claim.message_id.bytes,
                (claim.claimed_at - _EPOCH) // _MICROSECOND,
                True,
            )

    def strike(self, message_id: UUID) -> None:
        place = self._places.pop(message_id, None)
        if place is not None and self._pages is not None:
            self._pages[place + _COUNTS] = 0
            self._free.append(place)

    async def of_the_dead(self, give_back: GiveBack) -> None:
        for path in self._others():
            with _locked(path) as claims:
                if claims:
                    await give_back(claims)

    def _others(self) -> list[Path]:
        return sorted(path for path in self._folder.glob("*.claims") if path != self._path)

    def close(self) -> None:
        self._is_closed = True
        if self._pages is None or self._file is None or self._path is None:
            return
        if not self._places:
            self._path.unlink(missing_ok=True)
        self._pages.close()
        os.close(self._file)
        self._pages = self._file = self._path = None

    def _opened(self) -> mmap.mmap | None:
        if self._pages is None and not self._is_closed:
            try:
                self._open()
            except OSError as error:
                self._is_closed = True
                log.warning("claims are not noted", folder=str(self._folder), error=str(error))
        return self._pages

    def _open(self) -> None:
        """It gets its name when it is locked: until then nobody could tell it from a dead one's."""
        header = _HEADER.pack(_MAGIC, _BOOT.read_bytes()[:36])
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{new_id()}.claims"
        draft = path.with_suffix(".draft")
        file = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            os.posix_fallocate(file, 0, _SIZE)
            os.pwrite(file, header, 0)
            pages = mmap.mmap(file, _SIZE)
        except OSError:
            os.close(file)
            draft.unlink()
            raise
        draft.rename(path)
        self._pages, self._file, self._path = pages, file, path
        self._free = [_HEADER.size + place * _ENTRY.size for place in reversed(range(SLOTS))]


@contextmanager
def _locked(path: Path) -> Iterator[list[OpenClaim] | None]:
    """What is in the book, which is thrown away when the block ends well. A living process keeps its lock."""
    with ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, FileNotFoundError, PermissionError):
            yield None
            return
        claims = claims_in(file.read())
        yield claims
        if claims is not None or time.time() - os.fstat(file.fileno()).st_mtime > LONGEST:
            path.unlink(missing_ok=True)


def claims_in(book: bytes) -> list[OpenClaim] | None:
    """None when it is of another boot, or of another make."""
    if len(book) != _SIZE or _HEADER.unpack_from(book) != (_MAGIC, _BOOT.read_bytes()[:36]):
        return None
    return [
        OpenClaim(
            UUID(bytes=organization),
            UUID(bytes=number),
            UUID(bytes=message),
            _EPOCH + claimed_at * _MICROSECOND,
        )
        for organization, number, message, claimed_at, counts in _ENTRY.iter_unpack(book[_HEADER.size :])
        if counts
    ]
