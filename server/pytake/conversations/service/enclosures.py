"""Messages that carry a file: it is noted with them, and fetched or sent by those who see to files."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from pytake.conversations.pipeline import NewMessage
from pytake.kit.errors import UnknownReference
from pytake.kit.work import Work
from pytake.media import sending
from pytake.media import service as media
from pytake.media.types import KINDS, Enclosed
from pytake.ports.storage import FileMissing, StorageAway
from pytake.ports.whatsapp import Policy, Refused, Sender, WhatsAppRefused, WhatsAppUnreachable
from pytake.ports.whatsapp_media import sha256_hex
from pytake.runtime import Runtime

Json = dict[str, Any]


async def note(work: Work, messages: Sequence[NewMessage]) -> None:
    """One statement more, and only for those that carry something."""
    enclosed = [
        each
        for message in messages
        if message.type in KINDS and ((each := _enclosed(message)).media_id or each.media_file_id)
    ]
    if enclosed:
        await media.expect(work, enclosed)


def _enclosed(message: NewMessage) -> Enclosed:
    content = message.content
    return Enclosed(
        message.id,
        message.conversation.id,
        message.conversation.whatsapp_number_id,
        message.type,
        media_id=_text(content, "media_id"),
        media_file_id=file_of(content),
        mime_type=_text(content, "mime_type"),
        sha256=sha256_hex(_text(content, "sha256")),
        file_name=_text(content, "filename"),
    )


async def check(work: Work, type_: str, content: Json) -> None:
    """Raises UnknownReference, LimitExceeded and MessageMalformed."""
    file_id = file_of(content)
    if file_id is None:
        raise UnknownReference(field="content.media_file_id")
    await media.check_sendable(work, file_id, type_)


async def enclose(
    runtime: Runtime, organization_id: UUID, number_id: UUID, sender: Sender, content: Json
) -> Json | Refused | None:
    """The content as Meta knows its file. None: it was uploaded just now, and the message goes with its next
    claim, as an upload may take longer than a call whose outcome is waited for.
    """
    file_id = file_of(content)
    if file_id is None or content.get("media_id"):
        return content
    if media_id := await sending.known_id(runtime, organization_id, number_id, file_id):
        return {**content, "media_id": media_id}
    try:
        await sending.upload(runtime, organization_id, number_id, sender, file_id)
    except WhatsAppRefused as refused:
        told = refused.details
        return Refused(told["policy"], told["meta_code"], told["title"], told["meta_details"])
    except FileMissing as error:
        return Refused(Policy.FAIL, None, str(error))
    except (StorageAway, WhatsAppUnreachable) as error:
        return Refused(Policy.RETRY, None, str(error))
    return None


def file_of(content: Json) -> UUID | None:
    """The file of ours that the content names."""
    with suppress(ValueError):
        return UUID(str(content.get("media_file_id")))
    return None


def _text(content: Json, key: str) -> str | None:
    said = content.get(key)
    return said if isinstance(said, str) and said else None
