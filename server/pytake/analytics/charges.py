"""What messages cost, by month, number and category: the report of what the meter has counted."""

from typing import Any, Final

from pytake.kit.work import Work

MONTHS_SHOWN: Final = 13
CHARGED: Final = "regular"
"""The kind of price that is paid; every other names why it is free."""


async def report(work: Work) -> list[dict[str, Any]]:
    """The newest month first; within it by number and category."""
    rows = await work.fetch(
        """
        SELECT c.month, c.whatsapp_number_id, n.display_name, n.phone_number, c.category,
               COALESCE(sum(c.messages) FILTER (WHERE c.type = $3), 0)::bigint AS charged,
               COALESCE(sum(c.messages) FILTER (WHERE c.type <> $3), 0)::bigint AS free
        FROM message_charges c
        JOIN whatsapp_numbers n ON n.organization_id = $1 AND n.id = c.whatsapp_number_id
        WHERE c.organization_id = $1 AND c.month >= (
            SELECT min(month) FROM (SELECT DISTINCT month FROM message_charges WHERE organization_id = $1
                                    ORDER BY month DESC LIMIT $2) AS shown)
        GROUP BY c.month, c.whatsapp_number_id, n.display_name, n.phone_number, c.category
        ORDER BY c.month DESC, lower(n.display_name), n.phone_number, c.whatsapp_number_id, c.category
        """,
        work.organization_id,
        MONTHS_SHOWN,
        CHARGED,
    )
    return [dict(row) for row in rows]
