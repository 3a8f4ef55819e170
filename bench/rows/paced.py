"""Row 5.1: the same at the rate that Meta allows. Who must wait should cost nothing."""

import time

from bench.alternate import watched
from bench.campaigns import Campaign, a_campaign
from bench.figures import Figures
from bench.row import Record, Row
from bench.stand import Stand
from bench.talk import note_cpu
from bench.usage import since

RATE = 80
"""Messages a second: what Meta allows a number at first."""

MESSAGES, QUICK_MESSAGES = 2_000, 200


async def run(stand: Stand, record: Record) -> None:
    database = await stand.make_database("bench_paced")
    size = stand.options.scaled(MESSAGES, QUICK_MESSAGES)
    async with stand.pytake(database) as pytake, a_campaign(stand, pytake, size) as campaign:
        await pytake.owner.execute("UPDATE whatsapp_numbers SET throughput_per_second = $1", RATE)

        async def measure() -> Figures:
            return await _send(campaign, record)

        record.add("PyTake", await watched(record, measure))
    record.state(f"{size} messages of one number: sent", record.median("PyTake", "accepted/s"), "messages/s")
    record.state("of one core", record.median("PyTake", "core %"), "%")
    note_cpu(record, "PyTake")


async def _send(campaign: Campaign, record: Record) -> Figures:
    await campaign.prepare()
    await campaign.pytake.stand.graph.take()
    before, began = campaign.pytake.cpu(), time.perf_counter()
    await campaign.release()
    await campaign.until_sent()
    seconds = time.perf_counter() - began
    cpu = since(before, campaign.pytake.cpu())
    record.must_be_zero(await campaign.mistakes())
    size = len(campaign.people)
    each = {f"CPU ms/msg {kind}": used * 1000 / size for kind, used in cpu.items()}
    return {"accepted/s": size / seconds, "core %": 100 * sum(cpu.values()) / seconds, **each}


ROW = Row(5.1, "What a campaign costs at the rate that Meta allows", run)
