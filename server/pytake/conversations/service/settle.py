"""Settling messages: what Meta answered, and what its status webhooks say later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from pytake.conversations import charging, free_entry, holding, jobs, outbox, statements
from pytake.conversations.pipeline import STATUS_RANK, meta_time, read_callback_data
from pytake.conversations.service import changes
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.media import service as media
from pytake.ports.whatsapp import StatusChanged

_RANK_OF = "array_position(ARRAY['" + "', '".join(STATUS_RANK) + "'], {})"

FILE_UNUSABLE = 131053
"""Meta's own code for a file that it could not use."""

MOMENTS = {"sent": "sent_at", "delivered": "delivered_at", "read": "read_at", "failed": "failed_at"}


@dataclass(slots=True)
class Settlement:
    """All that a batch says about one message, whatever the order it came in."""

    message_id: UUID
    message_created_at: datetime
    status: str
    whatsapp_message_id: str | None = None
    moments: dict[str, datetime] = field(default_factory=dict)
    error_code: int | None = None
    error_message: str | None = None
    pricing: dict[str, Any] | None = None
    free_until: int | None = None
    """Unix seconds."""
    held: str | None = None
    """Why Meta has accepted the message and does not let it go yet."""

    def rise_to(self, status: str, at: datetime) -> None:
        if STATUS_RANK.index(status) > STATUS_RANK.index(self.status):
            self.status = status
        if column := MOMENTS.get(status):
            self.moments[column] = min(at, self.moments.get(column, at))


async def apply_statuses(
    work: Work, statuses: Sequence[tuple[UUID, StatusChanged]]
) -> list[tuple[UUID, StatusChanged]]:
    """Apply (number, status) pairs; answer those whose message nobody knows yet.

    A status that carries our callback data settles a send whose answer was lost: its outbox row goes, so
    that it is never sent again.
    """
    rows = await statements.known(
        work,
        {(number_id, s.wamid) for number_id, s in statuses if read_callback_data(s.callback_data) is None},
    )
    settlements: dict[UUID, Settlement] = {}
    strangers: list[tuple[UUID, StatusChanged]] = []
    for number_id, status in statuses:
        found = read_callback_data(status.callback_data) or rows.get((number_id, status.wamid))
        if found is None:
            strangers.append((number_id, status))
        elif status.status in STATUS_RANK:
            _note(
                settlements.setdefault(found[0], Settlement(*found, "accepted", status.wamid)),
                status,
                work.now,
            )
    if unusable := [s.message_id for s in settlements.values() if s.error_code == FILE_UNUSABLE]:
        await media.forget_uploads_of(work, unusable)
    if settlements:
        gone = await _take_out_of_outbox(work, settlements)
        await settle_sent(work, gone, list(settlements.values()))
    return strangers


def _note(settlement: Settlement, status: StatusChanged, now: datetime) -> None:
    settlement.rise_to(status.status, meta_time(status.timestamp, now))
    if status.pricing:
        settlement.pricing = (settlement.pricing or {}) | status.pricing
        settlement.free_until = free_entry.told_until(status) or settlement.free_until
    if status.errors:
        first = status.errors[0]
        code = first.get("code")
        settlement.error_code = code if isinstance(code, int) else None
        settlement.error_message = _sentence(first)


def _sentence(error: dict[str, Any]) -> str:
    return str(error.get("details") or error.get("title") or f"code {error.get('code')}")


async def _take_out_of_outbox(work: Work, settlements: dict[UUID, Settlement]) -> dict[UUID, UUID]:
    """Answers those that were still there, and the number each was sent from."""
    gone = await outbox.remove(work, list(settlements))
    work.enqueue(*(jobs.send(work.organization_id, row["whatsapp_number_id"]) for row in gone))
    return {row["message_id"]: row["whatsapp_number_id"] for row in gone}


async def settle_sent(work: Work, numbers: Mapping[UUID, UUID], settlements: Sequence[Settlement]) -> None:
    """Settle messages of which some (`numbers`: by message) have only now got their name at WhatsApp.

    From then on statuses and quotes find them by it; and what has spoken of them before has its effect.
    """
    names = [
        (numbers[each.message_id], each.whatsapp_message_id, each.message_id, each.message_created_at)
        for each in settlements
        if each.message_id in numbers and each.whatsapp_message_id
    ]
    first = await statements.remember(work, names) if names else {}
    await settle(work, settlements)
    await changes.catch_up(work, (), [(number, wamid) for number, wamid, id_, _ in names if first.get(id_)])


_ARRIVED = _RANK_OF.format("'delivered'")
_HAS_ARRIVED = f"GREATEST({_RANK_OF.format('new.status')}, {_RANK_OF.format('m.status::text')}) >= {_ARRIVED}"
_ACCEPTED = _RANK_OF.format("'accepted'")
_HAS_GONE_ON = f"GREATEST({_RANK_OF.format('new.status')}, {_RANK_OF.format('m.status::text')}) > {_ACCEPTED}"
_METADATA = holding.METADATA.format(
    metadata=charging.METADATA.format(has_arrived=_HAS_ARRIVED), has_gone_on=_HAS_GONE_ON
)

_SETTLE = f"""
UPDATE messages AS m
SET status = CASE WHEN {_RANK_OF.format("new.status")} > {_RANK_OF.format("m.status::text")}
                  THEN new.status ELSE m.status END,
    whatsapp_message_id = COALESCE(m.whatsapp_message_id, new.whatsapp_message_id),
    sent_at = COALESCE(m.sent_at, new.sent_at), delivered_at = COALESCE(m.delivered_at, new.delivered_at),
    read_at = COALESCE(m.read_at, new.read_at), failed_at = COALESCE(m.failed_at, new.failed_at),
    error_code = COALESCE(new.error_code, m.error_code),
    error_message = COALESCE(new.error_message, m.error_message),
    metadata = {_METADATA}
FROM unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[],
            $8::timestamptz[], $9::timestamptz[], $10::int[], $11::text[], $12::text[], $14::bigint[],
            $15::text[])
     AS new (id, created_at, status, whatsapp_message_id, sent_at, delivered_at, read_at, failed_at,
             error_code, error_message, pricing, free_until, held)
WHERE m.organization_id = $1 AND m.id = new.id AND m.created_at = new.created_at
  AND ({_RANK_OF.format("new.status")} > {_RANK_OF.format("m.status::text")}
       OR (m.sent_at IS NULL AND new.sent_at IS NOT NULL)
       OR (m.delivered_at IS NULL AND new.delivered_at IS NOT NULL)
       OR (m.read_at IS NULL AND new.read_at IS NOT NULL)
       OR (m.failed_at IS NULL AND new.failed_at IS NOT NULL)
       OR (m.whatsapp_message_id IS NULL AND new.whatsapp_message_id IS NOT NULL)
       OR (new.pricing IS NOT NULL AND NOT m.metadata ? 'pricing'))
RETURNING m.id, m.created_at, m.conversation_id, m.contact_id, m.whatsapp_number_id, m.type, m.status,
          {free_entry.IS_TOUCHED} AS touches_free_entry, {charging.COUNTED} AS counted
"""  # noqa: S608 - _RANK_OF is written above, and filled with names of this statement


async def settle(work: Work, settlements: Sequence[Settlement]) -> None:
    """Raise messages to what is known of them now and tell of each that changed. Never lowers a status.

    The fact holds no more than the status, and once what the message costs: who follows the journal reads the
    message itself.
    """
    settlements = sorted(settlements, key=lambda settlement: settlement.message_id)
    rows = await work.fetch(
        _SETTLE,
        work.organization_id,
        [s.message_id for s in settlements],
        [s.message_created_at for s in settlements],
        [s.status for s in settlements],
        [s.whatsapp_message_id for s in settlements],
        *([s.moments.get(column) for s in settlements] for column in MOMENTS.values()),
        [s.error_code for s in settlements],
        [s.error_message for s in settlements],
        [orjson.dumps(s.pricing).decode() if s.pricing else None for s in settlements],
        str(new_id()),
        [s.free_until for s in settlements],
        [s.held for s in settlements],
    )
    for row in rows:
        work.publish(
            "message.updated",
            {
                "message_id": row["id"],
                "message_created_at": row["created_at"],
                "conversation_id": row["conversation_id"],
                "contact_id": row["contact_id"],
                "status": row["status"],
                **charging.told(row["whatsapp_number_id"], row["counted"]),
            },
        )
    touched = [(row["contact_id"], row["whatsapp_number_id"]) for row in rows if row["touches_free_entry"]]
    if touched:
        await free_entry.refigure(work, touched)
    refused = [row for row in rows if row["type"] == "reaction" and row["status"] == "failed"]
    if refused:
        await changes.withdraw(work, [(row["id"], row["created_at"]) for row in refused])
