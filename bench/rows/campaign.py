"""Row 5: what a campaign sends, against a bare client that posts the same bodies to the same stand-in."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import orjson

from bench.alternate import alternate
from bench.campaigns import SENT_WITHIN, Campaign, a_campaign, content
from bench.children import answer_of
from bench.figures import Figures
from bench.row import Goal, Record, Row
from bench.stand import Stand
from bench.talk import note_cpu
from bench.usage import since
from pytake.adapters.meta.payloads import request_body
from pytake.conversations.pipeline import callback_data
from pytake.conversations.service.desk import AT_ONCE
from pytake.kit.ids import new_id
from pytake.ports.whatsapp import Letter, Person

MESSAGES, QUICK_MESSAGES = 20_000, 2_000


async def run(stand: Stand, record: Record) -> None:
    database = await stand.make_database("bench_campaign")
    size = stand.options.scaled(MESSAGES, QUICK_MESSAGES)
    async with stand.pytake(database) as pytake, a_campaign(stand, pytake, size) as campaign:
        bodies = stand.folder / "campaign.bodies"
        _write_bodies(bodies, campaign.people)
        await alternate(
            stand,
            record,
            {"PyTake": _ours(campaign, record), "bare": lambda: _theirs(stand, bodies, campaign)},
        )
    record.compare(
        f"{len(campaign.people)} messages of one number, to a bare aiohttp client",
        "PyTake",
        "bare",
        "accepted/s",
        Goal(0.5, 0.8),
    )
    for contender in ("PyTake", "bare"):
        record.state(f"{contender}: accepted", record.median(contender, "accepted/s"), "messages/s")
        note_cpu(record, contender)


def _ours(campaign: Campaign, record: Record) -> Callable[[], Awaitable[Figures]]:
    async def measure() -> Figures:
        await campaign.prepare()
        await campaign.pytake.stand.graph.take()
        before, began = campaign.pytake.cpu(), time.perf_counter()
        await campaign.release()
        await campaign.until_sent()
        seconds = time.perf_counter() - began
        cpu = since(before, campaign.pytake.cpu())
        record.must_be_zero(await campaign.mistakes())
        return _figures(len(campaign.people), seconds, cpu)

    return measure


async def _theirs(stand: Stand, bodies: Path, campaign: Campaign) -> Figures:
    url = f"{stand.graph.url}/{campaign.tenant.phone_number_id}/messages"
    said = await answer_of(
        "-m", "bench.references.posting", url, str(bodies), str(AT_ONCE), within=SENT_WITHIN
    )
    told = orjson.loads(said)
    if told["accepted"] != len(campaign.people):
        raise RuntimeError(f"the bare client had {told['accepted']} messages accepted")
    return _figures(told["accepted"], told["seconds"], {"client": told["cpu"]})


def _figures(messages: int, seconds: float, cpu: dict[str, float]) -> Figures:
    each = {f"CPU ms/msg {kind}": used * 1000 / messages for kind, used in cpu.items()}
    return {"accepted/s": messages / seconds, **each}


def _write_bodies(path: Path, people: list[str]) -> None:
    """As PyTake's client writes them."""
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    letters = (
        Letter(callback_data(new_id(), moment), Person(wa_id=person), "template", content(place), None)
        for place, person in enumerate(people)
    )
    path.write_bytes(b"\n".join(orjson.dumps(request_body(letter)) for letter in letters))


ROW = Row(5, "What a campaign sends", run)
