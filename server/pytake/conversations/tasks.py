"""How the jobs of this domain are done."""

from functools import partial
from uuid import UUID

from pytake.conversations import jobs
from pytake.conversations.service import outcomes
from pytake.conversations.service import send as sending
from pytake.kit.jobs import Nudge
from pytake.runtime import Runtime, handles, sweep


@handles(jobs.send, overlaps=True)
async def send(runtime: Runtime, organization_id: UUID, whatsapp_number_id: UUID) -> None:
    await sending.send(runtime, organization_id, whatsapp_number_id)


@handles(jobs.settle_unknown)
async def settle_unknown(runtime: Runtime, organization_id: UUID) -> None:
    await outcomes.settle_unknown(runtime, organization_id)


@handles(jobs.make_partitions)
async def make_partitions(runtime: Runtime) -> None:
    async with runtime.lookup() as connection:
        await connection.execute("SELECT make_message_partitions(3)")


@sweep(every=1.0)
async def unsent(runtime: Runtime) -> list[Nudge]:
    """Numbers with something due in their outbox."""
    async with runtime.lookup() as connection:
        rows = await connection.fetch("SELECT * FROM numbers_with_outbox($1)", 100)
    return [jobs.send(row["organization_id"], row["whatsapp_number_id"]) for row in rows]


@sweep(every=1.0)
async def left_behind(runtime: Runtime) -> list[Nudge]:
    """Claims of processes that died before they called."""
    await runtime.ports.claim_book.of_the_dead(partial(outcomes.give_back, runtime))
    return []


@sweep(every=5.0)
async def unsettled(runtime: Runtime) -> list[Nudge]:
    """Organizations with sends that nobody has told us about for a while."""
    async with runtime.lookup() as connection:
        rows = await connection.fetch(
            "SELECT organizations_with_unknown_sends($1, $2) AS organization_id", outcomes.SILENCE, 100
        )
    return [jobs.settle_unknown(row["organization_id"]) for row in rows]


@sweep(every=2.0)
async def grown(runtime: Runtime) -> list[Nudge]:
    """Tables that have doubled since their statistics were made: plans are made by them."""
    table: int | None = 0
    while table is not None:
        (row,) = await runtime.ask("SELECT analyze_what_has_grown($1) AS looked_at", table)
        table = row["looked_at"]
    return []
