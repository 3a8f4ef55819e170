"""Files from people of the organization: checked by WhatsApp's own limits, mended, kept."""

import asyncio
import hashlib
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

from pytake.kit.work import Actor
from pytake.media import keeping, pictures, repository, sniffing, voices
from pytake.media.errors import ImageUnreadable
from pytake.media.links import Signer, safe_name
from pytake.media.received import Received, received
from pytake.media.schemas import FileRead
from pytake.media.types import Announced, Kind, MediaFile
from pytake.ports.whatsapp_fields import LimitExceeded
from pytake.ports.whatsapp_limits import MEDIA_BYTES, MEDIA_TYPES, STILL_STICKER_BYTES, check_file
from pytake.runtime import Runtime

_ANIMATED: Final = 0x02
_OF_PHOTOS: Final = frozenset({"image/jpeg", "image/png"})


async def upload(
    runtime: Runtime, organization_id: UUID, actor: Actor, parts: AsyncIterable[bytes], announced: Announced
) -> FileRead:
    """Raises FileTooLarge, FileEmpty, LimitExceeded, MessageMalformed, VoiceUnreadable, ImageUnreadable and
    StorageAway.
    """
    async with sendable(parts, announced) as given:
        file = await keeping.store(runtime, organization_id, given, announced.mime_type)
    if file.mime_type not in MEDIA_TYPES[announced.kind]:
        raise ImageUnreadable(pixels=pictures.MOST_PIXELS)
    name = safe_name(announced.file_name) or None
    return await _written_down(runtime, organization_id, actor, file, announced.kind, name)


@asynccontextmanager
async def sendable(parts: AsyncIterable[bytes], announced: Announced) -> AsyncIterator[Received]:
    """The file as WhatsApp takes it, gone afterwards. Raises as `upload` does, but for StorageAway."""
    kind, claimed = announced.kind, announced.mime_type
    async with received(parts, MEDIA_BYTES[kind]) as given:
        mended = await _mended(given, kind, claimed, is_voice=announced.is_voice)
        _check(mended, kind, claimed)
        yield mended


async def _written_down(
    runtime: Runtime, organization_id: UUID, actor: Actor, file: MediaFile, kind: Kind, name: str | None
) -> FileRead:
    async with runtime.work(organization_id, actor) as work:
        kept = await repository.keep(work, file)
        work.audit("media.uploaded", kept.id, after={"kind": kind.value, "size": kept.size})
        return Signer(runtime.ports.digests, organization_id, work.now).of_file(kept, kind, name)


def _check(given: Received, kind: Kind, claimed: str | None) -> None:
    check_file(kind, sniffing.sniff(given.head, claimed), given.size)
    if kind is Kind.STICKER and not _is_animated(given.head) and given.size > STILL_STICKER_BYTES:
        raise LimitExceeded("file", STILL_STICKER_BYTES, given.size)


def _is_animated(head: bytes) -> bool:
    return head[12:16] == b"VP8X" and bool(head[20] & _ANIMATED)


async def _mended(given: Received, kind: Kind, claimed: str | None, *, is_voice: bool) -> Received:
    """A recording becomes a voice; a photo forgets where it was taken."""
    to = given.path.with_name("mended")
    if kind is Kind.AUDIO and is_voice:
        await asyncio.to_thread(voices.as_voice, given.path, to)
    elif kind is Kind.IMAGE and sniffing.sniff(given.head, claimed) in _OF_PHOTOS:
        try:
            await asyncio.to_thread(pictures.strip, given.path, to)
        except pictures.NotDrawable:
            raise ImageUnreadable(pixels=pictures.MOST_PIXELS) from None
    else:
        return given
    return await asyncio.to_thread(_looked_at, to)


def _looked_at(path: Path) -> Received:
    content = path.read_bytes()
    return Received(path, len(content), hashlib.sha256(content).hexdigest(), content[: sniffing.HEAD])
