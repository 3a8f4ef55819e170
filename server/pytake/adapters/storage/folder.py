"""Files in a folder: written beside their place, then moved into it; a crash leaves no half of one."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeVar
from uuid import UUID

from pytake.kit.ids import new_id
from pytake.ports.storage import PART, FileMissing, StorageAway, checked

T = TypeVar("T")


class FolderStorage:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, key: str, source: Path) -> None:
        await _in_a_thread(lambda: _put(source, self._path(key)))

    async def read(self, key: str, first: int = 0, count: int | None = None) -> AsyncIterator[bytes]:
        path = self._path(key)
        left = count
        with await _in_a_thread(lambda: _opened(path, first)) as file:
            while left is None or left > 0:
                most = PART if left is None else min(PART, left)
                part = await _in_a_thread(partial(file.read, most))
                if not part:
                    return
                left = None if left is None else left - len(part)
                yield part

    async def remove(self, *keys: str) -> None:
        paths = [self._path(key) for key in keys]
        await _in_a_thread(lambda: _remove(paths))

    async def remove_organization(self, organization_id: UUID) -> None:
        await _in_a_thread(lambda: _remove_all(self._folder / str(organization_id)))

    async def check(self) -> None:
        await _in_a_thread(lambda: _try_out(self._folder))

    async def close(self) -> None:
        """Nothing is held open."""

    def _path(self, key: str) -> Path:
        return self._folder / checked(key)


async def _in_a_thread(work: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(work)
    except FileNotFoundError as error:
        raise FileMissing from error
    except OSError as error:
        raise StorageAway(reason=error.strerror or type(error).__name__) from error


def _put(source: Path, path: Path) -> None:
    """On the disk before anybody may say that it is there, name and all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{new_id()}.part")
    try:
        with source.open("rb") as given, beside.open("xb") as kept:
            shutil.copyfileobj(given, kept, PART)
            kept.flush()
            os.fsync(kept.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _opened(path: Path, first: int) -> BinaryIO:
    file = path.open("rb")
    file.seek(first)
    return file


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _remove_all(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _try_out(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    trial = folder / f".{new_id()}.part"
    try:
        trial.write_bytes(b"trial")
    finally:
        trial.unlink(missing_ok=True)
