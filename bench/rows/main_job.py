"""The main job: a webhook in, everything stored, the flow run, the reply accepted, with all it costs."""

from bench.alternate import alternate
from bench.desk import make_tenant
from bench.figures import Figures
from bench.row import Record, Row
from bench.stand import Stand
from bench.talk import note_cpu, numbers_of, plan_for, talk


async def run(stand: Stand, record: Record) -> None:
    database = await stand.make_database("main_job")
    async with stand.pytake(database) as pytake:
        tenant = await make_tenant(pytake)

        async def measure() -> Figures:
            plan = plan_for(pytake, numbers_of([tenant]))
            return (await talk(pytake, record, plan)).figures()

        await alternate(stand, record, {"PyTake": measure})
    record.state("in → stored → reply", record.median("PyTake", "replies/s"), "replies/s")
    note_cpu(record)


ROW = Row(1, "A webhook in, everything stored, the reply accepted; 1 organization, 2,000 people", run)
