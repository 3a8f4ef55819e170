"""Real worker processes: told by Celery, told by nobody, stopped, and without a broker."""

import signal
from pathlib import Path

import redis

from pytake.adapters.celery.app import make_celery
from pytake.adapters.celery.queue import CeleryJobs
from pytake.inbound import jobs as inbound
from pytake.runtime import SWEEPS
from pytake.settings import Settings
from simulator.testing import RunningSimulator
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office
from tests.workers.process import a_process

MARIA = "5511900000011"


async def test_a_worker_that_starts_finds_what_is_waiting(
    office: Office, sim: RunningSimulator, settings: Settings, tmp_path: Path
) -> None:
    tenant = await office.tenant()
    await office.crew.stop(1)
    await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, "oi"))

    async with a_process("worker", settings, tmp_path):
        heard = await sim.customer(MARIA).hears(patience=60)

    assert heard["body"]["text"]["body"] == "Olá, Maria Andrade!"


async def test_a_worker_does_what_celery_brings(
    office: Office, sim: RunningSimulator, settings: Settings, tmp_path: Path
) -> None:
    tenant = await office.tenant(flow=None)
    await office.crew.stop(1)
    client = redis.Redis.from_url(settings.redis_url)
    async with a_process("worker", settings, tmp_path):
        jobs = CeleryJobs(make_celery(settings.redis_url), client)
        await jobs.push([inbound.drain(tenant.organization_id)])
        key = f"nudge:inbound.drain:{tenant.organization_id}"
        await office.until("SELECT count(*) = 1 FROM heartbeats WHERE kind = 'worker'", patience=60)
        while client.exists(key) or client.llen("celery:high_priority"):
            await office.until("SELECT pg_sleep(0.01) IS NOT NULL")
        jobs.close()
    client.close()


async def test_without_a_broker_messages_are_answered_all_the_same(
    office: Office, sim: RunningSimulator, settings: Settings, tmp_path: Path
) -> None:
    tenant = await office.tenant()
    await office.crew.stop(1)
    lonely = settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    async with a_process("worker", lonely, tmp_path) as worker:
        await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, "oi"))
        heard = await sim.customer(MARIA).hears(patience=60)
        assert heard["body"]["text"]["body"] == "Olá, Maria Andrade!"
        worker.send_signal(signal.SIGTERM)
        await worker.wait()


async def test_sixty_four_calls_of_one_worker_are_under_way_at_once(
    office: Office, sim: RunningSimulator, settings: Settings, tmp_path: Path
) -> None:
    tenant = await office.tenant()
    await office.crew.stop(1)
    await office.owner.execute("UPDATE whatsapp_numbers SET throughput_per_second = 1000")
    sim.fault("graph", "slow", seconds=6.0, type="text")
    people = [meta.text(f"55119000001{place:02d}", "oi") for place in range(64)]
    await office.deliver(tenant, meta.delivery(meta.value(tenant.phone_number_id, messages=people)))
    async with a_process("worker", settings, tmp_path):
        await sim.wait_for(lambda _: len(sim.logged("graph.accepted")) == 64, patience=60)


def test_every_kind_of_waiting_row_has_a_sweep() -> None:
    import pytake.entrypoints.tasks  # noqa: F401 - fills the registry

    assert {sweep.find.__name__ for sweep in SWEEPS} >= {
        "undrained",
        "known_by_now",
        "unsent",
        "unsettled",
        "due",
        "unfetched",
        "left_behind",
    }
