"""Free text leaves only while the 24-hour window is open: by 10,000 histories, and by windows that close."""

import random
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import orjson
import pytest

from pytake.conversations import outbox
from pytake.conversations.service import receive
from pytake.conversations.service.say import say, write
from pytake.inbound.apply import Arrived, apply
from pytake.kit.work import Work
from pytake.ports.whatsapp import MessageArrived
from pytake.settings import Settings
from simulator.testing import RunningSimulator, fast_config
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant, an_office
from tests.pipeline.test_changes import change
from tests.sizes import Figure

CASES, AT_ONCE = 10_000, 1_000
DAY = 24 * 60 * 60
LIVE, SLOW, SLACK = 600, 1.0, 3.0
"""Texts that leave for real, the seconds WhatsApp takes for each, and those that a busy machine takes."""
LEFT = (-30 * DAY, -DAY, -3600, -60, -2, -1, 0, 1, 2, 3, 60, 3600, DAY - 1, DAY, DAY + 7)
"""Seconds of the window that a message leaves; the last was said in our future, for clocks differ."""


@pytest.fixture
async def sim() -> AsyncIterator[RunningSimulator]:
    """Meta has no windows of its own here, knows everybody and tells nothing back."""
    config = fast_config(window_hours=1e9, unknown_recipients="create", log_bodies=False)
    async with RunningSimulator(config) as running:
        yield running


async def connected(office: Office, sim: RunningSimulator) -> Tenant:
    tenant = await office.tenant(flow=None, register=False)
    await sim.register(callback_url=None)
    await office.owner.execute("UPDATE whatsapp_numbers SET throughput_per_second = 100000")
    return tenant


@dataclass
class History:
    """What one person has said, and when; not in that order."""

    wa_id: str
    said: list[meta.Json] = field(default_factory=list)
    heard_at: int | None = None
    """Unix seconds of the last message that opens the window."""

    def says(self, now: int, dice: random.Random) -> None:
        for _ in range(dice.choice((1, 1, 1, 2))):
            at = now - DAY + dice.choice(LEFT)
            came = {"referral": {"source_type": "ad"}} if dice.random() < 0.2 else {}  # free, but no window
            self.said.append(meta.text(self.wa_id, "Ainda tem pão de queijo?", timestamp=at) | came)
            self.heard_at = max(self.heard_at or at, at)
        if dice.random() < 0.1:
            about = self.said[0]["id"]
            self.said.append(change("reaction", now, meta.wamid(), self.wa_id, message_id=about, emoji="👍"))
        dice.shuffle(self.said)

    def is_open(self, heard_by: datetime, at: datetime) -> bool:
        if self.heard_at is None:
            return False
        heard = min(datetime.fromtimestamp(self.heard_at, UTC), heard_by)
        return at < heard + timedelta(days=1)


def histories(dice: random.Random) -> Iterator[list[History]]:
    for place in range(0, CASES, AT_ONCE):
        people = [History(f"551190{number:07d}") for number in range(place, place + AT_ONCE)]
        for person in people:
            person.says(meta.now(), dice)
        yield people


async def hear(office: Office, work: Work, tenant: Tenant, people: list[History]) -> None:
    said = [message for person in people for message in person.said]
    body = orjson.dumps(meta.delivery(meta.value(tenant.phone_number_id, messages=said)))
    items = office.runtime.ports.whatsapp.read(body)
    assert all(isinstance(item, MessageArrived) for item in items)
    left = await apply(work, [Arrived(tenant.channel_id, item, lambda: body) for item in items])
    assert [*left.parked, *left.waiting, *left.again] == []


async def answer(work: Work, people: list[History]) -> dict[str, float]:
    """A free text to everybody; how long each may still be sent, by the conversation's own rule."""
    rows = await work.fetch(
        """
        SELECT c.id, k.whatsapp_id FROM conversations c JOIN contacts k ON k.id = c.contact_id
        WHERE k.organization_id = $1 AND k.whatsapp_id = ANY($2)
        """,
        work.organization_id,
        [person.wa_id for person in people],
    )
    talks = await receive.lock(work, [row["id"] for row in rows])
    await write(
        work,
        [say(work, talk, "text", {"text": "Tem, acabou de sair!"}) for talk in talks.values()],
        list(talks.values()),
    )
    return {row["whatsapp_id"]: talks[row["id"]].open_seconds(work.now) for row in rows}


async def test_ten_thousand_histories_open_and_close_the_window_as_they_should(
    settings: Settings, owner_url: str, sim: RunningSimulator, figure: Figure
) -> None:
    settings.meta_graph_url = sim.graph_url
    found = {True: 0, False: 0}
    async with an_office(settings, owner_url, sim, sweeping=False) as office:
        tenant = await connected(office, sim)
        for people in histories(random.Random(24)):
            await office.owner.execute("ANALYZE")  # as PyTake does while it runs
            async with office.runtime.work(tenant.organization_id) as work:
                await hear(office, work, tenant, people)
                heard_by = work.now
            async with office.runtime.work(tenant.organization_id) as work:
                said = await answer(work, people)
                claimed = await outbox.claim(work, tenant.number_id, AT_ONCE, time.monotonic())
                now = work.now
            may_be_sent = {row.to.wa_id: row.open_seconds > 0 for row in claimed}
            assert len(may_be_sent) == AT_ONCE
            for person in people:
                expected = person.is_open(heard_by, now)
                assert (said[person.wa_id] > 0) is may_be_sent[person.wa_id] is expected, person
                found[expected] += 1
    figure(f"A53: {CASES} histories, {found[True]} windows open, {found[False]} closed, 0 mistakes")


async def test_a_text_that_waits_for_its_call_does_not_leave_after_the_window(
    settings: Settings, owner_url: str, sim: RunningSimulator, figure: Figure
) -> None:
    """WhatsApp takes its time for each, so that many wait; their windows close meanwhile."""
    settings.meta_graph_url = sim.graph_url
    sim.fault("graph", "slow", seconds=SLOW)
    people = [History(f"551190{number:07d}") for number in range(LIVE)]
    async with an_office(settings, owner_url, sim) as office:
        tenant = await connected(office, sim)
        for place, person in enumerate(people):
            at = meta.now() - DAY + 2 + place % 8
            person.said, person.heard_at = [meta.text(person.wa_id, "Oi", timestamp=at)], at
        async with office.runtime.work(tenant.organization_id) as work:
            await hear(office, work, tenant, people)
        async with office.runtime.work(tenant.organization_id) as work:
            await answer(work, people)
        await office.until("SELECT NOT EXISTS (SELECT FROM outbox)", patience=60)
        failed = await office.count("SELECT count(*) FROM messages WHERE error_code = 131047")

    heard_at = {person.wa_id: person.heard_at or 0 for person in people}
    left = sim.logged("graph.accepted")
    assert left
    assert failed
    assert len(left) + failed == LIVE
    assert [each for each in left if each["at"] - SLOW - SLACK >= heard_at[each["to"]] + DAY] == []
    figure(f"A53 while calls are slow: {len(left)} left in time, {failed} came too late and did not leave")
