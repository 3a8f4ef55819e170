"""What the load generator and the stand-in for Graph can do alone: whatever comes near it is not measured."""

import sys

from bench.alternate import alternate
from bench.children import answer_of, free_port, until
from bench.figures import Figures
from bench.load.client import run_load
from bench.load.plan import Number, Plan
from bench.options import PROJECT
from bench.row import Record, Row
from bench.stand import Stand
from pytake.entrypoints.children import Child, inherited, stop_all
from pytake.entrypoints.supervisor.services import answers

PEOPLE = 2000


async def run(stand: Stand, record: Record) -> None:
    await alternate(stand, record, {"load": lambda: _load(stand), "graph": lambda: _graph(stand)})
    record.state("load generator, signing, to a bare responder", record.median("load", "msg/s"), "msg/s")
    record.state("the same, processor time of the generator", record.median("load", "CPU ms/msg"), "ms/msg")
    record.state("stand-in for Graph, from bare connections", record.median("graph", "msg/s"), "msg/s")


async def _load(stand: Stand) -> Figures:
    port = free_port()
    command = [sys.executable, "-m", "bench.references.responder", str(port)]
    child = Child("responder", command, stand.folder / "responder.log", PROJECT, inherited())
    child.start()
    try:
        await until(answers("127.0.0.1", port, "/"), child)
        outcome = await run_load(
            Plan(
                addresses=[("127.0.0.1", port)],
                numbers=[Number("455900000000000", "/webhooks/whatsapp/none", "secret", PEOPLE)],
                graph="",
                seconds=stand.options.seconds,
                warm_up=1.0,
                first_person=stand.fresh_people(),
            )
        )
    finally:
        stop_all([child], 5)
    return {"msg/s": outcome.rate, "CPU ms/msg": outcome.cpu_seconds * 1000 / outcome.posted}


async def _graph(stand: Stand) -> Figures:
    seconds = stand.options.seconds
    said = await answer_of(
        "-m", "bench.references.bare_posting", str(stand.graph.port), str(seconds), within=seconds + 30
    )
    await stand.graph.take()
    return {"msg/s": float(said)}


ROW = Row(0, "What the instruments can do alone", run)
