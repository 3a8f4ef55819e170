"""A claim that ends before its call, whatever ended it, is given back at once and never called twice."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields, replace
from uuid import UUID

import pytest
from typing_extensions import override

from pytake.contacts import service as contacts
from pytake.kit.work import SYSTEM, Actor, Work
from pytake.ports.limiter import Grant, SendLimiter
from pytake.ports.whatsapp import Person
from pytake.runtime import Runtime
from simulator.testing import RunningSimulator
from tests.pipeline.echo import ECHO
from tests.pipeline.office import Office, Tenant

MARIA = "5511900000011"
PATIENCE = 20.0
"""Seconds; a claim that nobody gives back waits a minute."""


@pytest.fixture
async def tenant(office: Office) -> Tenant:
    tenant = await office.tenant(flow=None)
    await office.publish(tenant, ECHO)
    return tenant


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


@dataclass
class Losses:
    left: int


@dataclass(frozen=True)
class UnacknowledgedRuntime(Runtime):
    """Commits of a claim are done, and their acknowledgement is lost on the way."""

    losses: Losses

    @override
    @asynccontextmanager
    async def work(self, organization_id: UUID, actor: Actor = SYSTEM) -> AsyncIterator[Work]:
        async with super().work(organization_id, actor) as work:
            yield work
            claims = await work.fetch("SELECT FROM outbox WHERE state = 'sending' AND claimed_at = now()")
        if claims and self.losses.left:
            self.losses.left -= 1
            raise ConnectionResetError("the server is gone")


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
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    losses = Losses(2)
    known = {field.name: getattr(office.runtime, field.name) for field in fields(Runtime)}
    office.crew.runtime = UnacknowledgedRuntime(**known, losses=losses)

    await sim.customer(MARIA).says("oi")

    await _maria_is_answered_once(office, sim)
    assert losses.left == 0


async def test_two_people_who_turn_out_to_have_one_number_stop_nobody(office: Office, tenant: Tenant) -> None:
    people = [Person(user_id=f"BR.{place}") for place in range(2)]
    async with office.runtime.work(tenant.organization_id) as work:
        older, younger = (contact.id for contact in await contacts.recognise(work, people))

    async with office.runtime.work(tenant.organization_id) as work:
        await contacts.learn_wa_ids(work, {younger: MARIA, older: MARIA})

    rows = await office.rows("SELECT id FROM contacts WHERE whatsapp_id = $1", MARIA)
    assert [row["id"] for row in rows] == [older]
