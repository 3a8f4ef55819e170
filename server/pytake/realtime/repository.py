"""Questions about the journal that only a live stream asks."""

from pytake.kit.journal import START, Cursor
from pytake.kit.work import Work


async def is_lost(work: Work, cursor: Cursor) -> bool:
    """Whether events after the cursor may be missing from the journal.

    That is so when its row and possibly others were removed, or when it comes from a journal that was since
    replaced by an older one (a restored backup): then it names a transaction that has not happened yet.
    """
    rows = await work.fetch(
        """
        SELECT $2::bigint >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
               OR ($2, $3) < (oldest.transaction_id, oldest.sequence) AS lost
        FROM (SELECT transaction_id, sequence FROM events WHERE organization_id = $1
              ORDER BY transaction_id, sequence LIMIT 1) AS oldest
        """,
        work.organization_id,
        cursor.transaction_id,
        cursor.sequence,
    )
    if cursor == START:  # given out while there was no event at all
        return False
    return rows[0]["lost"] if rows else True


async def has_unsettled(work: Work) -> bool:
    """Whether there are events that must not be read yet, because an older transaction is still open."""
    rows = await work.fetch(
        """
        SELECT FROM events
        WHERE organization_id = $1 AND transaction_id >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        LIMIT 1
        """,
        work.organization_id,
    )
    return bool(rows)
