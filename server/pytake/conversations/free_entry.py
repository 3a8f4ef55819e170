"""The free entry point: whoever came through an advertisement and was answered within a day may be written
to for 72 hours without being charged.

It is about the price alone. Free text still needs the 24-hour window; outside of it templates go, free.
A row says nothing that the messages do not say, so it is made anew from them whenever one of them matters.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from pytake.kit.frozen import frozen
from pytake.kit.work import Work
from pytake.ports.whatsapp import StatusChanged

ANSWER_WITHIN = timedelta(hours=24)
FREE_FOR = timedelta(hours=72)
_LOOK_BACK = ANSWER_WITHIN + FREE_FOR + timedelta(days=1)
"""Nothing older matters any more. A day to spare: a message may come late, and leave late."""

_ORIGIN = "referral_conversion"
"""What Meta calls the origin of such a conversation."""

Pair = tuple[UUID, UUID]
"""A contact and a number."""

IS_TOUCHED: Final = """
    (EXISTS (
        SELECT FROM free_entry_points f
        WHERE f.organization_id = $1 AND f.contact_id = m.contact_id
          AND f.whatsapp_number_id = m.whatsapp_number_id AND m.direction = 'outbound'
          AND (new.status = 'failed' AND COALESCE(m.sent_at, m.delivered_at, m.read_at) = f.answered_at
               OR COALESCE(m.sent_at, m.delivered_at, m.read_at) > f.entered_at - interval '5 days'
                  AND COALESCE(m.sent_at, m.delivered_at, m.read_at) < f.entered_at + interval '24 hours'
                  AND (f.answered_at IS NULL
                       OR COALESCE(m.sent_at, m.delivered_at, m.read_at) < f.answered_at)))
     OR new.free_until IS NOT NULL AND NOT EXISTS (
        SELECT FROM free_entry_points f
        WHERE f.organization_id = $1 AND f.contact_id = m.contact_id
          AND f.whatsapp_number_id = m.whatsapp_number_id
          AND f.expires_at = to_timestamp(new.free_until)))
"""
"""Whether news of a message of ours (`m`, by `new`) may change the free hours: one look into a small index,
while messages are settled. Most people came through no advertisement. What left before the last one may be
late news of the answer to an earlier one.
"""


@frozen
class Departure:
    """A message of ours that left."""

    at: datetime
    told: datetime | None = None
    """When the free hours end, in Meta's own words."""


@frozen
class FreeEntry:
    entered_at: datetime | None
    """When the customer last came through an advertisement; Meta may tell of free hours without one."""
    answered_at: datetime | None
    expires_at: datetime | None


def told_until(status: StatusChanged) -> int | None:
    """When the free hours end, if Meta says so in this status: Unix seconds."""
    conversation = status.conversation or {}
    if conversation.get("origin") != _ORIGIN:
        return None
    until: int | None = conversation.get("expiration_timestamp")
    return until


def figured(entries: Collection[datetime], departures: Collection[Departure]) -> FreeEntry | None:
    """What a history comes to, in whatever order it is told. None when nobody came through an advertisement.

    The hours begin with the first answer, and every further advertisement that is answered begins them anew.
    Meta's word counts for more than our reckoning.
    """
    answers = {entry: _answer(entry, departures) for entry in entries}
    answered = max((answer for answer in answers.values() if answer), default=None)
    told = [each.told for each in departures if each.told and (answered is None or each.at >= answered)]
    entered = max(entries, default=None)
    if entered is None and not told:
        return None
    reckoned = answered + FREE_FOR if answered else None
    return FreeEntry(
        entered_at=entered,
        answered_at=answers[entered] if entered else None,
        expires_at=max(told, default=reckoned),
    )


def _answer(entry: datetime, departures: Collection[Departure]) -> datetime | None:
    return min((each.at for each in departures if entry <= each.at < entry + ANSWER_WITHIN), default=None)


async def refigure(work: Work, pairs: Collection[Pair]) -> None:
    """Make the rows of these pairs anew from what was said, and tell whoever shows their conversations.

    Only who applies deliveries or merges does this, and they take turns.
    """
    wanted = sorted(set(pairs))
    entries, departures = await _said(work, wanted)
    found = {pair: figured(entries[pair], departures[pair]) for pair in wanted}
    if gone := [pair for pair in wanted if found[pair] is None]:
        await _forget(work, gone)
    await _tell(work, await _keep(work, [(pair, entry) for pair, entry in found.items() if entry]))


async def _said(
    work: Work, pairs: Sequence[Pair]
) -> tuple[dict[Pair, list[datetime]], dict[Pair, list[Departure]]]:
    rows = await work.fetch(
        """
        SELECT asked.contact_id, asked.number_id, m.direction,
               LEAST(m.created_at, to_timestamp(NULLIF((m.metadata ->> 'timestamp')::bigint, 0))) AS said_at,
               COALESCE(m.sent_at, m.delivered_at, m.read_at) AS left_at,
               to_timestamp((m.metadata ->> 'free_until')::bigint) AS told
        FROM unnest($2::uuid[], $3::uuid[]) AS asked (contact_id, number_id)
        JOIN conversations c ON c.organization_id = $1 AND c.contact_id = asked.contact_id
                            AND c.whatsapp_number_id = asked.number_id
        JOIN messages m ON m.organization_id = $1 AND m.conversation_id = c.id
                       AND m.created_at > now() - $4::interval
        WHERE m.direction = 'inbound' AND m.metadata ? 'referral'
           OR m.direction = 'outbound' AND m.status <> 'failed'
              AND COALESCE(m.sent_at, m.delivered_at, m.read_at) IS NOT NULL
        """,
        work.organization_id,
        *_columns(pairs),
        _LOOK_BACK,
    )
    entries: dict[Pair, list[datetime]] = defaultdict(list)
    departures: dict[Pair, list[Departure]] = defaultdict(list)
    for row in rows:
        pair = row["contact_id"], row["number_id"]
        if row["direction"] == "inbound":
            entries[pair].append(row["said_at"])
        else:
            departures[pair].append(Departure(row["left_at"], row["told"]))
    return entries, departures


async def _keep(work: Work, found: Sequence[tuple[Pair, FreeEntry]]) -> list[Pair]:
    """Answers those of which this is news."""
    rows = await work.fetch(
        """
        INSERT INTO free_entry_points AS f (organization_id, contact_id, whatsapp_number_id,
                                            entered_at, answered_at, expires_at)
        SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[],
                                 $6::timestamptz[])
        ON CONFLICT (contact_id, whatsapp_number_id) DO UPDATE
        SET entered_at = EXCLUDED.entered_at, answered_at = EXCLUDED.answered_at,
            expires_at = EXCLUDED.expires_at
        WHERE (f.entered_at, f.answered_at, f.expires_at)
              IS DISTINCT FROM (EXCLUDED.entered_at, EXCLUDED.answered_at, EXCLUDED.expires_at)
        RETURNING contact_id, whatsapp_number_id
        """,
        work.organization_id,
        *_columns([pair for pair, _ in found]),
        [entry.entered_at for _, entry in found],
        [entry.answered_at for _, entry in found],
        [entry.expires_at for _, entry in found],
    )
    return [(row["contact_id"], row["whatsapp_number_id"]) for row in rows]


async def _forget(work: Work, pairs: Sequence[Pair]) -> None:
    await work.execute(
        """
        DELETE FROM free_entry_points f USING unnest($2::uuid[], $3::uuid[]) AS gone (contact_id, number_id)
        WHERE f.organization_id = $1 AND f.contact_id = gone.contact_id
          AND f.whatsapp_number_id = gone.number_id
        """,
        work.organization_id,
        *_columns(pairs),
    )


async def _tell(work: Work, pairs: Sequence[Pair]) -> None:
    """Of the conversation that is under way, if one is."""
    if not pairs:
        return
    rows = await work.fetch(
        """
        SELECT c.id, f.expires_at,
               CASE WHEN f.answered_at IS NULL THEN f.entered_at + $4::interval END AS answer_by
        FROM unnest($2::uuid[], $3::uuid[]) AS told (contact_id, number_id)
        JOIN free_entry_points f ON f.organization_id = $1 AND f.contact_id = told.contact_id
                                AND f.whatsapp_number_id = told.number_id
        JOIN conversations c ON c.organization_id = $1 AND c.contact_id = told.contact_id
                            AND c.whatsapp_number_id = told.number_id
                            AND c.status NOT IN ('resolved', 'closed')
        ORDER BY c.id
        """,
        work.organization_id,
        *_columns(pairs),
        ANSWER_WITHIN,
    )
    for row in rows:
        work.publish(
            "conversation.updated",
            {
                "conversation_id": row["id"],
                "free_entry_expires_at": row["expires_at"],
                "free_entry_answer_by": row["answer_by"],
            },
        )


def _columns(pairs: Sequence[Pair]) -> tuple[list[UUID], list[UUID]]:
    return [contact_id for contact_id, _ in pairs], [number_id for _, number_id in pairs]


async def refigure_of(work: Work, contact_ids: Collection[UUID]) -> None:
    """For contacts between whom messages have moved: with every number where one of them has a row."""
    rows = await work.fetch(
        """
        SELECT DISTINCT whatsapp_number_id FROM free_entry_points
        WHERE organization_id = $1 AND contact_id = ANY($2::uuid[])
        """,
        work.organization_id,
        list(contact_ids),
    )
    if rows:
        numbers = [row["whatsapp_number_id"] for row in rows]
        await refigure(work, [(contact_id, number_id) for contact_id in contact_ids for number_id in numbers])
