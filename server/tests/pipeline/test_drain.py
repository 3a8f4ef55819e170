"""What happens to a delivery that fails, kills, or is taken by two at once."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from pytake.conversations.service import receive
from pytake.entrypoints.bootstrap import build_runtime, close_runtime
from pytake.entrypoints.crew import Crew
from pytake.inbound import drain as draining
from pytake.inbound import repository
from pytake.kit.work import Work
from simulator.testing import RunningSimulator
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant

POISON = "5511966600666"


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A bug in our own code that only one person's messages meet; answers what was tried."""
    tried: list[str] = []
    as_it_is = receive.receive

    def with_a_bug(work: Work, conversation: Any, message_id: UUID, message: Any) -> Any:
        if message.person.wa_id == POISON:
            tried.append(message.wamid)
            raise ZeroDivisionError("a bug")
        return as_it_is(work, conversation, message_id, message)

    monkeypatch.setattr(receive, "receive", with_a_bug)
    return tried


async def test_a_poisonous_item_is_parked_with_its_reason_and_the_others_go_on(
    office: Office, poison: list[str]
) -> None:
    tenant = await office.tenant(flow=None)
    for place in range(10):
        await office.deliver(
            tenant, meta.message_from(tenant.phone_number_id, f"55119000000{place:02d}", "antes")
        )
    mixed = [
        meta.text("5511900000099", "ao lado"),
        meta.text(POISON, "veneno"),
        meta.text("5511900000098", "ao lado"),
    ]
    await office.deliver(tenant, meta.delivery(meta.value(tenant.phone_number_id, messages=mixed)))
    for place in range(10):
        await office.deliver(
            tenant, meta.message_from(tenant.phone_number_id, f"55119000000{place:02d}", "depois")
        )
    await office.settled()

    assert sorted(await office.texts("inbound")) == ["antes"] * 10 + ["ao lado"] * 2 + ["depois"] * 10
    (parked,) = await office.rows("SELECT reason FROM inbound_events WHERE status = 'parked'")
    assert parked["reason"] == "ZeroDivisionError: a bug"
    assert 1 <= len(poison) <= 5


async def test_once_mended_a_parked_item_can_be_replayed(
    office: Office, poison: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant = await office.tenant(flow=None)
    await office.deliver(tenant, meta.message_from(tenant.phone_number_id, POISON, "veneno"))
    await office.until("SELECT count(*) = 1 FROM inbound_events WHERE status = 'parked'")
    monkeypatch.undo()

    async with office.runtime.work(tenant.organization_id) as work:
        await repository.replay(work, None)
    await office.settled()

    assert await office.texts("inbound") == ["veneno"]


async def test_what_was_put_aside_in_different_ways_is_replayed_in_order(
    office: Office, poison: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first raises, the second kills whoever takes it up, the third says what cannot be read."""
    await office.crew.stop(1)
    tenant = await office.tenant(flow=None, register=False)
    await _store(office, tenant, meta.message_from(tenant.phone_number_id, POISON, "veneno 1"))
    await _store(office, tenant, meta.message_from(tenant.phone_number_id, POISON, "veneno 2"))
    await _store(office, tenant, "a")
    await office.owner.execute(
        """
        UPDATE inbound_events SET attempts = $1
        WHERE id = (SELECT id FROM inbound_events ORDER BY id LIMIT 1 OFFSET 1)
        """,
        draining.MAX_TRIES,
    )
    await draining.drain(office.runtime, tenant.organization_id)
    reasons = await office.rows("SELECT reason FROM inbound_events WHERE status = 'parked' ORDER BY id")
    assert [row["reason"].split(" ")[0] for row in reasons] == ["ZeroDivisionError:", "given"]

    monkeypatch.undo()
    async with office.runtime.work(tenant.organization_id) as work:
        await repository.replay(work, None)
    await draining.drain(office.runtime, tenant.organization_id)

    assert await office.texts("inbound") == ["a", "veneno 1", "veneno 2"]


async def test_a_delivery_that_kills_its_drain_is_given_up_after_five_tries(office: Office) -> None:
    """Each death is what it leaves behind: the marker, and no commit."""
    await office.crew.stop(1)
    tenant = await office.tenant(flow=None, register=False)
    for text in ("a", "b", "c"):
        await _store(office, tenant, text)
    tries = 0
    while (batch := await draining._begin(office.runtime, tenant.organization_id)) and tries < 20:
        (first,) = await office.rows("SELECT min(id) AS id FROM inbound_events WHERE status = 'pending'")
        if batch.first_id == 1 and first["id"] == 1:
            tries += 1  # the process dies here
            continue
        await draining._apply_batch(office.runtime, tenant.organization_id, batch)

    assert tries == draining.MAX_TRIES  # once in its batch, then four times alone
    assert await office.texts("inbound") == ["b", "c"]
    (parked,) = await office.rows("SELECT reason, attempts FROM inbound_events")
    assert "never came back" in parked["reason"]


async def test_a_marker_left_by_a_dead_drain_costs_nothing_but_time(office: Office) -> None:
    await office.crew.stop(1)
    tenant = await office.tenant(flow=None, register=False)
    for place in range(30):
        await _store(office, tenant, str(place))
    assert await draining._begin(office.runtime, tenant.organization_id)  # and dies

    await draining.drain(office.runtime, tenant.organization_id)

    assert await office.texts("inbound") == [str(place) for place in range(30)]
    (marker,) = await office.rows("SELECT first_id, last_id FROM inbound_drains")
    assert marker == {"first_id": None, "last_id": None}


async def test_a_batch_in_which_every_item_must_be_taken_apart(office: Office) -> None:
    await office.crew.stop(1)
    tenant = await office.tenant(flow=None, register=False)
    messages = [meta.text(f"55119000000{place:02d}", str(place)) for place in range(5)]
    await _store(office, tenant, meta.delivery(meta.value(tenant.phone_number_id, messages=messages)))
    for _ in range(draining.SPLIT_AFTER + 1):
        assert await draining._begin(office.runtime, tenant.organization_id)  # and dies

    await draining.drain(office.runtime, tenant.organization_id)

    assert sorted(await office.texts("inbound")) == ["0", "1", "2", "3", "4"]
    assert await office.count("SELECT count(*) FROM inbound_events") == 0


async def test_workers_that_were_told_nothing_find_everything_and_do_nothing_twice(
    office: Office, sim: RunningSimulator
) -> None:
    await office.crew.stop(1)
    tenant = await office.tenant()
    people = [f"55119000000{place:02d}" for place in range(20)]
    for person in people:
        for text in ("oi", "3"):
            await _store(office, tenant, meta.message_from(tenant.phone_number_id, person, text))
            sim.customer(person)

    crews = [Crew() for _ in range(3)]
    runtimes = [await build_runtime(office.settings, "test", jobs=crew) for crew in crews]
    for crew, runtime in zip(crews, runtimes, strict=True):
        crew.runtime = runtime
        crew.start()
    await office.settled()
    await asyncio.gather(*(crew.stop(3) for crew in crews))
    for runtime in runtimes:
        await close_runtime(runtime)

    told: dict[str, list[str]] = {}
    for record in sim.logged("graph.accepted"):
        told.setdefault(record["to"], []).append(record["body"]["text"]["body"])
    assert set(told) == set(people)
    for texts in told.values():
        assert texts[1:] == ["Quantos pães?", "Anotado: 3 pães."]
        assert len(texts) == 3


async def _store(office: Office, tenant: Tenant, what: str | dict[str, Any]) -> None:
    """Put a delivery into the inbox and tell nobody."""
    body = meta.message_from(tenant.phone_number_id, "5511900000011", what) if isinstance(what, str) else what
    await office.deliver(tenant, body)
