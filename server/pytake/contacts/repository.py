"""Every question put to `contacts` by the message pipeline, as set statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pytake.contacts import identities
from pytake.contacts.types import Contact, IdentitySource
from pytake.kit.work import Work

_COLUMNS = """id, whatsapp_id, whatsapp_user_id, name, whatsapp_name, whatsapp_username, phone, email,
              is_blocked, whatsapp_parent_user_id, whatsapp_identity_key, is_merged, attributes"""


def _contact(row: Any) -> Contact:
    return Contact(
        id=row["id"],
        whatsapp_id=row["whatsapp_id"],
        whatsapp_user_id=row["whatsapp_user_id"],
        name=row["name"],
        whatsapp_name=row["whatsapp_name"],
        whatsapp_username=row["whatsapp_username"],
        phone=row["phone"],
        email=row["email"],
        is_blocked=row["is_blocked"],
        parent_user_id=row["whatsapp_parent_user_id"],
        identity_key=row["whatsapp_identity_key"],
        is_merged=row["is_merged"],
        attributes=row["attributes"],
    )


async def matching(work: Work, user_ids: Sequence[str], wa_ids: Sequence[str]) -> list[Contact]:
    """Contacts with any of these identifiers, oldest first. One index look-up per identifier."""
    rows = await work.fetch(
        f"""
        SELECT {_COLUMNS} FROM contacts
        WHERE organization_id = $1 AND deleted_at IS NULL
          AND (whatsapp_user_id = ANY($2::text[]) OR whatsapp_id = ANY($3::text[]))
        ORDER BY created_at, id
        """,  # noqa: S608 - _COLUMNS is written above
        work.organization_id,
        user_ids,
        wa_ids,
    )
    return [_contact(row) for row in rows]


async def by_ids(work: Work, contact_ids: Sequence[UUID]) -> list[Contact]:
    rows = await work.fetch(
        f"SELECT {_COLUMNS} FROM contacts WHERE organization_id = $1 AND id = ANY($2::uuid[])",  # noqa: S608 - _COLUMNS is written above
        work.organization_id,
        contact_ids,
    )
    return [_contact(row) for row in rows]


async def insert(work: Work, contacts: Sequence[Contact]) -> set[UUID]:
    """Add the new ones; answer the ids of those nobody else added a moment earlier."""
    rows = await work.fetch(
        """
        INSERT INTO contacts (id, organization_id, whatsapp_id, whatsapp_user_id, whatsapp_name,
                              whatsapp_username, whatsapp_parent_user_id, whatsapp_identity_key, phone)
        SELECT id, $1, wa_id, user_id, profile_name, username, parent_user_id, identity_key, '+' || wa_id
        FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
             AS new (id, wa_id, user_id, profile_name, username, parent_user_id, identity_key)
        ON CONFLICT DO NOTHING
        RETURNING id
        """,
        work.organization_id,
        [contact.id for contact in contacts],
        [contact.whatsapp_id for contact in contacts],
        [contact.whatsapp_user_id for contact in contacts],
        [contact.whatsapp_name for contact in contacts],
        [contact.whatsapp_username for contact in contacts],
        [contact.parent_user_id for contact in contacts],
        [contact.identity_key for contact in contacts],
    )
    return {row["id"] for row in rows}


async def write_back(work: Work, contacts: Sequence[Contact]) -> None:
    """Add to the counters and write what was learnt, in the order of ids (no deadlock between batches)."""
    contacts = sorted(contacts, key=lambda contact: contact.id)
    await _count(work, contacts)
    if learnt := [contact for contact in contacts if contact.is_changed]:
        await _learn(work, learnt)


async def _count(work: Work, contacts: Sequence[Contact]) -> None:
    """Nothing else is set here: PostgreSQL makes `search_text` anew whenever one of its columns is set."""
    await work.execute(
        """
        UPDATE contacts AS c
        SET total_messages = c.total_messages + new.messages,
            total_conversations = c.total_conversations + new.conversations,
            last_message_at = GREATEST(c.last_message_at, new.last_message_at),
            updated_at = now()
        FROM unnest($2::uuid[], $3::int[], $4::int[], $5::timestamptz[])
             AS new (id, messages, conversations, last_message_at)
        WHERE c.organization_id = $1 AND c.id = new.id
        """,
        work.organization_id,
        [contact.id for contact in contacts],
        [contact.messages for contact in contacts],
        [contact.conversations for contact in contacts],
        [contact.last_message_at for contact in contacts],
    )


async def _learn(work: Work, contacts: Sequence[Contact]) -> None:
    await work.execute(
        """
        UPDATE contacts AS c
        SET whatsapp_id = new.wa_id, whatsapp_user_id = new.user_id, whatsapp_name = new.profile_name,
            whatsapp_username = new.username, whatsapp_parent_user_id = new.parent_user_id,
            whatsapp_identity_key = new.identity_key,
            phone = CASE WHEN c.phone IS NULL OR c.phone = '+' || c.whatsapp_id THEN '+' || new.wa_id
                         ELSE c.phone END
        FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
             AS new (id, wa_id, user_id, profile_name, username, parent_user_id, identity_key)
        WHERE c.organization_id = $1 AND c.id = new.id
        """,
        work.organization_id,
        [contact.id for contact in contacts],
        [contact.whatsapp_id for contact in contacts],
        [contact.whatsapp_user_id for contact in contacts],
        [contact.whatsapp_name for contact in contacts],
        [contact.whatsapp_username for contact in contacts],
        [contact.parent_user_id for contact in contacts],
        [contact.identity_key for contact in contacts],
    )


async def count_message(work: Work, contact_id: UUID) -> None:
    """Lock the conversation before: a drain takes both in this order."""
    await work.execute(
        """
        UPDATE contacts SET total_messages = total_messages + 1, updated_at = now(),
               last_message_at = GREATEST(last_message_at, $3)
        WHERE organization_id = $1 AND id = $2
        """,
        work.organization_id,
        contact_id,
        work.now,
    )


async def learn_wa_ids(work: Work, wa_ids: Mapping[UUID, str]) -> None:
    """A wa_id that another contact holds stays there; of two that learn the same, the older one has it."""
    rows = await work.fetch(
        """
        UPDATE contacts c SET whatsapp_id = new.wa_id, updated_at = now()
        FROM (SELECT DISTINCT ON (wa_id) id, wa_id
              FROM unnest($2::uuid[], $3::text[]) AS pair (id, wa_id) ORDER BY wa_id, id) AS new
        WHERE c.organization_id = $1 AND c.id = new.id
          AND NOT EXISTS (SELECT FROM contacts other WHERE other.organization_id = $1
                          AND other.whatsapp_id = new.wa_id AND other.deleted_at IS NULL)
        RETURNING c.id
        """,
        work.organization_id,
        list(wa_ids),
        list(wa_ids.values()),
    )
    learnt = [row["id"] for row in rows]
    await identities.told_by(work, learnt, IdentitySource.SEND)


async def set_marketing_consent(
    work: Work, contact_ids: Sequence[UUID], at: datetime, source: str, *, opted_in: bool
) -> list[UUID]:
    """Answers whose it changed: older news than what is known change nothing."""
    rows = await work.fetch(
        """
        UPDATE contacts SET opt_in = $3, marketing_source = $5, updated_at = now(),
               opt_in_date = CASE WHEN $3 THEN $4 ELSE opt_in_date END,
               opt_out_date = CASE WHEN $3 THEN opt_out_date ELSE $4 END
        WHERE organization_id = $1 AND id = ANY($2::uuid[])
          AND $4 >= COALESCE(GREATEST(opt_in_date, opt_out_date), '-infinity')
        RETURNING id
        """,
        work.organization_id,
        list(contact_ids),
        opted_in,
        at,
        source,
    )
    return [row["id"] for row in rows]
