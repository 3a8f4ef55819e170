"""The questions that screens put to `conversations` and `messages`."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from pytake.conversations.marks import without_what_was_taken_back, without_what_went_elsewhere
from pytake.conversations.schemas import Listed
from pytake.conversations.sight import Sight, condition
from pytake.kit.pages import Position
from pytake.kit.work import Work
from pytake.media.reading import MEDIA_OF_MESSAGE

_OVER = "(status IN ('resolved', 'closed'))"
_FILTER = {Listed.LIVE: f"AND NOT {_OVER}", Listed.RESOLVED: f"AND {_OVER}", Listed.ALL: ""}

_CONVERSATION = """
    id, status, is_bot_active, contact_id, whatsapp_number_id, last_message_at, message_count, created_at,
    twenty_four_hour_window_expires_at
"""

_PAGE = f"""
    SELECT {_CONVERSATION} FROM conversations c
    WHERE organization_id = $1 AND last_message_at IS NOT NULL {{filter}}
      AND (last_message_at, id) < ($2, $3)
    ORDER BY last_message_at DESC, id DESC LIMIT $4
"""  # noqa: S608 - _CONVERSATION is written above; {filter} is filled below from _FILTER

_ONE = f"""
    SELECT {_CONVERSATION} FROM conversations c WHERE organization_id = $1 AND id = $2 {{seen}}
"""  # noqa: S608 - the same; {seen} is filled below

# The newest message is sought around the time the conversation names, so that a look into one month's
# partition is enough; transactions that overlap may have written the two some seconds apart.
_AS_SHOWN = """
WITH page AS MATERIALIZED ({page})
SELECT page.id::text, page.status, page.is_bot_active, page.message_count,
       COALESCE(page.last_message_at, page.created_at) AS active_at,
       page.twenty_four_hour_window_expires_at AS window_expires_at,
       COALESCE(page.twenty_four_hour_window_expires_at > now(), false) AS can_send_free_form,
       free.expires_at AS free_entry_expires_at,
       CASE WHEN free.answered_at IS NULL THEN free.entered_at + interval '24 hours' END
           AS free_entry_answer_by,
       k.id::text AS contact_id, k.name AS contact_name, k.whatsapp_name, k.phone, k.whatsapp_username,
       k.whatsapp_group_id IS NOT NULL AS is_group,
       n.id::text AS number_id, n.display_name, n.phone_number,
       last.id::text AS last_id, last.direction, last.sender_type,
       CASE WHEN last.metadata ? 'revoked' OR last.type = 'system' AND last.content ->> 'type' = 'revoke'
            THEN 'revoked'
            WHEN last.type = 'system' AND last.content ->> 'type' = 'edit' THEN 'edited'
            WHEN last.direction = 'inbound' AND last.content ? 'form' THEN 'form'
            WHEN last.direction = 'inbound' AND last.content ? 'call_permission'
            THEN CASE WHEN last.content -> 'call_permission' ->> 'response' = 'accept'
                      THEN 'calls_permitted' ELSE 'calls_refused' END
            WHEN last.type = 'reaction' AND COALESCE(last.content ->> 'emoji', '') = '' THEN 'unreacted'
            WHEN last.direction = 'outbound' AND last.content ? 'product' THEN 'product'
            ELSE last.type END AS type,
       CASE WHEN last.direction = 'inbound' AND last.content ? 'form' THEN NULL
            ELSE left(COALESCE(CASE WHEN last.metadata ? 'applied' AND last.type = 'system' THEN NULL
                                    ELSE last.content ->> 'text' END,
                               last.content ->> 'caption', last.content ->> 'filename',
                               NULLIF(last.content ->> 'emoji', ''), last.content ->> 'name'), 160)
            END AS preview,
       last.status AS last_status, last.created_at AS last_created_at
FROM page
JOIN contacts k ON k.organization_id = $1 AND k.id = page.contact_id
LEFT JOIN whatsapp_numbers n ON n.organization_id = $1 AND n.id = page.whatsapp_number_id
LEFT JOIN free_entry_points free ON free.organization_id = $1 AND free.contact_id = page.contact_id
                                AND free.whatsapp_number_id = page.whatsapp_number_id
LEFT JOIN LATERAL (
    SELECT m.id, m.direction, m.sender_type, m.type, m.status, m.created_at, m.content,
           m.metadata
    FROM messages m
    WHERE m.organization_id = $1 AND m.conversation_id = page.id
      AND m.created_at BETWEEN page.last_message_at - interval '1 hour'
                           AND page.last_message_at + interval '1 hour'
    ORDER BY m.created_at DESC, m.id DESC LIMIT 1
) AS last ON true
ORDER BY page.last_message_at DESC, page.id DESC
"""

_SEEN_IN_LIST = f"AND {condition('$5::uuid', '$6::bool', '$7::bool')}"
_SEEN_ALONE = f"AND {condition('$3::uuid', '$4::bool', '$5::bool')}"
_SEEN_COUNTED = f"AND {condition('$4::uuid', '$5::bool', '$6::bool')}"

_WITH = "AND contact_id IN (SELECT find_contacts({wanted}))"
_FOUND = {True: _WITH.format(wanted="$5"), False: _WITH.format(wanted="$8")}

_LISTS = {
    (listed, is_all, is_sought): _AS_SHOWN.format(
        page=_PAGE.format(
            filter=chosen + ("" if is_all else _SEEN_IN_LIST) + (_FOUND[is_all] if is_sought else "")
        )
    )
    for listed, chosen in _FILTER.items()
    for is_all in (True, False)
    for is_sought in (True, False)
}
_SINGLE = {
    is_all: _AS_SHOWN.format(page=_ONE.format(seen="" if is_all else _SEEN_ALONE)) for is_all in (True, False)
}
_EXISTS = {
    is_all: f"""
        SELECT FROM conversations c WHERE organization_id = $1 AND id = $2 {"" if is_all else _SEEN_ALONE}
    """
    for is_all in (True, False)
}

_COUNT = """
    SELECT asked.status, (
        SELECT count(*) FROM (
            SELECT FROM conversations c
            WHERE organization_id = $1 AND c.status = asked.status AND last_message_at IS NOT NULL {seen}
            LIMIT $3
        ) AS listed
    ) AS count
    FROM unnest($2::text[]) AS asked (status)
"""
_COUNTS = {is_all: _COUNT.format(seen="" if is_all else _SEEN_COUNTED) for is_all in (True, False)}

_MESSAGE = f"""
    m.id, m.conversation_id, m.direction, m.sender_type, m.type, m.content, m.status, m.error_code,
    m.error_message, m.metadata, m.whatsapp_message_id, m.created_at, m.sent_at, m.delivered_at, m.read_at,
    m.failed_at,
    {MEDIA_OF_MESSAGE} AS media
"""


async def page(
    work: Work, listed: Listed, after: Position, most: int, wanted: str | None
) -> list[dict[str, Any]]:
    """Conversations with news, the newest first. One that never had a message has no place in the list."""
    sight = Sight.of_actor(work.actor)
    statement = _LISTS[listed, sight.all, wanted is not None]
    sought = () if wanted is None else (wanted,)
    rows = await work.fetch(
        statement, work.organization_id, after.at, after.id, most, *_narrowed(sight), *sought
    )
    return [_conversation(row) for row in rows]


async def counts(work: Work, statuses: Collection[str], most: int) -> dict[str, int]:
    """How many of the conversations that lists show are in each status; at `most` so many are counted.

    An index alone answers for those who see all, and of each status it is read no further than that.
    """
    sight = Sight.of_actor(work.actor)
    rows = await work.fetch(_COUNTS[sight.all], work.organization_id, list(statuses), most, *_narrowed(sight))
    return {row["status"]: row["count"] for row in rows}


async def find(work: Work, conversation_id: UUID) -> dict[str, Any] | None:
    sight = Sight.of_actor(work.actor)
    rows = await work.fetch(_SINGLE[sight.all], work.organization_id, conversation_id, *_narrowed(sight))
    return _conversation(rows[0]) if rows else None


async def exists(work: Work, conversation_id: UUID) -> bool:
    sight = Sight.of_actor(work.actor)
    rows = await work.fetch(_EXISTS[sight.all], work.organization_id, conversation_id, *_narrowed(sight))
    return bool(rows)


async def has_number(work: Work, conversation_id: UUID) -> bool:
    """Whether the conversation's number is still connected, if only for a while not sending."""
    rows = await work.fetch(
        """
        SELECT FROM conversations c
        JOIN whatsapp_numbers n ON n.organization_id = $1 AND n.id = c.whatsapp_number_id
        WHERE c.organization_id = $1 AND c.id = $2 AND n.deleted_at IS NULL AND n.is_active
        """,
        work.organization_id,
        conversation_id,
    )
    return bool(rows)


async def whatsapp_id(work: Work, conversation_id: UUID, message_id: UUID) -> str | None:
    """What WhatsApp calls a message of this conversation; None when it has no name there (yet)."""
    rows = await work.fetch(
        """
        SELECT whatsapp_message_id FROM messages
        WHERE organization_id = $1 AND conversation_id = $2 AND id = $3
        """,
        work.organization_id,
        conversation_id,
        message_id,
    )
    return rows[0]["whatsapp_message_id"] if rows else None


async def newest_from_customer(work: Work, conversation_id: UUID) -> Any | None:
    """The customer's newest message that WhatsApp can be told about, and the number it came to."""
    rows = await work.fetch(
        """
        SELECT m.whatsapp_message_id, c.whatsapp_number_id FROM conversations c
        JOIN messages m ON m.organization_id = $1 AND m.conversation_id = c.id
        WHERE c.organization_id = $1 AND c.id = $2
          AND m.direction = 'inbound' AND m.whatsapp_message_id IS NOT NULL
          AND m.created_at > now() - interval '30 days'
        ORDER BY m.created_at DESC, m.id DESC LIMIT 1
        """,
        work.organization_id,
        conversation_id,
    )
    return rows[0] if rows else None


def _narrowed(sight: Sight) -> tuple[Any, ...]:
    return () if sight.all else sight.arguments


async def messages_before(
    work: Work, conversation_id: UUID, before: Position, most: int
) -> list[dict[str, Any]]:
    """A conversation's messages, the newest first.

    The condition on (time, id) is spelled so that no index serves it: as a row comparison it drew a planner
    without statistics to the tenant's index, and through all of the tenant's messages.
    """
    rows = await work.fetch(
        f"""
        SELECT {_MESSAGE} FROM messages m
        WHERE m.organization_id = $1 AND m.conversation_id = $2
          AND m.created_at <= $3 AND (m.created_at < $3 OR m.id < $4)
        ORDER BY m.created_at DESC, m.id DESC LIMIT $5
        """,  # noqa: S608 - _MESSAGE is written above
        work.organization_id,
        conversation_id,
        before.at,
        before.id,
        most,
    )
    return [_message(row) for row in rows]


async def messages_at(work: Work, places: Collection[tuple[UUID, datetime]]) -> dict[UUID, dict[str, Any]]:
    """Messages by their id; missing ones are gone. One look-up each, whatever the statistics say."""
    rows = await work.fetch(
        f"""
        SELECT m.* FROM unnest($2::uuid[], $3::timestamptz[]) AS asked (id, created_at)
        CROSS JOIN LATERAL (
            SELECT {_MESSAGE} FROM messages m
            WHERE m.organization_id = $1 AND m.id = asked.id AND m.created_at = asked.created_at LIMIT 1
        ) AS m
        """,  # noqa: S608 - _MESSAGE is written above
        work.organization_id,
        [message_id for message_id, _ in places],
        [created_at for _, created_at in places],
    )
    return {row["id"]: _message(row) for row in rows}


def _conversation(row: Any) -> dict[str, Any]:
    """Ids come as texts: a UUID of the driver's would be made and written again for each."""
    return {
        "id": row["id"],
        "status": row["status"],
        "is_bot_active": row["is_bot_active"],
        "contact": {
            "id": row["contact_id"],
            "name": row["contact_name"],
            "whatsapp_name": row["whatsapp_name"],
            "phone": row["phone"],
            "username": row["whatsapp_username"],
            "is_group": row["is_group"],
        },
        "whatsapp_number": _number(row),
        "last_message": _last_message(row),
        "last_message_at": row["active_at"],
        "message_count": row["message_count"],
        "window_expires_at": row["window_expires_at"],
        "can_send_free_form": row["can_send_free_form"],
        "free_entry_expires_at": row["free_entry_expires_at"],
        "free_entry_answer_by": row["free_entry_answer_by"],
    }


def _number(row: Any) -> dict[str, Any] | None:
    if row["number_id"] is None:
        return None
    return {
        "id": row["number_id"],
        "display_name": row["display_name"],
        "phone_number": row["phone_number"],
    }


def _last_message(row: Any) -> dict[str, Any] | None:
    if row["last_id"] is None:
        return None
    return {
        "id": row["last_id"],
        "direction": row["direction"],
        "sender_type": row["sender_type"],
        "type": row["type"],
        "preview": row["preview"],
        "status": row["last_status"],
        "created_at": row["last_created_at"],
    }


def _message(row: Any) -> dict[str, Any]:
    """Without what was taken back."""
    return {
        **row,
        "id": str(row["id"]),
        "conversation_id": str(row["conversation_id"]),
        "content": without_what_went_elsewhere(row["content"], row["metadata"]),
        "metadata": without_what_was_taken_back(row["metadata"]),
    }
