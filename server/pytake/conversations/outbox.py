"""The outbox: one row per message that still has to leave, deleted when the outcome is recorded.

Within a conversation only the oldest row may be claimed, so messages leave in order whoever sends them. A
row in state `sending` was claimed before the call and stands for an outcome nobody knows until it is gone.
A claim is known by its row and its moment: who gives a row back gives back that claim and no later one.
"""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from pytake.conversations.pipeline import NewMessage
from pytake.kit.work import Work
from pytake.ports.whatsapp import Person

FULL: Final = "messaging_limit"
"""Why a message waits that would be the first to somebody for whom there is no room."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row this process has claimed, with all that a call needs."""

    message_id: UUID
    message_created_at: datetime
    claimed_at: datetime
    """The database's clock."""
    since: float
    """Our own monotonic clock, in seconds, before the claim's transaction began: no claim is older."""
    conversation_id: UUID
    contact_id: UUID
    attempts: int
    """This one included."""
    times_unknown: int
    """Attempts before, of which nobody knows how they ended."""
    to: Person
    type: str
    content: dict[str, Any]
    reply_to: str | None
    reads: str | None
    open_seconds: float
    """It may be sent for so long after the claim: what is left of the 24-hour window; a template for ever."""
    is_unwanted: bool = False
    """A marketing template for somebody who has stopped marketing messages."""
    is_initiated: bool = False
    """A template outside the 24-hour window: the business writes first, and Meta limits to how many."""

    @property
    def may_be_sent(self) -> bool:
        """By the database's clock at the claim and ours since then: never too late, a moment too soon."""
        return time.monotonic() - self.since < self.open_seconds


_ADD = """
WITH heads AS MATERIALIZED (
    SELECT head.* FROM unnest($5::uuid[]) AS asked (conversation_id)
    CROSS JOIN LATERAL (
        SELECT o.message_id, o.conversation_id, o.state, o.last_error, o.not_before FROM outbox o
        WHERE o.conversation_id = asked.conversation_id ORDER BY o.position LIMIT 1) AS head
), woken AS (
    UPDATE outbox SET not_before = now()
    WHERE message_id = ANY(ARRAY(
        SELECT message_id FROM heads
        WHERE state = 'pending' AND last_error = $11 AND not_before > now()))
      AND state = 'pending'
), added AS (
    INSERT INTO outbox (message_id, message_created_at, organization_id, whatsapp_number_id,
                        conversation_id, contact_id, priority, is_template, reads_whatsapp_id,
                        state, claimed_at, attempts)
    SELECT message_id, $2, $1, number_id, conversation_id, contact_id, priority, is_template, reads,
           CASE WHEN is_claimed THEN 'sending' ELSE 'pending' END,
           CASE WHEN is_claimed THEN now() END, is_claimed::int
    FROM (
        SELECT *, may_claim AND conversation_id <> ALL(ARRAY(
            SELECT conversation_id FROM heads)) AS is_claimed
        FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::smallint[], $8::bool[],
                    $9::text[], $10::bool[]) WITH ORDINALITY
             AS new (message_id, number_id, conversation_id, contact_id, priority, is_template,
                     reads, may_claim, place)
        ORDER BY place
    ) AS new
    RETURNING message_id, state
)
SELECT message_id FROM added WHERE state = 'sending'
"""


async def add(
    work: Work, messages: Sequence[NewMessage], may_claim: Collection[UUID] = frozenset()
) -> set[UUID]:
    """Queue messages, and claim at once those of `may_claim` whose conversation has nothing queued yet.

    Answers which were claimed. The caller has locked the conversations, so nothing comes between. What waits
    there for room in the messaging limit is tried again: the customer may have written since, and then it is
    in the way of the answer for no reason. It is the first of its line, for no other is ever claimed.

    The firsts are read in their index's order: such a scan leaves out next time what it found deleted, while
    a set of conversations looked up at once would meet every row that has left the outbox lately.
    """
    rows = await work.fetch(
        _ADD,
        work.organization_id,
        work.now,
        [message.id for message in messages],
        [message.conversation.whatsapp_number_id for message in messages],
        [message.conversation.id for message in messages],
        [message.conversation.contact_id for message in messages],
        [message.priority for message in messages],
        [message.is_template for message in messages],
        [message.reads for message in messages],
        [message.id in may_claim for message in messages],
        FULL,
    )
    return {row["message_id"] for row in rows}


_CLAIM = """
WITH heads AS (
    SELECT o.message_id FROM outbox o
    WHERE o.organization_id = $1 AND o.whatsapp_number_id = $2
      AND o.state = 'pending' AND o.not_before <= now()
      AND o.position = (SELECT first.position FROM outbox first
                        WHERE first.conversation_id = o.conversation_id ORDER BY first.position LIMIT 1)
    ORDER BY o.priority, o.position LIMIT $3
    FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE outbox o SET state = 'sending', claimed_at = now(), attempts = o.attempts + 1
    WHERE o.message_id = ANY(ARRAY(SELECT message_id FROM heads))
    RETURNING o.*
)
SELECT c.message_id, c.message_created_at, c.claimed_at, c.conversation_id, c.contact_id, c.attempts,
       c.times_unknown, c.reads_whatsapp_id, m.type, m.content, m.metadata, k.whatsapp_id, k.whatsapp_user_id,
       CASE WHEN c.is_template THEN 'infinity'
            ELSE COALESCE(extract(epoch FROM v.last_customer_message_at + interval '24 hours' - now()), 0)
       END::float8 AS open_seconds,
       c.is_template AND k.has_stopped AND EXISTS (
           SELECT FROM whatsapp_templates t
           WHERE t.organization_id = $1 AND t.name = m.content ->> 'name'
             AND t.language = m.content ->> 'language' AND t.category = 'MARKETING') AS is_unwanted,
       c.is_template AND COALESCE(v.last_customer_message_at <= now() - interval '24 hours', true)
           AS is_initiated
FROM claimed c
CROSS JOIN LATERAL (SELECT type, content, metadata FROM messages
                    WHERE organization_id = $1 AND id = c.message_id AND created_at = c.message_created_at
                    LIMIT 1) m
CROSS JOIN LATERAL (SELECT whatsapp_id, whatsapp_user_id,
                           NOT opt_in AND opt_out_date IS NOT NULL AS has_stopped FROM contacts
                    WHERE organization_id = $1 AND id = c.contact_id LIMIT 1) k
CROSS JOIN LATERAL (SELECT last_customer_message_at FROM conversations
                    WHERE organization_id = $1 AND id = c.conversation_id LIMIT 1) v
ORDER BY c.priority, c.position
"""


async def claim(work: Work, number_id: UUID, most: int, since: float) -> list[Claimed]:
    """Claim the heads of line of up to `most` conversations; committed before any call is made.

    `since`: our monotonic clock before the transaction began.
    """
    rows = await work.fetch(_CLAIM, work.organization_id, number_id, most)
    return [
        Claimed(
            row["message_id"],
            row["message_created_at"],
            row["claimed_at"],
            since,
            row["conversation_id"],
            row["contact_id"],
            row["attempts"],
            row["times_unknown"],
            Person(wa_id=row["whatsapp_id"], user_id=row["whatsapp_user_id"]),
            row["type"],
            row["content"],
            row["metadata"].get("reply_to"),
            row["reads_whatsapp_id"],
            row["open_seconds"],
            row["is_unwanted"],
            row["is_initiated"],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Return:
    """A claim given back, to be made again after so many seconds."""

    message_id: UUID
    claimed_at: datetime
    seconds: float
    reason: str | None = None


async def release(work: Work, returns: Sequence[Return], *, called: bool = True) -> None:
    """Give claims back. An attempt that ended before the call does not count."""
    await work.execute(
        """
        UPDATE outbox o
        SET state = 'pending', claimed_at = NULL, last_error = COALESCE(new.reason, o.last_error),
            attempts = o.attempts - $2, not_before = now() + make_interval(secs => new.seconds)
        FROM unnest($3::uuid[], $4::timestamptz[], $5::float8[], $6::text[])
             AS new (message_id, claimed_at, seconds, reason)
        WHERE o.organization_id = $1 AND o.message_id = new.message_id
          AND o.state = 'sending' AND o.claimed_at = new.claimed_at
        """,
        work.organization_id,
        0 if called else 1,
        [item.message_id for item in returns],
        [item.claimed_at for item in returns],
        [item.seconds for item in returns],
        [item.reason for item in returns],
    )


async def note_unknown(work: Work, unknown: Sequence[tuple[Claimed, str]]) -> None:
    """The rows stay `sending`: a status will settle them, or `overdue` will find them.

    Written down twice, because nobody saw the first commit, it counts once.
    """
    await work.execute(
        """
        UPDATE outbox o SET last_error = new.reason, times_unknown = new.times_unknown
        FROM unnest($2::uuid[], $3::timestamptz[], $4::smallint[], $5::text[])
             AS new (message_id, claimed_at, times_unknown, reason)
        WHERE o.organization_id = $1 AND o.message_id = new.message_id
          AND o.state = 'sending' AND o.claimed_at = new.claimed_at
        """,
        work.organization_id,
        [row.message_id for row, _ in unknown],
        [row.claimed_at for row, _ in unknown],
        [row.times_unknown + 1 for row, _ in unknown],
        [reason for _, reason in unknown],
    )


async def remove(work: Work, message_ids: Sequence[UUID]) -> list[Any]:
    """Take settled rows out; answers those that were still there (message, its time, number).

    An answer and a status may settle the same messages at once: both lock the rows in the order of ids.
    """
    return await work.fetch(
        """
        WITH settled AS (
            SELECT message_id FROM outbox WHERE organization_id = $1 AND message_id = ANY($2::uuid[])
            ORDER BY message_id FOR UPDATE
        )
        DELETE FROM outbox o WHERE o.message_id = ANY(ARRAY(SELECT message_id FROM settled))
        RETURNING o.message_id, o.message_created_at, o.whatsapp_number_id
        """,
        work.organization_id,
        list(message_ids),
    )


async def something_waits(work: Work) -> bool:
    """Whether anything should leave now: what is under way, and what could be."""
    rows = await work.fetch(
        """
        SELECT EXISTS (
            SELECT FROM whatsapp_numbers n CROSS JOIN LATERAL (
                SELECT FROM outbox o WHERE o.whatsapp_number_id = n.id AND o.not_before <= now() LIMIT 1) AS o
            WHERE n.organization_id = $1) AS waits
        """,
        work.organization_id,
    )
    waits: bool = rows[0]["waits"]
    return waits


async def overdue(work: Work, silence: float, most: int) -> list[Any]:
    """Claimed rows without an outcome for `silence` seconds during which our webhook was up all the time.

    The silence is counted up to the oldest delivery that is not applied yet: it may hold the news.
    """
    return await work.fetch(
        """
        WITH heard AS (
            SELECT COALESCE((SELECT e.received_at FROM inbound_events e
                             WHERE e.organization_id = $1 AND e.status = 'pending'
                             ORDER BY e.id LIMIT 1), now()) - make_interval(secs => $2) AS until
        )
        SELECT o.message_id, o.message_created_at, o.claimed_at, o.whatsapp_number_id, o.is_template,
               o.attempts, o.times_unknown
        FROM outbox o, heard
        WHERE o.organization_id = $1 AND o.state = 'sending' AND o.claimed_at < heard.until
          AND EXISTS (SELECT FROM heartbeats h
                      WHERE h.kind = 'api' AND h.beat_at > now() - interval '15 seconds'
                        AND h.up_since < heard.until)
        ORDER BY o.position LIMIT $3 FOR UPDATE OF o SKIP LOCKED
        """,
        work.organization_id,
        silence,
        most,
    )
