"""The rows of two contacts that become one, and the ledger by which they can be told apart again."""

from collections.abc import Collection, Mapping
from typing import Any, TypeAlias
from uuid import UUID

import orjson

from pytake.kit.work import Work

Json = dict[str, Any]
Name: TypeAlias = tuple[str, str]
"""A kind and a value."""

TURN = "pg_advisory_xact_lock(hashtextextended($1, 7))"
"""The lock of whoever applies an organization's deliveries: nobody is recognised while contacts merge."""

NAMES = (
    "whatsapp_id",
    "whatsapp_user_id",
    "whatsapp_parent_user_id",
    "whatsapp_username",
    "whatsapp_identity_key",
    "whatsapp_name",
    "whatsapp_profile_pic_url",
)
FIELDS = (
    *NAMES,
    "name",
    "email",
    "phone",
    "notes",
    "tags",
    "attributes",
    "is_blocked",
    "opt_in",
    "opt_in_date",
    "opt_out_date",
    "marketing_source",
    "last_message_at",
    "total_messages",
    "total_conversations",
    "is_merged",
)
"""What a merge may change about the contact that is kept."""


async def take_turn(work: Work) -> None:
    """Raises asyncpg's LockNotAvailableError when a batch of messages takes too long."""
    await work.execute("SET LOCAL lock_timeout = '10s'")
    await work.fetch(f"SELECT {TURN}", str(work.organization_id))


async def lock(work: Work, contact_ids: Collection[UUID]) -> dict[UUID, Json]:
    """Their rows as JSON, locked in the order of ids."""
    rows = await work.fetch(
        """
        SELECT id, to_jsonb(c) AS row FROM contacts c
        WHERE organization_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR NO KEY UPDATE
        """,
        work.organization_id,
        list(contact_ids),
    )
    return {row["id"]: row["row"] for row in rows}


async def living(work: Work, contact_ids: Collection[UUID]) -> list[UUID]:
    """The older first: that is the one to keep, with its addresses."""
    rows = await work.fetch(
        """
        SELECT id FROM contacts
        WHERE organization_id = $1 AND id = ANY($2::uuid[]) AND deleted_at IS NULL ORDER BY created_at, id
        """,
        work.organization_id,
        list(contact_ids),
    )
    return [row["id"] for row in rows]


async def glances(work: Work, contact_ids: Collection[UUID]) -> list[Any]:
    """Living contacts as they are shown beside others."""
    return await work.fetch(
        """
        SELECT id, name, whatsapp_name, phone, whatsapp_username, last_message_at, opt_in, opt_in_date,
               opt_out_date, marketing_source
        FROM contacts WHERE organization_id = $1 AND id = ANY($2::uuid[]) AND deleted_at IS NULL
        """,
        work.organization_id,
        list(contact_ids),
    )


async def set_fields(work: Work, contact_id: UUID, fields: Mapping[str, Any]) -> None:
    """Those of FIELDS that are given; the others stay as they are."""
    await work.execute(
        """
        UPDATE contacts c
        SET (whatsapp_id, whatsapp_user_id, whatsapp_parent_user_id, whatsapp_username, whatsapp_identity_key,
             whatsapp_name, whatsapp_profile_pic_url, name, email, phone, notes, tags, attributes, is_blocked,
             opt_in, opt_in_date, opt_out_date, marketing_source, last_message_at, total_messages,
             total_conversations, is_merged, updated_at) = (
            SELECT whatsapp_id, whatsapp_user_id, whatsapp_parent_user_id, whatsapp_username,
                   whatsapp_identity_key, whatsapp_name, whatsapp_profile_pic_url, name, email, phone, notes,
                   tags, attributes, is_blocked, opt_in, opt_in_date, opt_out_date, marketing_source,
                   last_message_at, total_messages, total_conversations, is_merged, now()
            FROM jsonb_populate_record(c, $3::jsonb))
        WHERE c.organization_id = $1 AND c.id = $2
        """,
        work.organization_id,
        contact_id,
        orjson.dumps(dict(fields)).decode(),
    )


async def hide(work: Work, gone: UUID, kept: UUID) -> None:
    await work.execute(
        "UPDATE contacts SET deleted_at = now(), merged_into = $3 WHERE organization_id = $1 AND id = $2",
        work.organization_id,
        gone,
        kept,
    )


async def held_by_others(work: Work, people: Collection[UUID], phones: Collection[str]) -> set[str]:
    """Which of these wa_ids somebody has who is none of these people: numbers are given to others again."""
    rows = await work.fetch(
        """
        SELECT whatsapp_id FROM contacts
        WHERE organization_id = $1 AND whatsapp_id = ANY($2::text[]) AND deleted_at IS NULL
          AND id <> ALL($3::uuid[])
        """,
        work.organization_id,
        list(phones),
        list(people),
    )
    return {row["whatsapp_id"] for row in rows}


async def show_again(
    work: Work, gone: UUID, known_by: tuple[str | None, str | None], messages: int, conversations: int
) -> None:
    """`known_by`: the phone and the user id they have now."""
    await work.execute(
        """
        UPDATE contacts SET deleted_at = NULL, merged_into = NULL, whatsapp_id = $5::text,
               whatsapp_user_id = $6, updated_at = now(),
               phone = CASE WHEN $5::text IS NOT NULL AND COALESCE(phone = '+' || whatsapp_id, phone IS NULL)
                            THEN '+' || $5::text ELSE COALESCE(phone, '+' || whatsapp_id) END,
               total_messages = total_messages + $3, total_conversations = total_conversations + $4
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        gone,
        messages,
        conversations,
        *known_by,
    )


async def give_identities(work: Work, gone: UUID, kept: UUID) -> None:
    """What the one was known by finds the other from now on."""
    await work.execute(
        """
        WITH theirs AS (
            DELETE FROM contact_identities WHERE organization_id = $1 AND contact_id = $2 RETURNING *
        )
        INSERT INTO contact_identities (organization_id, contact_id, kind, value, state, source,
                                        first_seen_at, last_seen_at, told_with, told_at)
        SELECT $1, $3, kind, value, state, source, first_seen_at, last_seen_at, told_with, told_at FROM theirs
        ON CONFLICT DO NOTHING
        """,
        work.organization_id,
        gone,
        kept,
    )


async def take_identities_back(
    work: Work, gone: UUID, kept: UUID, identities: Collection[Name], own: Collection[Name]
) -> None:
    """`own`: what the kept one was known by as well, and keeps."""
    await work.execute(
        """
        INSERT INTO contact_identities (organization_id, contact_id, kind, value, state, source,
                                        first_seen_at, last_seen_at, told_with, told_at)
        SELECT i.organization_id, $2, i.kind, i.value,
               CASE i.state WHEN 'current' THEN 'former' ELSE i.state END, i.source, i.first_seen_at,
               i.last_seen_at, i.told_with, i.told_at
        FROM contact_identities i
        JOIN unnest($4::text[], $5::text[]) AS theirs (kind, value)
          ON i.kind = theirs.kind AND i.value = theirs.value
        WHERE i.organization_id = $1 AND i.contact_id = $3
        ON CONFLICT DO NOTHING
        """,
        work.organization_id,
        gone,
        kept,
        [kind for kind, _ in identities],
        [value for _, value in identities],
    )
    theirs = [each for each in identities if each not in own]
    await work.execute(
        """
        DELETE FROM contact_identities i USING unnest($3::text[], $4::text[]) AS theirs (kind, value)
        WHERE i.organization_id = $1 AND i.contact_id = $2 AND i.kind = theirs.kind AND i.value = theirs.value
        """,
        work.organization_id,
        kept,
        [kind for kind, _ in theirs],
        [value for _, value in theirs],
    )


async def leave_given_up(work: Work, contact_id: UUID, names: Collection[Name]) -> None:
    """Of these, what is not the contact's now is theirs no longer, as it was before the merge."""
    await work.execute(
        """
        UPDATE contact_identities i SET state = 'given_up'
        FROM unnest($3::text[], $4::text[]) AS gone (kind, value)
        WHERE i.organization_id = $1 AND i.contact_id = $2 AND i.kind = gone.kind AND i.value = gone.value
          AND i.state = 'former'
        """,
        work.organization_id,
        contact_id,
        [kind for kind, _ in names],
        [value for _, value in names],
    )


async def known_by(work: Work, contact_id: UUID) -> list[Any]:
    """What a contact is and was known by: what is current first, then the latest."""
    return await work.fetch(
        """
        SELECT i.kind, i.value, i.state, i.source, i.first_seen_at, i.told_with, i.told_at,
               CASE i.state WHEN 'current' THEN GREATEST(i.last_seen_at, c.last_message_at)
                            ELSE i.last_seen_at END AS last_seen_at
        FROM contact_identities i
        JOIN contacts c ON c.organization_id = i.organization_id AND c.id = i.contact_id
        WHERE i.organization_id = $1 AND i.contact_id = $2
        ORDER BY (i.state = 'current') DESC, i.last_seen_at DESC, i.kind, i.value
        """,
        work.organization_id,
        contact_id,
    )


async def insert(work: Work, merge: Mapping[str, Any]) -> None:
    await work.execute(
        """
        INSERT INTO contact_merges (id, organization_id, kept_id, gone_id, reason, merged_by, merged_at,
                                    before, after, moved)
        VALUES ($1, $2, $3, $4, $5, $6, now(), $7::jsonb, $8::jsonb, $9::jsonb)
        """,
        merge["id"],
        work.organization_id,
        merge["kept_id"],
        merge["gone_id"],
        merge["reason"],
        work.actor.user_id,
        *(orjson.dumps(merge[name]).decode() for name in ("before", "after", "moved")),
    )


async def find(work: Work, merge_id: UUID) -> Any | None:
    rows = await work.fetch(
        """
        SELECT id, kept_id, gone_id, reason, merged_at, undone_at, before, after, moved
        FROM contact_merges WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        merge_id,
    )
    return rows[0] if rows else None


async def standing(work: Work, contact_id: UUID) -> list[Any]:
    """The merges into this contact that stand, the latest first."""
    return await work.fetch(
        """
        SELECT m.id, m.kept_id, m.gone_id, m.reason, m.merged_at, m.merged_by, g.name, g.whatsapp_name,
               g.phone
        FROM contact_merges m
        JOIN contacts g ON g.organization_id = m.organization_id AND g.id = m.gone_id
        WHERE m.organization_id = $1 AND m.kept_id = $2 AND m.undone_at IS NULL
        ORDER BY m.merged_at DESC, m.id DESC
        """,
        work.organization_id,
        contact_id,
    )


async def mark_undone(work: Work, merge_id: UUID) -> None:
    await work.execute(
        "UPDATE contact_merges SET undone_at = now(), undone_by = $3 WHERE organization_id = $1 AND id = $2",
        work.organization_id,
        merge_id,
        work.actor.user_id,
    )
