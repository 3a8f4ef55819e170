"""The set statements on `contact_identities`: what people were known by. A trigger writes what is current."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from pytake.contacts.types import Earlier, IdentityKind, IdentitySource, IdentityState
from pytake.kit.work import Work
from pytake.ports.whatsapp import Person


async def earlier(work: Work, user_ids: Collection[str], phones: Collection[str]) -> list[Earlier]:
    """What these user ids and phones were once, or are beside a wa_id; the latest first."""
    rows = await work.fetch(
        """
        SELECT i.contact_id, i.kind, i.value, i.state, i.last_seen_at
        FROM contact_identities i
        JOIN contacts c ON c.organization_id = i.organization_id AND c.id = i.contact_id
        WHERE i.organization_id = $1 AND c.deleted_at IS NULL
          AND ((i.state <> 'current' AND i.kind IN ('wa_id', 'user_id')) OR i.kind = 'phone')
          AND i.value = ANY($2::text[] || $3::text[])
          AND i.value = ANY(CASE i.kind WHEN 'user_id' THEN $2::text[] ELSE $3::text[] END)
        ORDER BY i.last_seen_at DESC, i.contact_id
        """,
        work.organization_id,
        list(user_ids),
        list(phones),
    )
    return [
        Earlier(
            row["contact_id"],
            IdentityKind(row["kind"]),
            row["value"],
            IdentityState(row["state"]),
            row["last_seen_at"],
        )
        for row in rows
    ]


async def told_by(work: Work, contact_ids: Sequence[UUID], source: IdentitySource) -> None:
    """Name who told of what these contacts have been known by since this transaction."""
    await work.execute(
        """
        UPDATE contact_identities SET source = $3
        WHERE organization_id = $1 AND contact_id = ANY($2::uuid[]) AND first_seen_at = now()
          AND state = 'current'
        """,
        work.organization_id,
        list(contact_ids),
        source,
    )


async def tell_together(work: Work, contact_id: UUID, before: Person, after: Person) -> None:
    """WhatsApp has named these as one person's, whoever else the contact stands for."""
    named = [name for name in (before.user_id, before.wa_id) if name]
    await work.execute(
        """
        UPDATE contact_identities SET told_with = array_remove($3::text[], value), told_at = now()
        WHERE organization_id = $1 AND contact_id = $2 AND kind IN ('wa_id', 'user_id')
          AND value = ANY($4::text[])
        """,
        work.organization_id,
        contact_id,
        named,
        [name for name in (after.user_id, after.wa_id) if name],
    )


async def give_up(
    work: Work,
    contact_id: UUID,
    given_up: Sequence[tuple[IdentityKind, str]],
    at: datetime,
    source: IdentitySource,
) -> None:
    """These are the contact's no longer, since `at`, whether or not they were known to be."""
    await work.execute(
        """
        INSERT INTO contact_identities AS i (organization_id, contact_id, kind, value, state, source,
                                             first_seen_at, last_seen_at)
        SELECT $1, $2, kind, value, 'given_up', $6, $5, $5
        FROM unnest($3::text[], $4::text[]) AS gone (kind, value)
        ON CONFLICT (organization_id, contact_id, kind, value)
        DO UPDATE SET state = 'given_up', last_seen_at = $5 WHERE i.state = 'former'
        """,
        work.organization_id,
        contact_id,
        [kind for kind, _ in given_up],
        [value for _, value in given_up],
        at,
        source,
    )
