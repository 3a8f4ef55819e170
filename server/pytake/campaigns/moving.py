"""A contact's places in campaigns, when it turns out to be another contact's person."""

from collections.abc import Sequence
from uuid import UUID

from pytake.kit.work import Work


async def give(work: Work, gone: UUID, kept: UUID) -> list[str]:
    """Answers what was given. In a campaign of both, each keeps its own, and nobody is written to twice."""
    rows = await work.fetch(
        """
        UPDATE campaign_recipients r SET contact_id = $3
        WHERE r.organization_id = $1 AND r.contact_id = $2
          AND NOT EXISTS (SELECT FROM campaign_recipients k
                          WHERE k.campaign_id = r.campaign_id AND k.contact_id = $3)
        RETURNING id
        """,
        work.organization_id,
        gone,
        kept,
    )
    await work.execute(
        """
        UPDATE campaign_recipients SET status = 'skipped', error_message = 'the same person twice'
        WHERE organization_id = $1 AND contact_id = $2 AND status = 'pending'
        """,
        work.organization_id,
        gone,
    )
    return [str(row["id"]) for row in rows]


async def take_back(work: Work, recipients: Sequence[str], gone: UUID) -> None:
    await work.execute(
        "UPDATE campaign_recipients SET contact_id = $3 WHERE organization_id = $1 AND id = ANY($2::uuid[])",
        work.organization_id,
        [UUID(each) for each in recipients],
        gone,
    )
