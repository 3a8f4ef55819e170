"""What an organization may have, and how much of it there is."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from pytake.identity.types import Limit
from pytake.kit.work import Work

_COUNT: Final[Mapping[Limit, str]] = {
    Limit.CHATBOTS: """
        SELECT count(*) AS used FROM (
            SELECT FROM chatbots WHERE organization_id = $1 AND deleted_at IS NULL LIMIT $2) AS counted
    """,
    Limit.NUMBERS: """
        SELECT count(*) AS used FROM (
            SELECT FROM whatsapp_numbers WHERE organization_id = $1 AND deleted_at IS NULL LIMIT $2
        ) AS counted
    """,
    Limit.CONTACTS: """
        SELECT count(*) AS used FROM (
            SELECT FROM contacts WHERE organization_id = $1 AND deleted_at IS NULL LIMIT $2) AS counted
    """,
    Limit.AGENTS: """
        SELECT count(*) AS used FROM (
            SELECT FROM users WHERE organization_id = $1 AND deleted_at IS NULL AND is_active
              AND role <> 'viewer' LIMIT $2) AS counted
    """,
    Limit.DEPARTMENTS: """
        SELECT count(*) AS used FROM (SELECT FROM departments WHERE organization_id = $1 LIMIT $2) AS counted
    """,
}
"""What counts. Whoever may only look answers nobody, and is no agent."""

_ALLOWANCES: Final = """
    SELECT max_chatbots, max_whatsapp_numbers, max_contacts, max_agents, max_departments,
           monthly_message_limit, plan_expires_at <= now() AS is_expired
    FROM organizations WHERE id = $1
"""


async def allowances(work: Work) -> Any:
    rows = await work.fetch(_ALLOWANCES, work.organization_id)
    return rows[0]


async def lock(work: Work) -> Any:
    """The same; whoever else makes something of it waits until this transaction ends.

    Rows that merely refer to the organization do not wait.
    """
    rows = await work.fetch(f"{_ALLOWANCES} FOR NO KEY UPDATE", work.organization_id)
    return rows[0]


async def count(work: Work, limit: Limit, most: int) -> int:
    """How many there are, or `most` when there are at least so many: nobody counts a million."""
    rows = await work.fetch(_COUNT[limit], work.organization_id, most)
    return int(rows[0]["used"])


async def month(work: Work, default_timezone: str) -> Any:
    """This month as the organization's clock has it, and its messages so far."""
    rows = await work.fetch(
        """
        SELECT clock.month, COALESCE(u.sent, 0) AS sent, COALESCE(u.received, 0) AS received
        FROM organizations o
        CROSS JOIN LATERAL date_trunc('month', now() AT TIME ZONE COALESCE(o.settings ->> 'timezone', $2))
            AS local (month)
        CROSS JOIN LATERAL (SELECT local.month::date) AS clock (month)
        LEFT JOIN message_usage u ON u.organization_id = o.id AND u.month = clock.month
        WHERE o.id = $1
        """,
        work.organization_id,
        default_timezone,
    )
    return rows[0]


async def months(work: Work, most: int) -> list[Any]:
    return await work.fetch(
        """
        SELECT month, sent, received FROM message_usage WHERE organization_id = $1
        ORDER BY month DESC LIMIT $2
        """,
        work.organization_id,
        most,
    )


async def pause_messages(work: Work, month_used_up: date | None, default_timezone: str) -> bool:
    """Say that bots are silent until that month is over, or (None) that they are not.

    Answers whether that is news.
    """
    rows = await work.fetch(
        """
        WITH wanted AS (
            SELECT o.id, ($2::date + interval '1 month')
                         AT TIME ZONE COALESCE(o.settings ->> 'timezone', $3) AS until
            FROM organizations o WHERE o.id = $1
        )
        UPDATE organizations o SET messages_paused_until = wanted.until
        FROM wanted
        WHERE o.id = wanted.id AND o.messages_paused_until IS DISTINCT FROM wanted.until RETURNING o.id
        """,
        work.organization_id,
        month_used_up,
        default_timezone,
    )
    return bool(rows)
