"""Files of ours on their way to a customer: known to Meta by an id for thirty days, uploaded when it is not.

An upload may take as long as a message may wait for its outcome. So it never sends: the id is known from then
on, and the message goes out with its next claim.
"""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from pytake.media import keeping, repository
from pytake.media.types import MediaFile
from pytake.ports.storage import FileMissing
from pytake.ports.whatsapp import Sender
from pytake.runtime import Runtime

LIVES: Final = timedelta(days=29)
"""A day less than Meta says: a message may wait a while before it is called."""


async def known_id(runtime: Runtime, organization_id: UUID, number_id: UUID, file_id: UUID) -> str | None:
    """What Meta calls the file for this number; None when it has to be uploaded first."""
    async with runtime.work(organization_id) as work:
        return await repository.uploaded(work, file_id, number_id)


async def forget(
    runtime: Runtime, organization_id: UUID, number_id: UUID, file_id: UUID, media_id: str, since: datetime
) -> bool:
    """Drop an id that Meta does not take, if it is older than `since`; whether the file is to be sent by
    another: there is none now, or somebody else has made one meanwhile.
    """
    async with runtime.work(organization_id) as work:
        await repository.forget_upload(work, file_id, number_id, media_id, since + LIVES)
        return await repository.uploaded(work, file_id, number_id) != media_id


async def upload(
    runtime: Runtime, organization_id: UUID, number_id: UUID, sender: Sender, file_id: UUID
) -> None:
    """Raises FileMissing, StorageAway, WhatsAppRefused and WhatsAppUnreachable."""
    async with runtime.work(organization_id) as work:
        file = await repository.find(work, file_id)
    if file is None:
        raise FileMissing
    media_id = await _uploaded(runtime, organization_id, sender, file)
    async with runtime.work(organization_id) as work:
        await repository.note_uploaded(work, file_id, number_id, media_id, LIVES)


async def _uploaded(runtime: Runtime, organization_id: UUID, sender: Sender, file: MediaFile) -> str:
    with tempfile.TemporaryDirectory(prefix="pytake-") as folder:
        path = await keeping.copied(runtime.ports.storage, organization_id, file, Path(folder) / "file")
        return await runtime.ports.media.upload(sender, path, file.mime_type, "file")
