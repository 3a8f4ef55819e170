"""Files for the domains above: expected with messages, linked to, tried again, kept, opened."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from pytake.kit.errors import NotFound, UnknownReference
from pytake.kit.work import Work
from pytake.media import fetching, jobs, repository
from pytake.media.errors import NothingToRetry
from pytake.media.links import Showing, Signer
from pytake.media.links import read as links_read
from pytake.media.schemas import MediaLinks
from pytake.media.types import Enclosed, MediaFile
from pytake.ports.digests import Digests
from pytake.ports.storage import FileMissing
from pytake.ports.whatsapp_limits import check_file
from pytake.runtime import Runtime


class Opened(NamedTuple):
    organization_id: UUID
    file: MediaFile
    showing: Showing


async def expect(work: Work, enclosed: Sequence[Enclosed]) -> None:
    """Note the files of new messages, in their transaction; what Meta has is fetched after the commit."""
    await repository.add(work, enclosed)
    if any(item.media_id and not item.media_file_id for item in enclosed):
        work.enqueue(jobs.fetch(work.organization_id))


async def carry(work: Work, message_ids: Sequence[UUID], conversation_id: UUID) -> None:
    """Their messages are in another conversation now."""
    await repository.carry(work, message_ids, conversation_id)


async def check_sendable(work: Work, file_id: UUID, kind: str, field: str) -> None:
    """Raises UnknownReference, which names the field, LimitExceeded and MessageMalformed.

    Until the message is written the file stays.
    """
    file = await repository.hold(work, file_id)
    if file is None:
        raise UnknownReference(field=field)
    check_file(kind, file.mime_type, file.size)


async def forget_uploads_of(work: Work, message_ids: Collection[UUID]) -> None:
    """Meta could not use the files of these messages: whoever sends them again uploads them anew."""
    await repository.forget_uploads_of(work, message_ids)


async def links(
    work: Work, signer: Signer, conversation_id: UUID, message_ids: Collection[UUID]
) -> list[MediaLinks]:
    """Of the messages whose file is there."""
    found = await repository.of_messages(work, conversation_id, message_ids)
    return [signer.of_message(message_id, file, name) for message_id, name, file in found]


def signer(work: Work, digests: Digests) -> Signer:
    return Signer(digests, work.organization_id, work.now)


async def open_file(runtime: Runtime, token: str, name: str) -> Opened:
    """What a link leads to. Raises LinkExpired, and FileMissing."""
    async with runtime.lookup() as connection:
        now = await connection.fetchval("SELECT now()")
    link = links_read(runtime.ports.digests, token, name, now)
    async with runtime.work(link.organization_id) as work:
        file = await repository.find(work, link.file_id)
    if file is None:
        raise FileMissing
    return Opened(link.organization_id, file, link.showing)


async def retry(work: Work, conversation_id: UUID, message_id: UUID) -> None:
    """Fetch a file once more that could not be fetched. Raises NotFound and NothingToRetry."""
    made_at = await repository.try_again(work, conversation_id, message_id)
    if made_at is None:
        if await repository.has_attachment(work, conversation_id, message_id):
            raise NothingToRetry
        raise NotFound
    work.audit("message.media_retried", message_id, resource_type="message")
    work.publish(
        fetching.CHANGED,
        {"message_id": message_id, "message_created_at": made_at, "conversation_id": conversation_id},
    )
    work.enqueue(jobs.fetch(work.organization_id))
