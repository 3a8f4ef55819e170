"""Messages that carry a file: it is noted with them, and fetched or sent by those who see to files."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from pytake.conversations.pipeline import NewMessage
from pytake.kit.errors import UnknownReference
from pytake.kit.work import Work
from pytake.media import sending
from pytake.media import service as media
from pytake.media.types import KINDS, Enclosed
from pytake.ports.storage import FileMissing, StorageAway
from pytake.ports.whatsapp import Outcome, Policy, Refused, Sender, WhatsAppRefused, WhatsAppUnreachable
from pytake.ports.whatsapp_media import sha256_hex
from pytake.runtime import Runtime

Json = dict[str, Any]

_FIELDS: Final = {"header": "content.header.media_file_id", "template": "content.parameters.header"}


class _Carried(NamedTuple):
    """What of a message's content names its file."""

    kind: str
    said: Json
    place: str = ""
    """The key below which it stands; none: it is the content itself."""

    def named(self, content: Json, media_id: str) -> Json:
        """The content, with what Meta calls the file."""
        said = {**self.said, "media_id": media_id}
        return {**content, self.place: said} if self.place else said


def _carried(type_: str, content: Json) -> _Carried | None:
    """A file by itself, or above the words: buttons and templates have a header."""
    if type_ in KINDS:
        return _Carried(type_, content)
    header = content.get("header")
    if isinstance(header, dict) and header.get("type") in KINDS:
        return _Carried(header["type"], header, "header")
    return None


async def note(work: Work, messages: Sequence[NewMessage]) -> None:
    """One statement more, and only for those that carry something."""
    enclosed = [each for message in messages if (each := _enclosed(message))]
    if enclosed:
        await media.expect(work, enclosed)


def _enclosed(message: NewMessage) -> Enclosed | None:
    """What Meta has is fetched, but not the pictures above buttons: a machine sends one to thousands."""
    carried = _carried(message.type, message.content)
    if carried is None:
        return None
    said, file_id = carried.said, _file_of(carried.said)
    media_id = None if carried.place else _text(said, "media_id")
    if not (media_id or file_id):
        return None
    return Enclosed(
        message.id,
        message.conversation.id,
        message.conversation.whatsapp_number_id,
        carried.kind,
        media_id=media_id,
        media_file_id=file_id,
        mime_type=_text(said, "mime_type"),
        sha256=sha256_hex(_text(said, "sha256")),
        file_name=_text(said, "filename"),
    )


async def check(work: Work, type_: str, content: Json) -> None:
    """A file of ours that the content names must be there, and such as WhatsApp takes.

    Raises UnknownReference, LimitExceeded and MessageMalformed.
    """
    carried = _carried(type_, content)
    if carried is None or not carried.said.get("media_file_id"):
        return
    field = _FIELDS.get("template" if type_ == "template" else carried.place, "content.media_file_id")
    file_id = _file_of(carried.said)
    if file_id is None:
        raise UnknownReference(field=field)
    await media.check_sendable(work, file_id, carried.kind, field)


async def enclose(
    runtime: Runtime, organization_id: UUID, number_id: UUID, sender: Sender, type_: str, content: Json
) -> Json | Refused | None:
    """The content as Meta knows its file. None: it was uploaded just now, and the message goes with its next
    claim, as an upload may take longer than a call whose outcome is waited for.
    """
    carried = _carried(type_, content)
    file_id = _file_of(carried.said) if carried else None
    if carried is None or file_id is None or carried.said.get("media_id"):
        return content
    if media_id := await sending.known_id(runtime, organization_id, number_id, file_id):
        return carried.named(content, media_id)
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


async def is_renewed(
    runtime: Runtime, organization_id: UUID, number_id: UUID, posted: "Posted", outcome: Outcome
) -> bool:
    """Whether Meta did not take an id that was there before the message: it is forgotten, and the message's
    next claim uploads the file anew. What was uploaded for this very message is not tried again.
    """
    if not (isinstance(outcome, Refused) and outcome.is_about_file):
        return False
    carried = _carried(posted.type, posted.content)
    file_id = _file_of(carried.said) if carried else None
    if carried is None or file_id is None:
        return False
    media_id = carried.said["media_id"]
    return await sending.forget(runtime, organization_id, number_id, file_id, media_id, posted.written_at)


class Posted(NamedTuple):
    """A message as Meta was given it."""

    type: str
    content: Json
    written_at: datetime


def _file_of(said: Json) -> UUID | None:
    """The file of ours that is named."""
    with suppress(ValueError):
        return UUID(str(said.get("media_file_id")))
    return None


def _text(said: Json, key: str) -> str | None:
    text = said.get(key)
    return text if isinstance(text, str) and text else None
