"""From bytes in a scratch file to a file we have: looked at, stored, then written down."""

import asyncio
from pathlib import Path
from typing import Final
from uuid import UUID

from pytake.kit.ids import new_id
from pytake.media import pictures, repository, sniffing
from pytake.media.received import Received
from pytake.media.types import MediaFile
from pytake.ports.storage import Storage, StorageAway, file_key, thumbnail_key
from pytake.runtime import Runtime

_LOOKS: Final = 20
_PAUSE: Final = 0.5
"""Seconds between looks whether the same bytes are still being removed."""


async def store(runtime: Runtime, organization_id: UUID, given: Received, claimed: str | None) -> MediaFile:
    """Put the bytes where they stay; its row comes afterwards. Raises StorageAway.

    A picture that cannot be drawn, or would fill a browser's memory, is kept as bytes to download.
    """
    await _until_it_may_come(runtime, organization_id, given.sha256)
    storage = runtime.ports.storage
    mime_type = sniffing.sniff(given.head, claimed)
    width = height = None
    has_thumbnail = False
    if mime_type in sniffing.PICTURES:
        try:
            drawn = await asyncio.to_thread(pictures.draw, given.path)
        except pictures.NotDrawable:
            mime_type = sniffing.BYTES
        else:
            width, height, has_thumbnail = drawn.width, drawn.height, drawn.thumbnail is not None
            if drawn.thumbnail is not None:
                small = given.path.with_name("thumbnail")
                await asyncio.to_thread(small.write_bytes, drawn.thumbnail)
                await storage.put(thumbnail_key(organization_id, given.sha256), small)
    await storage.put(file_key(organization_id, given.sha256), given.path)
    return MediaFile(new_id(), given.sha256, given.size, mime_type, width, height, has_thumbnail)


async def _until_it_may_come(runtime: Runtime, organization_id: UUID, sha256: str) -> None:
    """Whoever removes unused files takes the bytes before the row: what was put in between would be lost."""
    for _ in range(_LOOKS):
        async with runtime.work(organization_id) as work:
            work.unaudited("a file that comes again stays")
            if await repository.may_come(work, sha256):
                return
        await asyncio.sleep(_PAUSE)
    raise StorageAway(reason="the same file is being removed")


async def copied(storage: Storage, organization_id: UUID, file: MediaFile, to: Path) -> Path:
    """The file on the local disk, for whoever needs a path. Raises FileMissing and StorageAway."""
    with to.open("xb") as written:
        async for part in storage.read(file_key(organization_id, file.sha256)):
            await asyncio.to_thread(written.write, part)
    return to
