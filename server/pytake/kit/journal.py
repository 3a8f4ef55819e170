"""The journal: every fact once, in the transaction that made it true, for readers that follow it by cursor.

Sequences are given out before transactions commit, so rows become visible out of order. A reader therefore
orders by (transaction, sequence) and reads only rows of transactions older than every open one
(`pg_snapshot_xmin`): behind that line nothing can appear any more, and no row is skipped.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from typing_extensions import override

from pytake.kit.database import Connection
from pytake.kit.frozen import frozen


@frozen
class News:
    """A fact about to be written."""

    type: str
    payload: dict[str, Any]


class Cursor(NamedTuple):
    """How far somebody has read. On the wire: `<transaction>-<sequence>`."""

    transaction_id: int
    sequence: int

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Raises ValueError when the text is no cursor."""
        transaction_id, dash, sequence = text.partition("-")
        if not (dash and transaction_id.isdecimal() and sequence.isdecimal() and len(text) <= 40):  # noqa: PLR2004 - two bigints
            raise ValueError(f"not a journal cursor: {text[:40]!r}")
        return cls(int(transaction_id), int(sequence))

    @override
    def __str__(self) -> str:
        return f"{self.transaction_id}-{self.sequence}"


START = Cursor(0, 0)


@frozen
class Entry:
    """A fact as it is read back."""

    cursor: Cursor
    type: str
    payload: dict[str, Any]
    created_at: datetime


async def append(connection: Connection, organization_id: UUID, news: Sequence[News]) -> None:
    await connection.execute(
        """
        INSERT INTO events (organization_id, type, payload)
        SELECT $1, type, payload::jsonb FROM unnest($2::text[], $3::text[]) AS news (type, payload)
        """,
        organization_id,
        [item.type for item in news],
        [orjson.dumps(item.payload, default=str).decode() for item in news],
    )


async def read(connection: Connection, organization_id: UUID, after: Cursor, most: int) -> list[Entry]:
    """What came after the cursor and can no longer be preceded by anything else, in order."""
    rows = await connection.fetch(
        """
        SELECT transaction_id, sequence, type, payload, created_at FROM events
        WHERE organization_id = $1 AND (transaction_id, sequence) > ($2, $3)
          AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        ORDER BY transaction_id, sequence LIMIT $4
        """,
        organization_id,
        after.transaction_id,
        after.sequence,
        most,
    )
    return [
        Entry(
            Cursor(row["transaction_id"], row["sequence"]),
            row["type"],
            row["payload"],
            row["created_at"],
        )
        for row in rows
    ]


async def end(connection: Connection, organization_id: UUID) -> Cursor:
    """Where a reader starts that wants only what is still to come."""
    row = await connection.fetchrow(
        """
        SELECT transaction_id, sequence FROM events
        WHERE organization_id = $1 AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        ORDER BY transaction_id DESC, sequence DESC LIMIT 1
        """,
        organization_id,
    )
    return Cursor(row["transaction_id"], row["sequence"]) if row else START


async def cursor_of(connection: Connection, organization_id: UUID, reader: str) -> Cursor:
    """Where the reader stands; locks its cursor until the transaction ends, so two never read at once."""
    await connection.execute(
        "INSERT INTO journal_cursors (organization_id, reader) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        organization_id,
        reader,
    )
    row = await connection.fetchrow(
        """
        SELECT transaction_id, sequence FROM journal_cursors
        WHERE organization_id = $1 AND reader = $2 FOR UPDATE
        """,
        organization_id,
        reader,
    )
    return Cursor(row["transaction_id"], row["sequence"]) if row else START


async def move_cursor(connection: Connection, organization_id: UUID, reader: str, to: Cursor) -> None:
    await connection.execute(
        """
        UPDATE journal_cursors SET transaction_id = $3, sequence = $4, updated_at = now()
        WHERE organization_id = $1 AND reader = $2 AND (transaction_id, sequence) < ($3, $4)
        """,
        organization_id,
        reader,
        to.transaction_id,
        to.sequence,
    )
