"""Messages that carry a file: it is noted with them, and fetched or sent by those who see to files."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from pytake.conversations.pipeline import NewMessage
from pytake.kit.work import Work
from pytake.media import service as media
from pytake.media.types import KINDS, Enclosed
from pytake.ports.whatsapp_media import sha256_hex


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


def file_of(content: dict[str, Any]) -> UUID | None:
    """The file of ours that the content names."""
    with suppress(ValueError):
        return UUID(str(content.get("media_file_id")))
    return None


def _text(content: dict[str, Any], key: str) -> str | None:
    said = content.get(key)
    return said if isinstance(said, str) and said else None
