"""Three quarters of what Meta tells a busy business are statuses."""

from dataclasses import replace

from bench.row import Goal, Record, Row
from bench.stand import Stand
from bench.variants import measure_variant

STATUSES = ("sent", "delivered", "read")


async def run(stand: Stand, record: Record) -> None:
    await measure_variant(
        stand, record, lambda plan: replace(plan, statuses=STATUSES), goal=Goal(floor=0.4, target=0.6)
    )


ROW = Row(2.1, "The same with three status webhooks after each reply", run)
