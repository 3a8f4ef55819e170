"""Seventy-two free hours: by thousands of histories told in any order, through the stores, and for real."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from pytake.contacts.types import MergeReason
from pytake.conversations.free_entry import Departure, FreeEntry, figured
from pytake.merging.service.merge import merge
from pytake.merging.service.undo import unmerge
from pytake.settings import Settings
from simulator.testing import RunningSimulator
from tests.factories import until_readable
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant, an_office
from tests.pipeline.told import a_message_out, hear
from tests.sizes import Figure

HOUR = 3600
DAY = 24 * HOUR
HISTORIES = 20_000
EDGES = (0, 1, 2, 60, HOUR, DAY - 1, DAY, DAY + 1, 3 * DAY - 1, 3 * DAY, 3 * DAY + 1)
AD = {"source_type": "ad", "source_url": "https://fb.me/1", "headline": "Pão de queijo em dobro"}


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def by_the_second(entries: list[int], departures: list[int], second: int) -> bool:
    """Whether that second is free, said as plainly as the rule is: no end is reckoned."""
    return any(
        answer <= second < answer + 3 * DAY
        for entry in entries
        for answer in [min((left for left in departures if entry <= left < entry + DAY), default=None)]
        if answer is not None
    )


def test_every_history_is_free_until_the_second_it_says(figure: Figure) -> None:
    dice = random.Random(72)
    opened = 0
    for _ in range(HISTORIES):
        entries = [dice.choice(EDGES) for _ in range(dice.choice((1, 1, 2, 3)))]
        departures = [dice.choice(EDGES) for _ in range(dice.randrange(4))]
        found = figured([at(each) for each in entries], [Departure(at(each)) for each in departures])
        assert found is not None
        waits = found.answered_at is None
        assert waits is not any(max(entries) <= left < max(entries) + DAY for left in departures)
        if found.expires_at is None:
            assert not any(by_the_second(entries, departures, second) for second in range(0, 7 * DAY, HOUR))
            continue
        opened += 1
        end = int(found.expires_at.timestamp())
        assert by_the_second(entries, departures, end - 1)
        assert not any(by_the_second(entries, departures, second) for second in (end, end + 1, end + DAY))
    figure(f"A53 free entry points: {HISTORIES} histories, {opened} opened, 0 mistakes")


def test_what_meta_says_of_its_end_counts_for_more() -> None:
    told = at(10 + 3 * DAY - 7)
    assert figured([at(0)], [Departure(at(10), told)]) == FreeEntry(at(0), at(10), told)
    assert figured([], [Departure(at(10), told)]) == FreeEntry(None, None, told)
    assert figured([], [Departure(at(10))]) is None
    again = figured([at(0), at(DAY)], [Departure(at(10), told), Departure(at(DAY + 5))])
    assert again == FreeEntry(at(DAY), at(DAY + 5), at(4 * DAY + 5)), "what Meta said of the one before"


@pytest.fixture
def office(told_office: Office) -> Office:
    return told_office


@dataclass
class Life:
    """What somebody has lived through, and the webhooks that tell of it."""

    wa_id: str
    entries: list[int] = field(default_factory=list)
    departures: list[int] = field(default_factory=list)

    def lives(self, now: int, dice: random.Random) -> None:
        begin = now - 4 * DAY
        for _ in range(dice.choice((1, 1, 2))):
            self.entries.append(min(begin + dice.choice(EDGES), now))
        for _ in range(dice.choice((0, 1, 1, 2))):
            self.departures.append(min(begin + dice.choice(EDGES), now))

    def messages(self) -> list[dict[str, Any]]:
        said = [
            meta.text(self.wa_id, "Vi o anúncio", timestamp=each) | {"referral": AD} for each in self.entries
        ]
        return [meta.text(self.wa_id, "Oi", timestamp=min(self.entries) - 60), *said]


async def statuses_of(office: Office, tenant: Tenant, lives: list[Life]) -> list[dict[str, Any]]:
    """A message of ours for each departure, known to WhatsApp, and the statuses that tell of it."""
    told = []
    async with office.runtime.work(tenant.organization_id) as work:
        for life in lives:
            for left in life.departures:
                wamid = await a_message_out(work, tenant, life.wa_id)
                told.append(meta.status(wamid, "sent", timestamp=left))
                told.append(meta.status(wamid, "delivered", timestamp=left + 1))
    return told


async def free_entries(office: Office) -> dict[str, tuple[Any, Any, Any]]:
    rows = await office.rows(
        """
        SELECT k.whatsapp_id, f.* FROM free_entry_points f JOIN contacts k ON k.id = f.contact_id
        """
    )
    return {row["whatsapp_id"]: (row["entered_at"], row["answered_at"], row["expires_at"]) for row in rows}


async def test_the_stores_agree_with_the_rule_in_whatever_order_the_news_come(office: Office) -> None:
    """Each piece of news in a delivery of its own, in a random order; also the same again."""
    tenant, dice, now = await office.tenant(flow=None, register=False), random.Random(3), meta.now()
    lives = [Life(f"551190000{number:04d}") for number in range(60)]
    for life in lives:
        life.lives(now, dice)
    firsts = [life.messages()[0] for life in lives]
    await hear(office, tenant, messages=firsts)
    news: list[tuple[str, dict[str, Any]]] = [
        ("messages", message) for life in lives for message in life.messages()[1:]
    ]
    news += [("statuses", status) for status in await statuses_of(office, tenant, lives)]
    news += dice.sample(news, 40)
    dice.shuffle(news)
    for place in range(0, len(news), 7):
        batch = news[place : place + 7]
        await hear(
            office,
            tenant,
            messages=[item for kind, item in batch if kind == "messages"],
            statuses=[item for kind, item in batch if kind == "statuses"],
        )
    found = await free_entries(office)

    assert found.keys() == {life.wa_id for life in lives}
    for life in lives:
        expected = figured([at(e) for e in life.entries], [Departure(at(each)) for each in life.departures])
        assert expected is not None
        assert found[life.wa_id] == (expected.entered_at, expected.answered_at, expected.expires_at), life


async def test_an_answer_that_failed_opened_nothing(office: Office) -> None:
    tenant, now = await office.tenant(flow=None, register=False), meta.now()
    life = Life("5511900000011", entries=[now - 100], departures=[now - 50])
    await hear(office, tenant, messages=life.messages())
    sent, _ = await statuses_of(office, tenant, [life])
    await hear(office, tenant, statuses=[sent])
    assert (await free_entries(office))[life.wa_id][1] == at(now - 50)
    await hear(office, tenant, statuses=[meta.status(sent["id"], "failed", timestamp=now - 40)])
    assert (await free_entries(office))[life.wa_id] == (at(now - 100), None, None)


async def test_meta_s_word_is_kept_though_nobody_saw_the_advertisement(office: Office) -> None:
    tenant, now = await office.tenant(flow=None, register=False), meta.now()
    life = Life("5511900000011", departures=[now - 50])
    await hear(office, tenant, messages=[meta.text(life.wa_id, "Oi", timestamp=now - 60)])
    sent, delivered = await statuses_of(office, tenant, [life])
    price = {"type": "free_entry_point", "category": "referral_conversion", "pricing_model": "PMP"}
    until = now + 3 * DAY - 60
    talk = {"id": "c", "origin": {"type": "referral_conversion"}}
    await hear(
        office,
        tenant,
        statuses=[
            delivered | {"pricing": price, "conversation": talk},
            sent | {"pricing": price, "conversation": talk | {"expiration_timestamp": str(until)}},
        ],
    )
    assert (await free_entries(office))[life.wa_id] == (None, None, at(until))


async def contact_ids(office: Office, *wa_ids: str) -> list[Any]:
    rows = await office.rows("SELECT id, whatsapp_id FROM contacts")
    known = {row["whatsapp_id"]: row["id"] for row in rows}
    return [known[wa_id] for wa_id in wa_ids]


async def test_of_two_who_become_one_the_later_hours_count_and_come_apart_again(office: Office) -> None:
    tenant, now = await office.tenant(flow=None, register=False), meta.now()
    one = Life("5511900000011", entries=[now - 3 * HOUR], departures=[now - 2 * HOUR])
    other = Life("5511900000022", entries=[now - 500], departures=[now - 400])
    for life in (one, other):
        await hear(office, tenant, messages=life.messages())
    await hear(office, tenant, statuses=await statuses_of(office, tenant, [one, other]))
    before = await free_entries(office)
    kept, gone = await contact_ids(office, one.wa_id, other.wa_id)

    async with office.runtime.work(tenant.organization_id) as work:
        merge_id = await merge(work, kept, gone, MergeReason.BY_HAND)
    rows = await office.rows("SELECT contact_id, expires_at FROM free_entry_points")
    assert rows == [{"contact_id": kept, "expires_at": before[other.wa_id][2]}]

    async with office.runtime.work(tenant.organization_id) as work:
        await unmerge(work, merge_id)
    assert await free_entries(office) == before


async def test_who_looks_at_the_conversation_is_told(office: Office) -> None:
    tenant, now = await office.tenant(flow=None, register=False), meta.now()
    life = Life("5511900000011", entries=[now - 100], departures=[now - 50])
    await hear(office, tenant, messages=life.messages())
    await hear(office, tenant, statuses=await statuses_of(office, tenant, [life]))
    await until_readable(office.runtime, tenant.organization_id)
    rows = await office.rows(
        """
        SELECT payload ->> 'free_entry_answer_by' AS answer_by,
               payload ->> 'free_entry_expires_at' AS expires_at
        FROM events WHERE type = 'conversation.updated' ORDER BY sequence
        """
    )
    told = [tuple(each and datetime.fromisoformat(each) for each in row.values()) for row in rows]
    assert told == [(at(now - 100 + DAY), None), (None, at(now - 50 + 3 * DAY))]


async def test_an_advertisement_for_real(settings: Settings, owner_url: str, sim: RunningSimulator) -> None:
    """The bot answers, WhatsApp says when the free hours end, and that is what everybody reads."""
    settings.meta_graph_url = sim.graph_url
    async with an_office(settings, owner_url, sim) as office:
        await office.tenant()
        await sim.customer("5511900000011", "Maria").comes_by_advertisement("Vi o anúncio")
        await office.until(
            """
            SELECT EXISTS (SELECT FROM messages m JOIN free_entry_points f ON f.contact_id = m.contact_id
                           WHERE m.metadata -> 'pricing' ->> 'type' = 'free_entry_point'
                             AND m.sent_at = f.answered_at
                             AND f.expires_at
                                 = to_timestamp((m.metadata ->> 'free_until')::bigint)
                             AND f.expires_at = f.answered_at + interval '72 hours')
            """
        )
