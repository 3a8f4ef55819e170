"""Deliveries that a drain may have died of are applied in processes that may die of them, too."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg
import pytest
from pydantic import SecretStr

from pytake.conversations import jobs as sending
from pytake.entrypoints.ward import Ward
from pytake.inbound import batches, jobs
from pytake.inbound import drain as draining
from pytake.kit.jobs import Nudge
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant

MARIA = "5511900000011"
ATTEMPTS = "SELECT max(attempts) FROM inbound_events"
NOBODY_LIVES = "SELECT NOT EXISTS (SELECT FROM inbound_drains, pg_stat_get_activity(backend_pid))"
PATIENCE = 40.0


class Pushed(list[Nudge]):
    async def push(self, nudges: Sequence[Nudge]) -> None:
        self.extend(nudges)


@pytest.fixture
async def suspicious(office: Office) -> Tenant:
    """Three deliveries were at work when their drain died, and a fourth came since."""
    await office.crew.stop(1)
    tenant = await office.tenant()
    for place in range(3):
        await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, f"{place}"))
    async with a_connection(office) as theirs:
        await theirs.execute(
            "INSERT INTO inbound_drains (organization_id, first_id, last_id, batch_size, backend_pid)"
            " SELECT $1, min(id), max(id), 500, pg_backend_pid() FROM inbound_events",
            tenant.organization_id,
        )
    await office.until(NOBODY_LIVES)
    await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, "3"))
    return tenant


@asynccontextmanager
async def a_connection(office: Office) -> AsyncIterator[asyncpg.Connection]:
    """The owner's, and a backend that goes when the block ends."""
    connection = await asyncpg.connect(office.settings.database_url)
    try:
        yield connection
    finally:
        await connection.close()


async def test_who_finds_that_a_drain_died_leaves_what_it_was_at_to_the_ward(
    office: Office, suspicious: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once: no living connection has left that marker."""
    begun = Pushed()
    monkeypatch.setattr(office.crew, "push", begun.push)

    await draining.drain(office.runtime, suspicious.organization_id)

    assert begun == [jobs.drain_apart(suspicious.organization_id)]
    assert await office.texts("inbound") == []
    assert await office.count(ATTEMPTS) == 1


async def test_the_ward_applies_suspects_and_hands_on_what_they_make_necessary(
    office: Office, suspicious: Tenant
) -> None:
    nudged = Pushed()
    ward = Ward(office.settings, nudged)
    await draining.drain(office.runtime, suspicious.organization_id)

    await asyncio.wait_for(ward.do(jobs.drain_apart(suspicious.organization_id)), PATIENCE)

    assert await office.texts("inbound") == ["0", "1", "2"]
    assert sending.send(suspicious.organization_id, suspicious.number_id) in nudged
    assert jobs.drain(suspicious.organization_id) in nudged
    await draining.drain(office.runtime, suspicious.organization_id)
    assert await office.texts("inbound") == ["0", "1", "2", "3"]
    assert not multiprocessing.active_children()


async def test_a_process_that_dies_in_the_ward_counts_as_a_try_and_another_goes_on_at_once(
    office: Office, suspicious: Tenant
) -> None:
    ward = Ward(office.settings, Pushed())
    await draining.drain(office.runtime, suspicious.organization_id)
    async with a_connection(office) as blocking:
        async with blocking.transaction():
            await blocking.execute("LOCK TABLE contacts IN EXCLUSIVE MODE")
            doing = asyncio.create_task(ward.do(jobs.drain_apart(suspicious.organization_id)))
            first = await _someone_who_waits(office)
            await _kill(office, first)
            await office.until(f"SELECT ({ATTEMPTS}) = 2", patience=PATIENCE)
            second = await _someone_who_waits(office)
            assert second.pid != first.pid
        await asyncio.wait_for(doing, PATIENCE)

    assert await office.texts("inbound") == ["0", "1", "2", "3"]


async def test_an_organization_whose_messages_killed_twice_is_drained_apart_for_a_while(
    office: Office, suspicious: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    await draining.drain(office.runtime, suspicious.organization_id)
    await _die_at_it(office, suspicious)
    begun = Pushed()
    monkeypatch.setattr(office.crew, "push", begun.push)

    await draining.drain(office.runtime, suspicious.organization_id)
    assert await office.texts("inbound") == []
    assert begun == [jobs.drain_apart(suspicious.organization_id)]

    ward = Ward(office.settings, begun)
    await asyncio.wait_for(ward.do(jobs.drain_apart(suspicious.organization_id)), PATIENCE)
    assert await office.texts("inbound") == ["0", "1", "2", "3"]

    await office.deliver(suspicious, meta.message_from(suspicious.phone_number_id, MARIA, "4"))
    await draining.drain(office.runtime, suspicious.organization_id)
    assert await office.texts("inbound") == ["0", "1", "2", "3"]
    await office.owner.execute("UPDATE inbound_drains SET apart_until = now()")
    await draining.drain(office.runtime, suspicious.organization_id)
    assert await office.texts("inbound") == ["0", "1", "2", "3", "4"]


async def test_a_ward_that_is_told_to_stop_leaves_no_process(office: Office, suspicious: Tenant) -> None:
    ward = Ward(office.settings, Pushed())
    await draining.drain(office.runtime, suspicious.organization_id)
    async with a_connection(office) as blocking, blocking.transaction():
        await blocking.execute("LOCK TABLE contacts IN EXCLUSIVE MODE")
        doing = asyncio.create_task(ward.do(jobs.drain_apart(suspicious.organization_id)))
        await _someone_who_waits(office)

        doing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await doing

        assert not multiprocessing.active_children()


async def test_a_process_that_cannot_begin_is_tried_again_and_does_no_harm(
    office: Office, suspicious: Tenant
) -> None:
    """No try is counted: what it was started for was never touched."""
    wrong = office.settings.model_copy(update={"secret_key": SecretStr("too short")})
    ward = Ward(wrong, Pushed())
    await draining.drain(office.runtime, suspicious.organization_id)
    doing = asyncio.create_task(ward.do(jobs.drain_apart(suspicious.organization_id)))

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(doing), 3)
    doing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await doing

    assert await office.count(ATTEMPTS) == 1
    assert await office.texts("inbound") == []


async def _die_at_it(office: Office, tenant: Tenant) -> None:
    """As a process of the ward does: its marker stays, and its connection goes."""
    assert await batches.begin(office.runtime, tenant.organization_id, apart=True)
    await office.owner.execute("UPDATE inbound_drains SET backend_pid = 0")


async def _kill(office: Office, process: multiprocessing.process.BaseProcess) -> None:
    """Its backend, too: one that waits for a lock does not hear that nobody listens any more."""
    process.kill()
    await office.runtime.ask(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND relation = 'contacts'::regclass"
    )


async def _someone_who_waits(office: Office) -> multiprocessing.process.BaseProcess:
    """The process of the ward, once it waits for the lock that the test holds."""
    await office.until(
        "SELECT count(*) = 1 FROM pg_locks WHERE NOT granted AND relation = 'contacts'::regclass",
        patience=PATIENCE,
    )
    (process,) = multiprocessing.active_children()
    return process
