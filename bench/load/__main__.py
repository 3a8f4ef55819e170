"""`python -m bench.load`: a plan on stdin, its outcome on stdout."""

import asyncio
import gc
import sys

import uvloop

from bench.load.feed import follow
from bench.load.people import Crowd
from bench.load.plan import Outcome, Plan, read_plan


async def _run(plan: Plan) -> Outcome:
    crowd = Crowd(plan)
    feed = await follow(plan.graph, crowd) if plan.graph else None
    try:
        return await crowd.write()
    finally:
        if feed is not None:
            feed.cancel()


gc.disable()  # it lives for a minute, and a collection would look like the target's pause
with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
    sys.stdout.buffer.write(runner.run(_run(read_plan(sys.stdin.buffer.read()))).written())
