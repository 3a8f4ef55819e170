"""Bytes that are coming in: counted and hashed on their way to a scratch file, which is gone afterwards."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from pytake.media.errors import FileEmpty, FileTooLarge
from pytake.media.sniffing import HEAD


class Received(NamedTuple):
    path: Path
    size: int
    sha256: str
    head: bytes


@asynccontextmanager
async def received(parts: AsyncIterable[bytes], most: int) -> AsyncIterator[Received]:
    """Raises FileTooLarge as soon as there is one byte too many, and FileEmpty."""
    with tempfile.TemporaryDirectory(prefix="pytake-") as folder:
        path = Path(folder) / "file"
        yield await _written(path, parts, most)


async def _written(path: Path, parts: AsyncIterable[bytes], most: int) -> Received:
    size, head, digest = 0, b"", hashlib.sha256()
    with path.open("xb") as file:
        async for part in parts:
            size += len(part)
            if size > most:
                raise FileTooLarge(limit=most)
            if len(head) < HEAD:
                head += part[: HEAD - len(head)]
            digest.update(part)
            await asyncio.to_thread(file.write, part)
    if not size:
        raise FileEmpty
    return Received(path, size, digest.hexdigest(), head)
