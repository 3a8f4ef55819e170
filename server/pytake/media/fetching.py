"""Fetching what customers sent: claim, call, record. Meta keeps it for a week, so it is fetched at once."""

import asyncio
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog

from pytake.kit.database import TRANSIENT
from pytake.kit.errors import PyTakeError
from pytake.kit.work import Work
from pytake.media import keeping, repository
from pytake.media.errors import FileEmpty, FileTooLarge
from pytake.media.received import received
from pytake.media.types import Failure, Waiting
from pytake.ports.storage import StorageAway
from pytake.ports.whatsapp import Sender, WhatsAppRefused, WhatsAppUnreachable
from pytake.ports.whatsapp_limits import MEDIA_BYTES
from pytake.ports.whatsapp_media import MediaGone, MediaUnreachable, Place
from pytake.runtime import Runtime
from pytake.whatsapp import service as whatsapp

AT_ONCE: Final = 4
LEASE: Final = timedelta(minutes=5)
"""Longer than a download may take. Whoever dies with it leaves it to the next after so long."""

PAUSES: Final = tuple(
    timedelta(seconds=seconds)
    for seconds in (2, 10, 60, 300, 1800, 3 * 3600, 12 * 3600, 24 * 3600, 48 * 3600)
)
"""Between tries: together most of the seven days."""

CHANGED: Final = "message.media_changed"

log = structlog.get_logger(__name__)


class Damaged(Exception):
    """Other bytes than those that were announced."""


_MEANS: Final[tuple[tuple[type[Exception], Failure, bool], ...]] = (
    (MediaGone, Failure.EXPIRED, True),
    (FileTooLarge, Failure.TOO_LARGE, True),
    (WhatsAppRefused, Failure.REFUSED, False),
    (WhatsAppUnreachable, Failure.UNREACHABLE, False),
    (MediaUnreachable, Failure.UNREACHABLE, False),
    (Damaged, Failure.DAMAGED, False),
    (FileEmpty, Failure.DAMAGED, False),
    (StorageAway, Failure.NO_ROOM, False),
)
"""What went wrong, what it is called, and whether trying again is of no use."""


async def fetch_due(runtime: Runtime, organization_id: UUID) -> None:
    """Everything that is due, a few at a time."""
    while True:
        async with runtime.work(organization_id) as work:
            claimed = await repository.claim(work, AT_ONCE, LEASE)
            numbers = {waiting.whatsapp_number_id for waiting in claimed}
            senders = {
                number: await whatsapp.sender(work, runtime.ports.secrets, number) for number in numbers
            }
        if not claimed:
            return
        await asyncio.gather(
            *(_fetch(runtime, organization_id, each, senders[each.whatsapp_number_id]) for each in claimed)
        )


async def _fetch(runtime: Runtime, organization_id: UUID, waiting: Waiting, sender: Sender | None) -> None:
    """Whatever happens to one file, the others go on."""
    try:
        if waiting.tries > len(PAUSES):
            await _give_up(runtime, organization_id, waiting)
        elif sender is None:
            await _note(runtime, organization_id, waiting, Failure.REFUSED, is_final=False)
        else:
            await _bring(runtime, organization_id, waiting, sender)
    except TRANSIENT:  # its lease ends, and it is due again
        log.warning("media_not_recorded", message_id=str(waiting.message_id))
    except Exception:  # a mistake of ours about one file; its tries are counted
        log.exception("fetching failed", message_id=str(waiting.message_id))


async def _bring(runtime: Runtime, organization_id: UUID, waiting: Waiting, sender: Sender) -> None:
    try:
        place = await runtime.ports.media.locate(sender, waiting.media_id)
        parts = runtime.ports.media.download(sender, place)
        async with received(parts, MEDIA_BYTES[waiting.kind]) as given:
            _compare(waiting, place, given.size, given.sha256)
            claimed = place.mime_type or waiting.mime_type
            file = await keeping.store(runtime, organization_id, given, claimed)
    except (PyTakeError, Damaged) as error:
        for kind, failure, is_final in _MEANS:
            if isinstance(error, kind):
                await _note(runtime, organization_id, waiting, failure, is_final=is_final)
                return
        raise
    async with runtime.work(organization_id) as work:
        kept = await repository.keep(work, file)
        if await repository.note_stored(work, waiting.message_id, kept.id):
            tell(work, waiting)


def _compare(waiting: Waiting, place: Place, size: int, sha256: str) -> None:
    announced = {hashed for hashed in (waiting.sha256, place.sha256) if hashed}
    if announced - {sha256} or place.size not in {None, size}:
        raise Damaged


async def _note(
    runtime: Runtime, organization_id: UUID, waiting: Waiting, failure: Failure, *, is_final: bool
) -> None:
    last = is_final or waiting.tries >= len(PAUSES)
    wait = None if last else PAUSES[waiting.tries - 1]
    log.info("media_not_fetched", message_id=str(waiting.message_id), why=failure.value, tries=waiting.tries)
    async with runtime.work(organization_id) as work:
        if await repository.note_failed(work, waiting.message_id, failure, wait):
            tell(work, waiting)


async def _give_up(runtime: Runtime, organization_id: UUID, waiting: Waiting) -> None:
    """It ended each process that tried, or the tries are over."""
    await _note(runtime, organization_id, waiting, Failure.GAVE_UP, is_final=True)


def tell(work: Work, waiting: Waiting) -> None:
    work.publish(
        CHANGED,
        {
            "message_id": waiting.message_id,
            "message_created_at": waiting.message_created_at,
            "conversation_id": waiting.conversation_id,
        },
    )
