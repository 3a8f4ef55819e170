"""How calls ended: what is written down, and what is decided when nobody tells."""

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pytake.contacts import service as contacts
from pytake.conversations import initiations, jobs, outbox
from pytake.conversations.outbox import Claimed, Return
from pytake.conversations.service.settle import Settlement, settle, settle_sent
from pytake.kit.frozen import frozen
from pytake.kit.work import Work
from pytake.ports.claim_book import OpenClaim
from pytake.ports.limiter import pair_pause
from pytake.ports.whatsapp import Accepted, Outcome, Policy, Refused, Unknown
from pytake.runtime import Runtime
from pytake.whatsapp.numbers import stopping

MAX_TRIES = 6
MAX_UNKNOWN = 2
"""Calls of one message without an answer or a status; after them nobody knows, and a person decides."""

SILENCE = 60.0
"""Seconds without news after which a send with an unknown outcome is decided (reliability: W)."""

NUMBER_PAUSE = 2.0
"""Seconds a number rests after Meta said that it is too fast (130429)."""


@frozen
class Sent:
    """A claimed row with how its call ended; `Held` rows were never called."""

    row: Claimed
    outcome: Outcome


@frozen
class Held:
    """A claimed row that a limit does not let go yet."""

    row: Claimed
    seconds: float
    reason: str | None = None


async def record(work: Work, number_id: UUID, ended: Sequence[Sent], held: Sequence[Held]) -> None:
    """Write down how calls ended. An outcome already settled by a status changes nothing any more."""
    if held:
        returns = [
            Return(item.row.message_id, item.row.claimed_at, item.seconds, item.reason) for item in held
        ]
        await outbox.release(work, returns, called=False)
    if not ended:
        return
    accepted = [(sent.row, sent.outcome) for sent in ended if isinstance(sent.outcome, Accepted)]
    refused = [(sent.row, sent.outcome) for sent in ended if isinstance(sent.outcome, Refused)]
    unknown = [(sent.row, sent.outcome) for sent in ended if isinstance(sent.outcome, Unknown)]
    if accepted:
        await _record_accepted(work, number_id, accepted)
    if refused:
        await _record_refused(work, number_id, refused)
    if unknown:
        await outbox.note_unknown(work, [(row, outcome.reason) for row, outcome in unknown])


async def _record_accepted(work: Work, number_id: UUID, accepted: Sequence[tuple[Claimed, Accepted]]) -> None:
    settlements = [
        Settlement(row.message_id, row.message_created_at, "accepted", outcome.wamid, held=outcome.held)
        for row, outcome in accepted
    ]
    await outbox.remove(work, [row.message_id for row, _ in accepted])
    await settle_sent(work, {row.message_id: number_id for row, _ in accepted}, settlements)


async def _record_refused(work: Work, number_id: UUID, refused: Sequence[tuple[Claimed, Refused]]) -> None:
    again: list[Return] = []
    final: list[tuple[Claimed, Refused]] = []
    for row, outcome in refused:
        wait = _wait(row, outcome)
        if wait is None:
            final.append((row, outcome))
        else:
            again.append(Return(row.message_id, row.claimed_at, wait, _reason(outcome)))
    if again:
        await outbox.release(work, again)
    if final:
        await outbox.remove(work, [row.message_id for row, _ in final])
        await settle(work, [_failure(row, outcome, work) for row, outcome in final])
        if unreached := [row.message_id for row, _ in final if row.is_initiated]:
            await initiations.take_back(work, unreached)
    stops = [(row, outcome) for row, outcome in refused if outcome.policy is Policy.STOP_NUMBER]
    if stops:
        row, outcome = max(stops, key=lambda stop: stop[0].claimed_at)
        await stopping.stop(work, number_id, _reason(outcome), outcome.code, row.claimed_at)
    opted_out = [row.contact_id for row, outcome in refused if outcome.policy is Policy.OPT_OUT]
    if opted_out:
        await contacts.set_marketing_consent(work, opted_out, work.now, "refusal", opted_in=False)


def _wait(row: Claimed, outcome: Refused) -> float | None:
    """Seconds until the next try; None when there is none.

    A stopped number keeps its messages: they go when somebody has mended it.
    """
    match outcome.policy:
        case Policy.STOP_NUMBER:
            return 0.0
        case Policy.THROTTLE_NUMBER:
            return (outcome.retry_after or NUMBER_PAUSE) * (1 + random.random())
        case Policy.THROTTLE_PAIR:
            return outcome.retry_after or pair_pause(row.attempts)
        case Policy.RETRY if row.attempts < MAX_TRIES:
            return outcome.retry_after or min(2.0 ** (row.attempts - 1), 300.0) * (0.5 + random.random())
        case _:
            return None


def _reason(outcome: Refused) -> str:
    said = outcome.details or outcome.title
    return f"{said} ({outcome.code})" if outcome.code is not None else said


def _failure(row: Claimed, outcome: Refused, work: Work) -> Settlement:
    return Settlement(
        row.message_id,
        row.message_created_at,
        "failed",
        moments={"failed_at": work.now},
        error_code=outcome.code,
        error_message=outcome.details or outcome.title,
    )


def _may_go_again(row: Any) -> bool:
    """A claim whose process died before anybody saw an outcome may mean that nothing was called at all."""
    return not row["is_template"] and row["times_unknown"] < MAX_UNKNOWN and row["attempts"] < MAX_TRIES


async def give_back(runtime: Runtime, claims: Sequence[OpenClaim]) -> None:
    """Of a process that died before it called: what it had claimed goes at once, as if it had not been."""
    by_organization: dict[UUID, list[OpenClaim]] = defaultdict(list)
    for claim in claims:
        by_organization[claim.organization_id].append(claim)
    for organization_id, of_it in by_organization.items():
        async with runtime.work(organization_id) as work:
            returns = [Return(claim.message_id, claim.claimed_at, 0.0) for claim in of_it]
            await outbox.release(work, returns, called=False)
            work.enqueue(*(jobs.send(organization_id, claim.number_id) for claim in of_it))


async def settle_unknown(runtime: Runtime, organization_id: UUID) -> None:
    """Decide about sends nobody has told us about: free text goes again once, a template never by itself."""
    async with runtime.work(organization_id) as work:
        rows = await outbox.overdue(work, SILENCE, 500)
        again = [row for row in rows if _may_go_again(row)]
        lost = [row for row in rows if not _may_go_again(row)]
        if again:
            await outbox.release(work, [Return(row["message_id"], row["claimed_at"], 0.0) for row in again])
        if lost:
            await outbox.remove(work, [row["message_id"] for row in lost])
            await settle(
                work,
                [
                    Settlement(
                        row["message_id"],
                        row["message_created_at"],
                        "unknown",
                        error_message="O WhatsApp não confirmou nem recusou este envio.",
                    )
                    for row in lost
                ],
            )
        work.enqueue(*(jobs.send(organization_id, row["whatsapp_number_id"]) for row in rows))
