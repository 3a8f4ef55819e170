"""Contacts that stand for groups."""

from collections.abc import Collection
from uuid import UUID

from pytake.contacts.types import Contact
from pytake.kit.ids import new_id
from pytake.kit.work import Work


async def meet(work: Work, group_ids: Collection[str]) -> dict[str, Contact]:
    """The contact of each group; one that nobody knows becomes one."""
    new = await _insert(work, group_ids)
    rows = await work.fetch(
        """
        SELECT id, whatsapp_group_id, name FROM contacts
        WHERE organization_id = $1 AND deleted_at IS NULL AND whatsapp_group_id = ANY($2::text[])
        """,
        work.organization_id,
        list(group_ids),
    )
    for contact_id in new:
        work.publish("contact.created", {"contact_id": contact_id})
    return {
        row["whatsapp_group_id"]: Contact(row["id"], None, None, row["name"], is_new=row["id"] in new)
        for row in rows
    }


async def is_group(work: Work, contact_id: UUID) -> bool:
    rows = await work.fetch(
        """
        SELECT FROM contacts WHERE organization_id = $1 AND id = $2 AND whatsapp_group_id IS NOT NULL
        """,
        work.organization_id,
        contact_id,
    )
    return bool(rows)


async def _insert(work: Work, group_ids: Collection[str]) -> set[UUID]:
    rows = await work.fetch(
        """
        INSERT INTO contacts (id, organization_id, whatsapp_group_id)
        SELECT id, $1, group_id FROM unnest($2::uuid[], $3::text[]) AS new (id, group_id)
        ON CONFLICT DO NOTHING RETURNING id
        """,
        work.organization_id,
        [new_id() for _ in group_ids],
        list(group_ids),
    )
    return {row["id"] for row in rows}
