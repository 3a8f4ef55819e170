"""The main job: a webhook in, everything stored, the flow run, the reply accepted, with all it costs."""

from functools import partial

from bench.alternate import OURS, alternate, unless_alone
from bench.desk import make_tenant
from bench.figures import Figures
from bench.references.ground import BATCH, BATCH_FULL, ONE, ONE_FULL, lay
from bench.references.pywa import replies_of_pywa
from bench.row import Goal, Record, Row
from bench.stand import Stand
from bench.talk import note_cpu, numbers_of, plan_for, talk

PYWA, PYWA_ROWS = "pywa echo", "pywa with rows"


async def run(stand: Stand, record: Record) -> None:
    ground = await lay(stand)
    database = await stand.make_database("main_job")
    async with stand.pytake(database) as pytake:
        tenant = await make_tenant(pytake)

        async def measure() -> Figures:
            plan = plan_for(pytake, numbers_of([tenant]))
            return (await talk(pytake, record, plan)).figures()

        pywa = {PYWA: partial(replies_of_pywa, stand), PYWA_ROWS: partial(replies_of_pywa, stand, ground)}
        references = unless_alone(stand, ground.contenders() | pywa)
        await alternate(stand, record, {OURS: measure} | references)
    stand.sustainable = record.median(OURS, "msg/s")
    _lines(record)


def _lines(record: Record) -> None:
    record.state("in → stored → reply", record.median(OURS, "msg/s"), "replies/s")
    record.compare("against one transaction a message (`one`)", OURS, ONE, "msg/s", Goal(1.0, 1.5))
    record.compare("against `one` with every row that PyTake writes", OURS, ONE_FULL, "msg/s")
    record.compare("against statements of a hundred (`batch`)", OURS, BATCH, "msg/s", Goal(0.17, 0.25))
    record.compare("against `batch` with every row that PyTake writes", OURS, BATCH_FULL, "msg/s")
    record.compare("against pywa that stores nothing", OURS, PYWA, "msg/s", Goal(4, 6))
    record.compare("against pywa that stores the rows of `one`", OURS, PYWA_ROWS, "msg/s", Goal(10, 16))
    note_cpu(record)


ROW = Row(1, "A webhook in, everything stored, the reply accepted; 1 organization, 2,000 people", run)
