"""Many businesses at once, of which most are small."""

from bench.row import Record, Row
from bench.stand import Stand
from bench.variants import measure_variant

ORGANIZATIONS = 50


async def run(stand: Stand, record: Record) -> None:
    await measure_variant(stand, record, lambda plan: plan, organizations=ORGANIZATIONS)


ROW = Row(2, "The same with 50 organizations of uneven size", run)
