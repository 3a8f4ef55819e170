"""The messaging limit: so many people a day may be written to first, and what is beyond that waits."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

import pytest

from pytake.conversations import initiations, outbox
from pytake.conversations.outbox import Claimed
from pytake.conversations.service import receive
from pytake.conversations.service.say import say, write
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.ports.whatsapp import Person
from pytake.whatsapp.numbers import upkeep
from pytake.whatsapp.types import people_of_tier
from simulator.testing import RunningSimulator, fast_config
from tests.factories import a_contact
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant
from tests.pipeline.told import hear

TEMPLATE = {"name": "aviso", "language": "pt_BR", "components": []}


@pytest.fixture
async def sim() -> AsyncIterator[RunningSimulator]:
    async with RunningSimulator(fast_config(unknown_recipients="create")) as running:
        yield running


@pytest.fixture
async def tenant(office: Office) -> Tenant:
    return await office.tenant(flow=None)


async def limit_to(office: Office, people: int) -> None:
    """As if Meta had said so a moment ago: nobody asks again meanwhile."""
    await office.owner.execute(
        "UPDATE whatsapp_numbers SET messaging_limit_tier = $1, checked_at = now()", f"TIER_{people}"
    )


async def write_first(work: Work, tenant: Tenant, contact_ids: list[UUID], number_id: UUID) -> None:
    pairs = [(contact_id, number_id) for contact_id in contact_ids]
    talks = list((await receive.open_for(work, pairs)).values())
    await write(work, [say(work, talk, "template", dict(TEMPLATE)) for talk in talks], talks)


async def people(work: Work, many: int) -> list[UUID]:
    return [await a_contact(work) for _ in range(many)]


async def statuses(office: Office) -> list[str]:
    rows = await office.rows("SELECT status FROM messages WHERE type = 'template' ORDER BY status")
    return [row["status"] for row in rows]


HELD = "SELECT count(*) FROM outbox WHERE state = 'pending' AND last_error = 'messaging_limit'"


async def until_held(office: Office, many: int) -> None:
    await office.until(f"SELECT ({HELD}) = $1", many)


async def try_again(office: Office) -> None:
    await office.owner.execute("UPDATE outbox SET not_before = now()")


async def age(office: Office, hours: float) -> None:
    await office.owner.execute(
        "UPDATE business_initiations SET initiated_at = initiated_at - make_interval(secs => $1)",
        hours * 3600,
    )


@pytest.mark.parametrize(
    ("tier", "people_a_day"),
    [
        ("TIER_50", 50),
        ("TIER_250", 250),
        ("TIER_2K", 2_000),
        ("TIER_100K", 100_000),
        ("TIER_UNLIMITED", None),
        ("TIER_NOT_SET", None),
        (None, None),
    ],
)
def test_meta_s_word_is_a_number_of_people(tier: str | None, people_a_day: int | None) -> None:
    assert people_of_tier(tier) == people_a_day


async def test_at_the_limit_the_next_person_waits_and_nothing_fails(office: Office, tenant: Tenant) -> None:
    await limit_to(office, 3)
    async with office.runtime.work(tenant.organization_id) as work:
        await write_first(work, tenant, await people(work, 5), tenant.number_id)
    await until_held(office, 2)
    await office.until("SELECT count(*) = 2 FROM outbox")
    assert await office.count("SELECT count(*) FROM business_initiations") == 3
    rows = await office.rows("SELECT extract(epoch FROM not_before - now()) AS wait, attempts FROM outbox")
    assert [row["attempts"] for row in rows] == [0, 0], "nobody was called"
    assert all(0 < row["wait"] <= initiations.LONGEST_WAIT for row in rows)
    async with office.runtime.work(tenant.organization_id) as work:
        number = await upkeep.detail(work, tenant.number_id)
    assert (number["customers_reached"], number["messages_waiting"]) == (3, 2)
    assert "failed" not in await statuses(office)

    await age(office, 23.9)
    await try_again(office)
    await office.settled()
    await until_held(office, 2)
    await age(office, 0.2)
    await try_again(office)
    await office.until("SELECT NOT EXISTS (SELECT FROM outbox)")
    assert await office.count("SELECT count(*) FROM business_initiations") == 5


async def test_who_was_written_to_lately_counts_once(office: Office, tenant: Tenant) -> None:
    await limit_to(office, 2)
    async with office.runtime.work(tenant.organization_id) as work:
        reached = await people(work, 2)
        await write_first(work, tenant, reached, tenant.number_id)
    await office.until("SELECT NOT EXISTS (SELECT FROM outbox) AND count(*) = 2 FROM business_initiations")
    async with office.runtime.work(tenant.organization_id) as work:
        await write_first(work, tenant, reached, tenant.number_id)
    await office.until("SELECT NOT EXISTS (SELECT FROM outbox)")
    assert await office.count("SELECT count(*) FROM business_initiations") == 2


async def test_whoever_writes_is_answered_though_the_limit_is_full(office: Office, tenant: Tenant) -> None:
    """Also when a template of ours waits for room in their conversation: it is an answer now."""
    await limit_to(office, 1)
    async with office.runtime.work(tenant.organization_id) as work:
        await write_first(work, tenant, await people(work, 1), tenant.number_id)
        maria = await a_contact(work)
        (row,) = await work.fetch("SELECT whatsapp_id FROM contacts WHERE id = $1", maria)
    await office.until("SELECT NOT EXISTS (SELECT FROM outbox) AND count(*) = 1 FROM business_initiations")
    async with office.runtime.work(tenant.organization_id) as work:
        await write_first(work, tenant, [maria], tenant.number_id)
    await until_held(office, 1)

    await hear(office, tenant, messages=[meta.text(row["whatsapp_id"], "Oi, ainda tem?")])
    async with office.runtime.work(tenant.organization_id) as work:
        talks = list((await receive.open_for(work, [(maria, tenant.number_id)])).values())
        await write(work, [say(work, talks[0], "text", {"text": "Tem!"})], talks)
    await office.until("SELECT NOT EXISTS (SELECT FROM outbox)")
    assert await office.count("SELECT count(*) FROM business_initiations") == 1


async def test_who_was_refused_for_good_was_not_reached(office: Office, tenant: Tenant) -> None:
    await limit_to(office, 1)
    office.sim.fault("graph", "error", code=131026, times=1)
    async with office.runtime.work(tenant.organization_id) as work:
        await write_first(work, tenant, await people(work, 1), tenant.number_id)
    await office.until("SELECT EXISTS (SELECT FROM messages WHERE status = 'failed')")
    assert await office.count("SELECT count(*) FROM business_initiations") == 0


async def test_what_was_before_a_refusal_counts_again(office: Office, tenant: Tenant) -> None:
    async with office.runtime.work(tenant.organization_id) as work:
        row = await a_claim(work)
        await initiations.admit(work, 5, [row])
        again = replace(row, message_id=new_id())
        await initiations.admit(work, 5, [again])
        await initiations.admit(work, 5, [again])
        await initiations.take_back(work, [again.message_id])
        (kept,) = await work.fetch("SELECT initiated_at = now() AS is_recent FROM business_initiations")
    assert kept["is_recent"]


async def a_claim(work: Work, **more: Any) -> Claimed:
    return Claimed(
        message_id=new_id(),
        message_created_at=work.now,
        claimed_at=work.now,
        since=time.monotonic(),
        conversation_id=new_id(),
        contact_id=await a_contact(work),
        attempts=1,
        times_unknown=0,
        to=Person(wa_id="5511900000011"),
        type="template",
        content={},
        reply_to=None,
        reads=None,
        open_seconds=60.0,
        **{"is_initiated": True, **more},
    )


async def test_workers_of_several_numbers_share_one_limit(office: Office, tenant: Tenant) -> None:
    """Each in a transaction of its own, all at once: together they admit as many as there is room for."""
    limit, workers, each = 25, 8, 6
    async with office.runtime.work(tenant.organization_id) as work:
        claims = [[await a_claim(work) for _ in range(each)] for _ in range(workers)]

    async def one(rows: list[Claimed]) -> initiations.Room:
        async with office.runtime.work(tenant.organization_id) as work:
            return await initiations.admit(work, limit, rows)

    rooms = await asyncio.gather(*(one(rows) for rows in claims))
    assert sum(len(room.admitted) for room in rooms) == limit
    assert sum(len(room.full) for room in rooms) == workers * each - limit
    assert await office.count("SELECT count(*) FROM business_initiations") == limit
    assert all(0 < room.seconds <= initiations.LONGEST_WAIT for room in rooms if room.full)


async def test_the_hot_path_asks_nothing(office: Office, tenant: Tenant) -> None:
    """Free text, a template inside the window, a number without a limit: not one statement."""
    async with office.runtime.work(tenant.organization_id) as work:
        answer, first = await a_claim(work, is_initiated=False), await a_claim(work)
    nobody = cast("Work", None)
    assert (await initiations.admit(nobody, 1, [answer])).admitted == [answer]
    assert (await initiations.admit(nobody, None, [first])).admitted == [first]


async def test_only_a_template_outside_the_window_is_the_business_s_beginning(
    office: Office, tenant: Tenant
) -> None:
    wa_ids = ["5511900000011", "5511900000022", "5511900000033"]
    said = [(wa_ids[0], 60), (wa_ids[1], 24 * 3600 + 5)]
    await office.owner.execute("UPDATE whatsapp_numbers SET is_active = false")
    await hear(
        office, tenant, messages=[meta.text(wa_id, "Oi", timestamp=meta.now() - ago) for wa_id, ago in said]
    )
    async with office.runtime.work(tenant.organization_id) as work:
        rows = await work.fetch("SELECT id, whatsapp_id FROM contacts")
        stranger = await a_contact(work)
        names = {row["id"]: row["whatsapp_id"] for row in rows} | {stranger: "stranger"}
        await write_first(work, tenant, list(names), tenant.number_id)
    async with office.runtime.work(tenant.organization_id) as work:
        claimed = await outbox.claim(work, tenant.number_id, 10, time.monotonic())
        found = {names[row.contact_id]: row.is_initiated for row in claimed}
    assert found == {wa_ids[0]: False, wa_ids[1]: True, "stranger": True}
