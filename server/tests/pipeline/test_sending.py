"""How sends end: accepted, refused by class, unknown; and what never leaves."""

import asyncio
import itertools
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from pytake.conversations import outbox
from pytake.conversations.outbox import Claimed
from pytake.conversations.service import desk
from pytake.kit.work import Work
from simulator.testing import RunningSimulator
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant

MARIA = "5511900000011"


async def _message(office: Office) -> dict[str, Any]:
    (row,) = await office.rows("SELECT * FROM messages WHERE direction = 'outbound'")
    return row


async def test_statuses_bring_a_message_to_read_and_keep_every_moment(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    maria = sim.customer(MARIA)
    await maria.says("oi")
    await maria.hears()
    await office.until("SELECT status = 'delivered' FROM messages WHERE direction = 'outbound'")
    maria.looks()
    await office.until("SELECT status = 'read' FROM messages WHERE direction = 'outbound'")
    message = await _message(office)
    assert message["whatsapp_message_id"]
    assert message["sent_at"]
    assert message["delivered_at"]
    assert message["read_at"]


async def test_the_customers_ticks_turn_blue_when_the_bot_answers(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    wamid = await sim.customer(MARIA).says("oi")
    await sim.wait_for(lambda record: record["kind"] == "graph.read" and record.get("wamid") == wamid)


async def test_every_order_of_statuses_ends_the_same(office: Office) -> None:
    tenant = await office.tenant(flow=None)
    kinds = ("sent", "delivered", "read", "played", "failed")
    orders = list(itertools.permutations(kinds))
    await _accepted_messages(office, tenant, len(orders))
    at = meta.now() - 100
    for step in range(len(kinds)):
        statuses = [
            meta.status(
                f"wamid.OUT{place}",
                order[step],
                timestamp=at + kinds.index(order[step]),
                errors=[{"code": 131026, "title": "Undeliverable"}] if order[step] == "failed" else None,
            )
            for place, order in enumerate(orders)
        ]
        await office.deliver(tenant, meta.delivery(meta.value(tenant.phone_number_id, statuses=statuses)))
        if step % 2:  # two of them meet in one batch, the others do not
            await office.settled()
    await office.settled()

    rows = await office.rows("SELECT * FROM messages")
    assert len(rows) == len(orders) == 120
    assert {row["status"] for row in rows} == {"played"}
    moments = ("sent_at", "delivered_at", "read_at", "failed_at")
    assert {tuple(row[name].timestamp() for name in moments) for row in rows} == {
        (at, at + 1, at + 2, at + 4)
    }


async def _accepted_messages(office: Office, tenant: Tenant, count: int) -> None:
    """Messages of ours that Meta has accepted, named wamid.OUT0, wamid.OUT1 …"""
    async with office.runtime.work(tenant.organization_id) as work:
        await work.execute(
            """
            WITH contact AS (
                INSERT INTO contacts (organization_id, whatsapp_id) VALUES ($1, '5511900000011') RETURNING id
            ), conversation AS (
                INSERT INTO conversations (organization_id, contact_id, whatsapp_number_id)
                SELECT $1, id, $2 FROM contact RETURNING id
            ), message AS (
                INSERT INTO messages (organization_id, conversation_id, direction, content, status,
                                      whatsapp_message_id, created_at)
                SELECT $1, id, 'outbound', '{}', 'accepted', 'wamid.OUT' || place, now()
                FROM conversation, generate_series(0, $3 - 1) AS place
                RETURNING id, created_at, whatsapp_message_id
            )
            INSERT INTO message_ids SELECT $1, $2, whatsapp_message_id, id, created_at FROM message
            """,
            tenant.organization_id,
            tenant.number_id,
            count,
        )


async def test_free_text_is_never_sent_outside_the_window(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    sim.fault("graph", "error", code=131016, http_status=503, times=1, type="text")
    await sim.customer(MARIA).says("oi")
    await office.until("SELECT attempts = 1 AND state = 'pending' FROM outbox")
    await office.owner.execute(
        "UPDATE conversations SET last_customer_message_at = now() - interval '24 hours 1 second'"
    )
    await office.owner.execute("UPDATE outbox SET not_before = now()")

    await office.until("SELECT status = 'failed' FROM messages WHERE direction = 'outbound'")

    assert (await _message(office))["error_code"] == 131047
    assert not sim.logged("graph.accepted", to=MARIA)


async def test_what_a_person_is_told_keeps_its_order_whoever_sends(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    sim.fault("graph", "error", code=131016, http_status=503, times=3, type="text")
    people = [f"55119000000{place:02d}" for place in range(10)]
    for turn in range(5):
        for person in people:
            await sim.customer(person).says(f"mensagem {turn}")
    async with asyncio.timeout(30):
        for person in people:
            heard = sim.customer(person)
            texts = [(await heard.hears())["body"]["text"]["body"] for _ in range(5)]
            assert texts == [f"eco: mensagem {turn}" for turn in range(5)], person
    assert len(sim.logged("graph.accepted")) == 50


async def test_a_number_too_fast_for_meta_is_slowed_down_and_nothing_is_lost(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    await office.owner.execute("UPDATE whatsapp_numbers SET throughput_per_second = 5")
    people = [f"55119000000{place:02d}" for place in range(12)]
    for person in people:
        await sim.customer(person).says("oi")
    for person in people:
        await sim.customer(person).hears()
    assert len(sim.logged("graph.accepted")) == 12


async def test_what_waits_for_the_numbers_rate_is_not_claimed_meanwhile(
    office: Office, sim: RunningSimulator, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [f"55119000001{place:02d}" for place in range(60)]
    await office.owner.execute("UPDATE whatsapp_numbers SET sending_stopped_at = now()")
    for person in people:
        await sim.customer(person).says("oi")
    await office.until("SELECT count(*) = 60 FROM outbox")
    claimed = []
    claim = outbox.claim

    async def counting(work: Work, number_id: UUID, most: int, since: float) -> list[Claimed]:
        rows = await claim(work, number_id, most, since)
        claimed.extend(rows)
        return rows

    monkeypatch.setattr(outbox, "claim", counting)
    await office.owner.execute(
        "UPDATE whatsapp_numbers SET sending_stopped_at = NULL, throughput_per_second = 20"
    )

    for person in people:
        await sim.customer(person).hears(patience=30)

    assert len(sim.logged("graph.accepted")) == len(people)
    assert len(claimed) < 2 * len(people)


async def test_a_hanging_call_does_not_hold_up_others(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    sim.fault("graph", "slow", to=MARIA, seconds=5.0, type="text")
    await sim.customer(MARIA).says("oi")
    await office.until("SELECT state = 'sending' FROM outbox")

    await sim.customer("5511900000022").says("e eu?")

    heard = await sim.customer("5511900000022").hears(patience=10)
    assert heard["body"]["text"]["body"] == "eco: e eu?"


async def test_a_database_that_drops_everybody_costs_a_moment_and_nothing_else(
    office: Office, sim: RunningSimulator, tenant: Tenant, app_url: str
) -> None:
    killer = await asyncpg.connect(app_url)  # a login may end its own kind
    people = [f"55119000000{place:02d}" for place in range(10)]
    for turn in range(4):
        for person in people:
            await sim.customer(person).says(f"mensagem {turn}")
        await killer.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()
            """
        )
    await killer.close()
    for person in people:
        heard = sim.customer(person)
        texts = [(await heard.hears(patience=40))["body"]["text"]["body"] for _ in range(4)]
        # A delivery that was refused with 503 comes again later, so Meta may have changed the order.
        assert sorted(texts) == [f"eco: mensagem {turn}" for turn in range(4)], person
    assert len(sim.logged("graph.accepted")) == 40


async def test_what_whatsapp_would_refuse_for_its_size_is_refused_here_by_name(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    sim.fault("graph", "error", code=131016, http_status=503, times=1, type="text")
    await sim.customer(MARIA).says("oi")
    await office.until("SELECT attempts = 1 AND state = 'pending' FROM outbox")
    await office.owner.execute(
        """
        UPDATE messages SET content = jsonb_build_object('text', repeat('a', 4097))
        WHERE direction = 'outbound'
        """
    )
    await office.owner.execute("UPDATE outbox SET not_before = now()")

    await office.until("SELECT status = 'failed' FROM messages WHERE direction = 'outbound'")

    message = await _message(office)
    assert message["error_code"] == 131009
    assert "4096" in message["error_message"]
    assert not sim.logged("graph.accepted", to=MARIA)


async def test_what_was_claimed_and_not_called_is_given_back_when_the_sending_stops(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    """More than may be called at once is claimed; who is stopped leaves nobody waiting for a minute."""
    await office.owner.execute("UPDATE whatsapp_numbers SET throughput_per_second = 1000")
    sim.fault("graph", "slow", seconds=1.5, type="text")
    many = [meta.text(f"5511900002{place:03d}", "oi") for place in range(desk.AT_ONCE + 30)]
    for message in many:
        sim.customer(message["from"])
    await office.deliver(tenant, meta.delivery(meta.value(tenant.phone_number_id, messages=many)))
    await office.until(f"SELECT count(*) = {len(many)} FROM outbox WHERE state = 'sending'")  # noqa: S608 - a count of this test

    await office.crew.stop(0.1)

    assert await office.count("SELECT count(*) FROM outbox WHERE state = 'sending'") == 0
    assert await office.count("SELECT count(*) FROM outbox WHERE attempts = 0") == 30
