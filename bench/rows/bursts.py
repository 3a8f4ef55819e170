"""What Meta and people do at their worst: deliveries that come twice, and thoughts in four messages."""

from dataclasses import replace

from bench.row import Record, Row
from bench.stand import Stand
from bench.variants import measure_variant

TWICE = 0.2
BURST = 4


async def run(stand: Stand, record: Record) -> None:
    await measure_variant(stand, record, lambda plan: replace(plan, twice=TWICE, burst=BURST))


ROW = Row(2.2, "The same with bursts of four, and a fifth of the webhooks delivered twice at once", run)
