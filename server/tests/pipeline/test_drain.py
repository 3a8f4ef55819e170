"""What happens to a delivery that fails, kills, or is taken by two at once."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from pytake.conversations.service import receive
from pytake.entrypoints.bootstrap import build_runtime, close_runtime
from pytake.entrypoints.crew import Crew
from pytake.inbound import batches, repository
from pytake.inbound import drain as draining
from pytake.inbound.batches import Batch
from pytake.kit.work import Work
from pytake.runtime import Runtime
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
        batches.MAX_TRIES,
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
    await office.crew.stop(1)
    tenant = await office.tenant(flow=None, register=False)
    for place in range(150):
        await _store(office, tenant, str(place))
    deaths, begun = 0, 0
    batch = await _begin_somewhere(office, tenant)
    while batch:
        begun += 1
        if await _is_in(office, batch, "100"):
            deaths += 1
            assert batch.takes.is_apart == (deaths > 1)
            await _it_died_a_while_ago(office)
            batch = await _begin_somewhere(office, tenant)
        else:
            batch = await draining._apply_batch(office.runtime, tenant.organization_id, batch)
            batch = batch or await _begin_somewhere(office, tenant)

    assert deaths == batches.MAX_TRIES
    assert begun < 40
    assert await office.texts("inbound") == [str(place) for place in range(150) if place != 100]
    (parked,) = await office.rows("SELECT reason, attempts FROM inbound_events")
    assert "never came back" in parked["reason"]
    (drain,) = await office.rows("SELECT first_id, batch_size FROM inbound_drains")
    assert drain == {"first_id": None, "batch_size": batches.MOST}


async def test_some_that_raise_among_many_cost_a_few_batches_and_no_order(
    office: Office, poison: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.crew.stop(1)
    tenant = await office.tenant(flow=None, register=False)
    for place in range(200):
        who = POISON if place in (70, 71, 160) else "5511900000011"
        await _store(office, tenant, meta.message_from(tenant.phone_number_id, who, str(place)))
    sizes: list[int] = []
    as_it_is = draining._apply_batch

    async def counted(runtime: Runtime, organization_id: UUID, batch: Batch) -> Batch | None:
        sizes.append(batch.count)
        return await as_it_is(runtime, organization_id, batch)

    monkeypatch.setattr(draining, "_apply_batch", counted)
    await draining.drain(office.runtime, tenant.organization_id)

    assert await office.texts("inbound") == [str(place) for place in range(200) if place not in (70, 71, 160)]
    assert await office.count("SELECT count(*) FROM inbound_events WHERE status = 'parked'") == 3
    assert max(Counter(poison).values()) <= batches.MAX_TRIES
    assert len(sizes) < 60, sizes


async def test_a_drain_that_has_just_begun_elsewhere_is_left_alone(office: Office) -> None:
    await office.crew.stop(1)
    tenant = await office.tenant(flow=None, register=False)
    await _store(office, tenant, "oi")
    assert await batches.begin(office.runtime, tenant.organization_id)

    assert await batches.begin(office.runtime, tenant.organization_id) is None
    await _it_died_a_while_ago(office)
    assert await batches.begin(office.runtime, tenant.organization_id) is None
    batch = await batches.begin(office.runtime, tenant.organization_id, apart=True)

    assert batch
    assert batch.attempts == 1


async def test_whoever_only_looks_whether_there_is_something_to_do_costs_no_try(office: Office) -> None:
    await office.crew.stop(1)
    tenant = await office.tenant(flow=None, register=False)
    await _store(office, tenant, "oi")
    async with office.runtime.work(tenant.organization_id) as looking:
        batch = await batches.begin(office.runtime, tenant.organization_id)
        assert batch
        assert await repository.take_turn(looking)
        applying = asyncio.create_task(draining._apply_batch(office.runtime, tenant.organization_id, batch))
        await office.until("SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    await applying

    assert await office.texts("inbound") == ["oi"]


async def test_who_was_taken_for_dead_does_not_apply_what_another_has_taken_over(office: Office) -> None:
    await office.crew.stop(1)
    tenant = await office.tenant(flow=None, register=False)
    await _store(office, tenant, "oi")
    slow = await batches.begin(office.runtime, tenant.organization_id)
    assert slow
    await _it_died_a_while_ago(office)
    other = await _begin_somewhere(office, tenant)
    assert other

    assert await draining._apply_batch(office.runtime, tenant.organization_id, slow) is None
    assert await office.texts("inbound") == []
    await draining._apply_batch(office.runtime, tenant.organization_id, other)
    assert await office.texts("inbound") == ["oi"]


async def test_trouble_of_the_moment_is_no_try(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await office.crew.stop(1)
    tenant = await office.tenant(flow=None, register=False)
    await _store(office, tenant, "oi")

    async def crossed(work: Work, *_: Any) -> None:
        await work.execute("DO $$ BEGIN RAISE deadlock_detected; END $$")

    monkeypatch.setattr(receive, "first_seen", crossed)
    with pytest.raises(asyncpg.DeadlockDetectedError):
        await draining.drain(office.runtime, tenant.organization_id)

    batch = await batches.begin(office.runtime, tenant.organization_id)
    assert batch
    assert batch.attempts == 0


async def test_a_marker_left_by_a_dead_drain_costs_nothing_but_time(office: Office) -> None:
    await office.crew.stop(1)
    tenant = await office.tenant(flow=None, register=False)
    for place in range(30):
        await _store(office, tenant, str(place))
    assert await batches.begin(office.runtime, tenant.organization_id)
    await _it_died_a_while_ago(office)

    await _drain_all(office, tenant)

    assert await office.texts("inbound") == [str(place) for place in range(30)]
    (drain,) = await office.rows("SELECT first_id, last_id, batch_size FROM inbound_drains")
    assert drain == {"first_id": None, "last_id": None, "batch_size": batches.MOST}


async def test_a_batch_in_which_every_item_must_be_taken_apart(office: Office) -> None:
    await office.crew.stop(1)
    tenant = await office.tenant(flow=None, register=False)
    messages = [meta.text(f"55119000000{place:02d}", str(place)) for place in range(5)]
    await _store(office, tenant, meta.delivery(meta.value(tenant.phone_number_id, messages=messages)))
    for _ in range(draining.TAKEN_APART_AFTER):
        assert await _begin_somewhere(office, tenant)
        await _it_died_a_while_ago(office)

    await _drain_all(office, tenant)

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


async def _begin_somewhere(office: Office, tenant: Tenant) -> Batch | None:
    """As a worker would, or the process that it leaves suspects to."""
    for apart in (False, True):
        if batch := await batches.begin(office.runtime, tenant.organization_id, apart=apart):
            return batch
    return None


async def _drain_all(office: Office, tenant: Tenant) -> None:
    """As a worker and the process that it leaves suspects to would in turns."""
    while await office.count("SELECT count(*) FROM inbound_events WHERE status = 'pending'"):
        await draining.drain(office.runtime, tenant.organization_id)
        await draining.drain(office.runtime, tenant.organization_id, apart=True)


async def _is_in(office: Office, batch: Batch, text: str) -> bool:
    bodies = await office.rows(
        "SELECT body FROM inbound_events WHERE status = 'pending' AND id BETWEEN $1 AND $2",
        batch.first_id,
        batch.last_id,
    )
    return any(f'"body":"{text}"'.encode() in row["body"] for row in bodies)


async def _it_died_a_while_ago(office: Office) -> None:
    """A death is what it leaves behind: the marker, and no commit."""
    await office.owner.execute("UPDATE inbound_drains SET backend_pid = 0")


async def _store(office: Office, tenant: Tenant, what: str | dict[str, Any]) -> None:
    """Put a delivery into the inbox and tell nobody."""
    body = meta.message_from(tenant.phone_number_id, "5511900000011", what) if isinstance(what, str) else what
    await office.deliver(tenant, body)
