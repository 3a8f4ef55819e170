"""Sends whose outcome nobody told: settled by a status, decided after a minute of silence, never guessed."""

from typing import Any

from pytake.conversations.service.outcomes import settle_unknown
from simulator.testing import RunningSimulator
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant

MARIA = "5511900000011"


async def _message(office: Office) -> dict[str, Any]:
    (row,) = await office.rows("SELECT * FROM messages WHERE direction = 'outbound'")
    return row


async def test_a_lost_answer_is_settled_by_its_status_and_never_sent_again(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    sim.fault("graph", "lost", times=1, type="text")
    await sim.customer(MARIA).says("oi")
    await office.until("SELECT status IN ('delivered', 'read') FROM messages WHERE direction = 'outbound'")
    await office.settled()

    assert len(sim.logged("graph.accepted", to=MARIA)) == 1
    assert (await _message(office))["whatsapp_message_id"]


async def test_free_text_goes_once_more_after_a_minute_without_news(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    sim.fault("graph", "cut", times=1, type="text")  # cut before Meta took it: no status will ever come
    await sim.customer(MARIA).says("oi")
    await office.until("SELECT state = 'sending' AND last_error IS NOT NULL FROM outbox")
    await settle_unknown(office.runtime, tenant.organization_id)
    assert not sim.logged("graph.accepted", to=MARIA)

    await _a_minute_passes(office)
    await settle_unknown(office.runtime, tenant.organization_id)
    await sim.wait_for_kind("graph.accepted", to=MARIA)


async def test_free_text_that_stays_unknown_goes_once_more_and_no_more(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    sim.fault("graph", "lost", type="text")
    sim.fault("status", "dropped")
    await sim.customer(MARIA).says("oi")
    for unknown in ("times_unknown = 1", "times_unknown = 2"):
        await office.until(f"SELECT state = 'sending' AND {unknown} FROM outbox")  # noqa: S608 - one of this test's two conditions
        await _a_minute_passes(office)
        await settle_unknown(office.runtime, tenant.organization_id)

    assert len(sim.logged("graph.accepted", to=MARIA)) == 2
    assert (await _message(office))["status"] == "unknown"
    assert await office.count("SELECT count(*) FROM outbox") == 0


async def test_silence_counts_only_while_our_webhook_was_up(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    sim.fault("graph", "cut", times=1, type="text")
    await sim.customer(MARIA).says("oi")
    await office.until("SELECT state = 'sending' AND last_error IS NOT NULL FROM outbox")
    await _a_minute_passes(office)
    await office.owner.execute("UPDATE heartbeats SET up_since = now()")

    await settle_unknown(office.runtime, tenant.organization_id)

    assert await office.count("SELECT count(*) FROM outbox WHERE state = 'sending'") == 1


async def test_a_template_with_an_unknown_outcome_is_left_unknown(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    sim.fault("graph", "cut", times=1, type="text")
    await sim.customer(MARIA).says("oi")
    await office.until("SELECT state = 'sending' AND last_error IS NOT NULL FROM outbox")
    await office.owner.execute("UPDATE outbox SET is_template = true")
    await _a_minute_passes(office)

    await settle_unknown(office.runtime, tenant.organization_id)

    assert (await _message(office))["status"] == "unknown"
    assert await office.count("SELECT count(*) FROM outbox") == 0
    assert not sim.logged("graph.accepted", to=MARIA)


async def _a_minute_passes(office: Office) -> None:
    await office.owner.execute(
        "UPDATE outbox SET claimed_at = claimed_at - interval '61 seconds', not_before = now()"
    )
    await office.owner.execute(
        """
        INSERT INTO heartbeats VALUES ('api', 'test', now() - interval '2 minutes', now())
        ON CONFLICT (kind, instance) DO UPDATE SET up_since = now() - interval '2 minutes', beat_at = now()
        """
    )


async def test_news_that_waits_to_be_applied_is_not_silence(
    office: Office, sim: RunningSimulator, tenant: Tenant
) -> None:
    sim.fault("graph", "cut", times=1, type="text")
    await sim.customer(MARIA).says("oi")
    await office.until("SELECT state = 'sending' AND last_error IS NOT NULL FROM outbox")
    await _a_minute_passes(office)
    await office.crew.stop(1)
    await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, "oi de novo"))
    await office.owner.execute("UPDATE inbound_events SET received_at = now() - interval '30 seconds'")

    await settle_unknown(office.runtime, tenant.organization_id)

    assert await office.count("SELECT count(*) FROM outbox WHERE state = 'sending'") == 1
