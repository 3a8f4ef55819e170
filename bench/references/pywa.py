"""Loading the pywa bots as PyTake is loaded: the same people, webhooks and stand-in for Graph."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bench.children import free_port, until
from bench.desk import ACCESS_TOKEN, APP_SECRET
from bench.figures import Figures
from bench.load.client import run_load
from bench.load.plan import Number, Plan
from bench.options import PROJECT
from bench.oracle import judge
from bench.references.ground import Ground
from bench.references.pywa_echo import Order
from bench.stand import Stand
from pytake.entrypoints.children import Child, inherited, stop_all
from pytake.entrypoints.supervisor.services import answers

PEOPLE = 8
"""As many at a time as suit it best. With 2,000 its HTTP client drowns in its own queue."""
PATH = "/webhook"
PHONE_NUMBER_ID = "455900000000000"


async def replies_of_pywa(stand: Stand, ground: Ground | None = None) -> Figures:
    """Of a bot that stores nothing, or on the ground given. Raises RuntimeError when replies are wrong."""
    async with _bot(stand, ground) as port:
        await stand.graph.take()
        plan = Plan(
            addresses=[("127.0.0.1", port)],
            numbers=[Number(PHONE_NUMBER_ID, PATH, APP_SECRET, PEOPLE)],
            graph=str(stand.graph.socket),
            seconds=stand.options.seconds,
            warm_up=stand.options.warm_up,
            first_person=stand.fresh_people(),
        )
        outcome = await run_load(plan)
    verdict = judge(outcome.said, (await stand.graph.take()).texts)
    if any(verdict.counts().values()):
        raise RuntimeError(f"the reference lost its way: {verdict.counts()}")
    return {"msg/s": outcome.rate, **{f"ack {name} ms": value for name, value in outcome.ack_ms.items()}}


@asynccontextmanager
async def _bot(stand: Stand, ground: Ground | None) -> AsyncIterator[int]:
    order = Order(
        port=free_port(),
        graph_url=stand.graph.url,
        phone_number_id=PHONE_NUMBER_ID,
        path=PATH,
        app_secret=APP_SECRET,
        access_token=ACCESS_TOKEN,
        database_url=ground.url if ground else "",
        organization_id=str(ground.tenant.organization_id) if ground else "",
        number_id=str(ground.tenant.number_id) if ground else "",
    )
    command = [sys.executable, "-m", "bench.references.pywa_echo"]
    child = Child("pywa", command, stand.folder / "pywa.log", PROJECT, inherited(), feed=order.written())
    child.start()
    try:
        await until(answers("127.0.0.1", order.port, "/openapi.json"), child)
        yield order.port
    finally:
        stop_all([child], 10)
