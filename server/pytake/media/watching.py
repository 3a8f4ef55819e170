"""Uploads that can be asked about while they go on: a page shows how far, and who lost the answer finds it.

The file itself is a row of `media_files` before anybody is told that it is stored.
"""

from collections.abc import AsyncIterable, AsyncIterator
from typing import Final
from uuid import UUID, uuid5

from pytake.kit.errors import NotFound, PyTakeError
from pytake.kit.work import Actor
from pytake.media import repository, uploading
from pytake.media.schemas import FileRead, UploadRead
from pytake.media.types import Announced
from pytake.ports.uploads import Progress, Uploads, UploadState
from pytake.runtime import Runtime

_EVERY: Final = 1024 * 1024
"""Bytes between two notes."""
_BROKEN_OFF: Final = "broken_off"


async def upload(
    runtime: Runtime,
    organization_id: UUID,
    actor: Actor,
    parts: AsyncIterable[bytes],
    announced: Announced,
    *,
    upload_id: UUID,
    size: int | None,
) -> FileRead:
    """`size` as it was announced. Raises as `uploading.upload` does."""
    known_as = _known_as(organization_id, upload_id)
    watched = _Watched(runtime.ports.uploads, known_as, size, announced.mime_type)
    try:
        file = await uploading.upload(runtime, organization_id, actor, watched.counted(parts), announced)
    except Exception as error:
        await watched.refused(error.code if isinstance(error, PyTakeError) else _BROKEN_OFF)
        raise
    await watched.stored(file)
    return file


async def read(runtime: Runtime, organization_id: UUID, upload_id: UUID) -> UploadRead:
    """Raises NotFound, also for what was forgotten, and Unavailable."""
    progress = await runtime.ports.uploads.find(_known_as(organization_id, upload_id))
    if progress is None:
        raise NotFound
    if progress.media_file_id is not None:
        async with runtime.work(organization_id) as work:
            if await repository.find(work, progress.media_file_id) is None:
                raise NotFound
    return UploadRead.model_validate(progress, from_attributes=True)


def _known_as(organization_id: UUID, upload_id: UUID) -> UUID:
    """Whoever uploads chooses the id: it is one of their organization's own, whatever others choose."""
    return uuid5(organization_id, str(upload_id))


class _Watched:
    def __init__(self, uploads: Uploads, upload_id: UUID, size: int | None, claimed: str | None) -> None:
        self._uploads = uploads
        self._upload_id = upload_id
        self._size = size
        self._mime_type = claimed
        self._received = 0

    async def counted(self, parts: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        await self._note(UploadState.RECEIVING)
        told = 0
        async for part in parts:
            self._received += len(part)
            if self._received - told >= _EVERY:
                told = self._received
                await self._note(UploadState.RECEIVING)
            yield part
        await self._note(UploadState.CHECKING)

    async def refused(self, code: str) -> None:
        await self._note(UploadState.REFUSED, error=code)

    async def stored(self, file: FileRead) -> None:
        self._size, self._mime_type = file.size, file.mime_type
        await self._note(UploadState.STORED, file_id=file.id)

    async def _note(
        self, state: UploadState, *, file_id: UUID | None = None, error: str | None = None
    ) -> None:
        said = Progress(state, self._received, self._size, self._mime_type, file_id, error)
        await self._uploads.note(self._upload_id, said)
