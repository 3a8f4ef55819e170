"""Claims, the row's own and those of the transaction that wrote it.

A claim that ends before its call, whatever ended it, is given back at once and never called twice.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields, replace
from uuid import UUID

import pytest
from typing_extensions import override

from pytake.contacts import service as contacts
from pytake.conversations import outbox
from pytake.conversations.service import desk as desks
from pytake.conversations.service import receive, send
from pytake.inbound import repository as inbound
from pytake.kit.database import Question
from pytake.kit.work import SYSTEM, Actor, Work
from pytake.ports.limiter import Grant, SendLimiter
from pytake.ports.whatsapp import Person
from pytake.runtime import NOTHING, Runtime
from simulator.testing import RunningSimulator
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant

MARIA = "5511900000011"
JOAO = "5511900000022"
PATIENCE = 20.0
"""Seconds; a claim that nobody gives back waits a minute."""


@dataclass
class BreakingLimiter:
    """Breaks its promise never to raise, a few times."""

    inner: SendLimiter
    times: int

    async def take(self, number_id: UUID, rate_per_second: float, wanted: int, pairs: Sequence[str]) -> Grant:
        if self.times:
            self.times -= 1
            raise RuntimeError("unable to perform operation on a closed connection")
        return await self.inner.take(number_id, rate_per_second, wanted, pairs)

    async def pause_number(self, number_id: UUID, seconds: float) -> None:
        await self.inner.pause_number(number_id, seconds)

    async def pause_pair(self, number_id: UUID, pair: str, seconds: float) -> None:
        await self.inner.pause_pair(number_id, pair, seconds)


A_CLAIM = "SELECT FROM outbox WHERE state = 'sending' AND claimed_at = now()"
AN_UNKNOWN_OUTCOME = "SELECT FROM outbox WHERE times_unknown > 0"


@dataclass
class Losses:
    left: int
    of: str = A_CLAIM
    """What a transaction finds that is concerned."""


@dataclass(frozen=True)
class UnacknowledgedRuntime(Runtime):
    """Some commits are done, and their acknowledgement is lost on the way."""

    losses: Losses

    @override
    @asynccontextmanager
    async def work(
        self, organization_id: UUID, actor: Actor = SYSTEM, question: Question = NOTHING
    ) -> AsyncIterator[Work]:
        async with super().work(organization_id, actor, question) as work:
            yield work
            concerned = await work.fetch(self.losses.of)
        if concerned and self.losses.left:
            self.losses.left -= 1
            raise ConnectionResetError("the server is gone")


@pytest.fixture
def losses(office: Office) -> Losses:
    known = {field.name: getattr(office.runtime, field.name) for field in fields(Runtime)}
    losses = Losses(0)
    office.crew.runtime = UnacknowledgedRuntime(**known, losses=losses)
    return losses


async def _maria_is_answered_once(office: Office, sim: RunningSimulator) -> None:
    heard = await sim.customer(MARIA).hears(patience=PATIENCE)
    assert heard["body"]["text"]["body"] == "eco: oi"
    await office.settled()
    assert len(sim.logged("graph.accepted", to=MARIA)) == 1
    assert await office.count("SELECT count(*) FROM outbox") == 0


async def test_a_limiter_that_breaks_leaves_nobody_waiting(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    limiter = BreakingLimiter(office.runtime.ports.limiter, times=2)
    office.crew.runtime = replace(office.runtime, ports=replace(office.runtime.ports, limiter=limiter))

    await sim.customer(MARIA).says("oi")

    await _maria_is_answered_once(office, sim)
    assert limiter.times == 0


async def test_a_commit_without_its_acknowledgement_leaves_nobody_waiting(
    office: Office, sim: RunningSimulator, tenant: Tenant, losses: Losses
) -> None:
    losses.left = 2

    await sim.customer(MARIA).says("oi")

    await _maria_is_answered_once(office, sim)
    assert losses.left == 0


@pytest.fixture
async def open_desk(losses: Losses, office: Office, sim: RunningSimulator, tenant: Tenant) -> None:
    """Somebody's call hangs, so the number's desk stays at work."""
    sim.fault("graph", "slow", to=JOAO, seconds=3.0, type="text")
    await sim.customer(JOAO).says("oi")
    async with asyncio.timeout(PATIENCE):
        while not any(desk.calls for desk in send._desks.values()):
            await asyncio.sleep(0.01)


@pytest.fixture
def claimed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What desks claim for themselves, as it comes."""
    texts: list[str] = []
    as_it_is = outbox.claim

    async def noted(work: Work, number_id: UUID, most: int, since: float) -> list[outbox.Claimed]:
        rows = await as_it_is(work, number_id, most, since)
        texts.extend(row.content["text"] for row in rows)
        return rows

    monkeypatch.setattr(outbox, "claim", noted)
    return texts


@pytest.mark.usefixtures("tenant")
async def test_an_outcome_nobody_knows_counts_once_however_often_it_is_written_down(
    office: Office, sim: RunningSimulator, losses: Losses
) -> None:
    losses.left, losses.of = 1, AN_UNKNOWN_OUTCOME
    sim.fault("graph", "cut", times=1, type="text")

    await sim.customer(MARIA).says("oi")
    await office.until("SELECT times_unknown > 0 FROM outbox")
    async with asyncio.timeout(PATIENCE):
        while send._desks:
            await asyncio.sleep(0.01)

    assert losses.left == 0
    assert await office.count("SELECT times_unknown FROM outbox") == 1


@pytest.mark.usefixtures("open_desk")
async def test_what_a_slow_transaction_claimed_is_as_old_as_the_transaction(
    office: Office, sim: RunningSimulator, claimed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Called late, it would still be under way when it is taken for lost."""
    monkeypatch.setattr(desks, "FRESH", 0.3)
    as_it_is = receive.first_seen

    async def slow(work: Work, keys: Sequence[tuple[UUID, str, UUID]]) -> dict[UUID, bool]:
        await work.execute("SELECT pg_sleep(0.5)")
        return await as_it_is(work, keys)

    with monkeypatch.context() as patched:
        patched.setattr(receive, "first_seen", slow)
        await sim.customer(MARIA).says("oi")
        await _maria_is_answered_once(office, sim)

    assert "eco: oi" in claimed


@pytest.mark.usefixtures("open_desk")
async def test_an_open_desk_is_handed_what_a_drain_writes(
    office: Office, sim: RunningSimulator, claimed: list[str]
) -> None:
    maria = sim.customer(MARIA)
    for text in ("um", "dois"):
        await maria.says(text)
        assert (await maria.hears())["body"]["text"]["body"] == f"eco: {text}"
    await office.settled()

    assert "eco: um" not in claimed
    assert len(sim.logged("graph.accepted")) == 3


@pytest.mark.usefixtures("open_desk")
async def test_of_what_is_handed_over_only_the_first_of_a_conversation_goes_at_once(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    sim.fault("graph", "slow", to=MARIA, times=1, seconds=0.5, type="text")
    maria = sim.customer(MARIA)
    texts = [f"mensagem {turn}" for turn in range(5)]
    messages = [meta.text(MARIA, text) for text in texts]
    await office.deliver(tenant, meta.delivery(meta.value(tenant.phone_number_id, messages=messages)))

    heard = [(await maria.hears())["body"]["text"]["body"] for _ in texts]

    assert heard == [f"eco: {text}" for text in texts]


@pytest.mark.usefixtures("open_desk")
async def test_a_drain_whose_commit_is_not_acknowledged_leaves_nobody_waiting(
    office: Office, sim: RunningSimulator, losses: Losses
) -> None:
    losses.left = 1

    await sim.customer(MARIA).says("oi")

    await _maria_is_answered_once(office, sim)
    assert losses.left == 0


@pytest.mark.usefixtures("open_desk")
async def test_a_batch_that_fails_holds_no_room_of_the_desk(
    office: Office, sim: RunningSimulator, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk,) = send._desks.values()

    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(contacts, "write_back", broken)  # behind the outbox
        await sim.customer(MARIA).says("oi")
        await office.until("SELECT count(*) = 1 FROM inbound_events WHERE status = 'parked'")
    assert desk.promised == 0
    assert not sim.logged("graph.accepted", to=MARIA)

    async with office.runtime.work(tenant.organization_id) as work:
        await inbound.replay(work, None)
    await _maria_is_answered_once(office, sim)


async def test_behind_calls_that_hang_no_claim_grows_old(
    office: Office, sim: RunningSimulator, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that did would be taken for a call whose outcome nobody knows, and be sent by two."""
    await office.owner.execute("UPDATE whatsapp_numbers SET throughput_per_second = 1000")
    sim.fault("graph", "hang", type="text")
    many = [meta.text(f"5511900002{place:03d}", "oi") for place in range(desks.AT_ONCE + 30)]
    for message in many:
        sim.customer(message["from"])
    await office.deliver(tenant, meta.delivery(meta.value(tenant.phone_number_id, messages=many)))
    await office.until("SELECT count(*) = $1 FROM outbox WHERE state = 'sending'", len(many))
    (first,) = await office.rows("SELECT max(claimed_at) AS at FROM outbox")

    monkeypatch.setattr(desks, "FRESH", 0.5)
    for desk in send._desks.values():
        desk.bell.set()
    again = "SELECT count(*) = 30 FROM outbox WHERE claimed_at > $1 AND attempts = 1"
    await office.until(again, first["at"])


async def test_two_people_who_turn_out_to_have_one_number_stop_nobody(office: Office, tenant: Tenant) -> None:
    people = [Person(user_id=f"BR.{place}") for place in range(2)]
    async with office.runtime.work(tenant.organization_id) as work:
        older, younger = (contact.id for contact in await contacts.recognise(work, people))

    async with office.runtime.work(tenant.organization_id) as work:
        await contacts.learn_wa_ids(work, {younger: MARIA, older: MARIA})

    rows = await office.rows("SELECT id FROM contacts WHERE whatsapp_id = $1", MARIA)
    assert [row["id"] for row in rows] == [older]
