"""The end of a run: nothing left to do, and PyTake's own books agree with what the judge has seen."""

import asyncio
import time
from collections.abc import Sequence

from tests.faults.installation import Installation
from tests.faults.size import FULL
from tests.faults.tenants import Tenant

PATIENCE = 900.0 if FULL else 120.0
SILENCE = 61
"""Seconds: a little more than what a send with an unknown outcome waits for news."""
RANK = ("accepted", "sent", "failed", "delivered", "read", "played")

_WAITING = """
SELECT (SELECT count(*) FROM inbound_events
        WHERE organization_id = ANY($1) AND status = 'pending') AS inbound,
       (SELECT count(*) FROM outbox WHERE organization_id = ANY($1)) AS outbox,
       (SELECT count(*) FROM outbox WHERE organization_id = ANY($1) AND state = 'sending') AS sending
"""


async def settled(it: Installation, tenants: Sequence[Tenant], patience: float = PATIENCE) -> None:
    """Until nothing is left to apply, to send or to decide for these tenants, and nothing to be told of.

    Sends whose fate nobody knows are decided after a minute of silence. The full form waits for it; the
    short one lets the minute pass in the database, once nothing can bring news any more.
    """
    ids = [tenant.organization_id for tenant in tenants]
    numbers = [tenant.phone_number_id for tenant in tenants]
    deadline = time.monotonic() + patience
    while True:
        telling = await it.meta.still_to_tell()
        it.journal.catch_up()
        to_come = it.oracle.news_to_come(numbers)
        # Looked at last: what was told until now is in here, or applied.
        (waiting,) = await it.owner.fetch(_WAITING, ids)
        news = waiting["inbound"] or telling or to_come
        if not (news or waiting["outbox"]):
            return
        assert time.monotonic() < deadline, f"never settled: {dict(waiting)}, {telling} webhooks"
        if waiting["sending"] and not news and not FULL:
            await let_silence_pass(it, ids)
        await asyncio.sleep(0.2)


async def let_silence_pass(it: Installation, ids: Sequence[object]) -> None:
    """Age, by a minute, the sends that no call can still answer: their worker is dead, or the call ended.

    Ask only when no news is to come: what then stays silent would have stayed so for the minute.
    """
    await it.owner.execute(
        """
        UPDATE outbox SET claimed_at = claimed_at - make_interval(secs => $2)
        WHERE organization_id = ANY($1) AND state = 'sending' AND (claimed_at < $3 OR last_error IS NOT NULL)
        """,
        ids,
        SILENCE,
        it.no_worker_at,
    )
    await it.owner.execute(
        "UPDATE heartbeats SET up_since = up_since - make_interval(secs => $1) WHERE kind = 'api'", SILENCE
    )


async def disagreements(it: Installation, tenants: Sequence[Tenant]) -> list[str]:
    """Where PostgreSQL and the judge differ; nothing, when all messages and statuses are the same."""
    it.journal.catch_up()
    rows = await it.owner.fetch(
        """
        SELECT direction, whatsapp_message_id AS wamid, status::text FROM messages
        WHERE organization_id = ANY($1)
        """,
        [tenant.organization_id for tenant in tenants],
    )
    stored = [row["wamid"] for row in rows if row["direction"] == "inbound"]
    ours = {row["wamid"]: row["status"] for row in rows if row["direction"] == "outbound"}
    numbers = {tenant.phone_number_id for tenant in tenants}
    return [*_of_inbound(it, numbers, stored), *_of_statuses(it, numbers, ours)]


def _of_inbound(it: Installation, numbers: set[str], stored: Sequence[str]) -> list[str]:
    taken = {
        wamid
        for wamid, (key, _) in it.oracle.asked.items()
        if key.pair.number in numbers and wamid in it.oracle.acknowledged
    }
    twice = len(stored) - len(set(stored))
    return [
        *([f"{twice} inbound messages stored twice"] if twice else []),
        *(f"{wamid} acknowledged and not stored" for wamid in taken - set(stored)),
    ]


def _of_statuses(it: Installation, numbers: set[str], ours: dict[str, str]) -> list[str]:
    wrong = []
    for answer in it.oracle.answers:
        if answer.sent_to.number in numbers:
            told = max(it.oracle.statuses.get(answer.wamid, {"accepted"}), key=RANK.index)
            if ours.get(answer.wamid) != told:
                wrong.append(f"{answer.wamid}: {ours.get(answer.wamid)} here, {told} there")
    return wrong
