"""Reading conversations: pages for screens, and messages for whoever tells about them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from pytake.conversations import repository
from pytake.conversations.schemas import IN_LIST, STATUSES, Listed
from pytake.conversations.sight import Sight
from pytake.kit.errors import NotFound
from pytake.kit.pages import Position, cut
from pytake.kit.work import Work
from pytake.media import service as media
from pytake.media.schemas import MediaLinkList
from pytake.ports.digests import Digests

Json = dict[str, Any]

MOST_COUNTED: Final = 999
"""Of one status: nobody acts differently on a thousand than on ten thousand, and counting them takes time."""


async def page(
    work: Work, listed: Listed, cursor: str | None, limit: int, *, wanted: str | None = None
) -> Json:
    """`wanted` is part of a contact's name, phone or address; a blank one is none."""
    after, part = Position.behind(cursor), (wanted or "").strip() or None
    items, last = cut(await repository.page(work, listed, after, limit + 1, part), limit)
    return {"items": items, "next": _behind(last, "last_message_at") if last else None}


async def counts(work: Work) -> Json:
    """For the tabs of the inbox: by what a list shows, and by status."""
    counted = await repository.counts(work, STATUSES, MOST_COUNTED + 1)
    return {
        "by_filter": {
            listed.value: _told(counted[status] for status in IN_LIST[listed]) for listed in Listed
        },
        "by_status": {status: _told([count]) for status, count in counted.items()},
    }


def _told(counts: Iterable[int]) -> Json:
    """Of several statuses together: as exact as the least exact of them."""
    known = list(counts)
    return {
        "count": sum(min(count, MOST_COUNTED) for count in known),
        "is_exact": max(known) <= MOST_COUNTED,
    }


async def get(work: Work, conversation_id: UUID) -> Json:
    """Raises NotFound, also for what belongs to another organization."""
    conversation = await repository.find(work, conversation_id)
    if conversation is None:
        raise NotFound
    return conversation


async def messages(work: Work, conversation_id: UUID, cursor: str | None, limit: int) -> Json:
    """The newest messages, or those before the cursor; oldest first, as they are read. Raises NotFound."""
    before = Position.behind(cursor)
    sees_all = Sight.of_actor(work.actor).all
    if not sees_all and not await repository.exists(work, conversation_id):
        raise NotFound
    rows = await repository.messages_before(work, conversation_id, before, limit + 1)
    if sees_all and not rows and not await repository.exists(work, conversation_id):
        raise NotFound
    items, oldest = cut(rows, limit)
    return {"items": items[::-1], "next": _behind(oldest, "created_at") if oldest else None}


async def media_links(
    work: Work, digests: Digests, conversation_id: UUID, message_ids: Collection[UUID]
) -> MediaLinkList:
    """Raises NotFound."""
    if not await repository.exists(work, conversation_id):
        raise NotFound
    signer = media.signer(work, digests)
    items = await media.links(work, signer, conversation_id, message_ids)
    return MediaLinkList(items=items, expires_at=signer.expires_at)


async def retry_media(work: Work, conversation_id: UUID, message_id: UUID) -> None:
    """Raises NotFound and NothingToRetry."""
    if not await repository.exists(work, conversation_id):
        raise NotFound
    await media.retry(work, conversation_id, message_id)


async def messages_at(work: Work, places: Collection[tuple[UUID, datetime]]) -> dict[UUID, Json]:
    """Messages as the API shows them, by id; those that are gone are missing."""
    return await repository.messages_at(work, places) if places else {}


def _behind(item: Json, moment: str) -> str:
    """The cursor of what follows the item in the order by that moment."""
    return str(Position(item[moment], UUID(item["id"])))
