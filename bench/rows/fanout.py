"""Row 6: one event to a thousand WebSockets, against the `websockets` library's own broadcast."""

import asyncio
import json
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

from bench import usage
from bench.accounts import sign_in
from bench.alternate import alternate
from bench.desk import make_tenant
from bench.figures import Figures, percentile
from bench.listeners.client import Listeners, Report, listening
from bench.options import PROJECT
from bench.processes import PyTake
from bench.row import Goal, Record, Row
from bench.stand import Stand
from bench.wire import Pool
from pytake.conversations.pipeline import Conversation, NewMessage
from pytake.conversations.service.say import write
from pytake.kit.ids import new_id

SOCKETS, QUICK_SOCKETS = 1000, 200
PER_USER = 20
BURST = 100
"""Events of one transaction, when it is measured how many can be told."""
RATE = 20.0
"""Events per second, when it is measured how soon the last socket has them."""
TEXT = "Bom dia! Vocês têm pão de queijo hoje? Queria encomendar duas dúzias para as dez horas."


@dataclass(slots=True)
class Audience:
    """Who is told, how, and who tells."""

    tell: Callable[[int], Awaitable[None]]
    """So many events at once."""
    listeners: Listeners
    server: int
    """The process whose work is measured."""
    sockets: int
    told: int = 0

    async def say(self, events: int) -> None:
        self.told += events
        await self.tell(events)

    async def heard(self) -> float:
        return await self.listeners.hear(self.told)


async def run(stand: Stand, record: Record) -> None:
    database = await stand.make_database("bench_fanout")
    async with (
        stand.pytake(database, {"api": 1}) as pytake,
        _ours(stand, pytake) as (ours, newsroom),
        _theirs(stand, await _example(ours)) as theirs,
    ):
        contenders = {"pytake": ours, "bare": theirs}
        await alternate(
            stand, record, {name: _measure(stand, audience) for name, audience in contenders.items()}
        )
        reports = {name: await audience.listeners.report() for name, audience in contenders.items()}
    record.must_be_zero(_mistakes(reports["pytake"], newsroom.written, ours.sockets))
    _state(record, ours.sockets)


def _state(record: Record, sockets: int) -> None:
    record.compare(
        f"events × sockets a second, {sockets} sockets, to a bare broadcast",
        "pytake",
        "bare",
        "deliveries/s",
        Goal(0.5, 0.8),
    )
    for contender in ("pytake", "bare"):
        record.state(f"{contender}: deliveries", record.median(contender, "deliveries/s"), "/s")
        record.state(f"{contender}: processor", record.median(contender, "CPU µs/delivery"), "µs each")
        record.state(
            f"{contender}: processor at {RATE:.0f} events/s",
            record.median(contender, "steady CPU µs/delivery"),
            "µs each",
        )
        for share in ("p50", "p99"):
            what = f"{contender}: last socket {share} at {RATE:.0f} events/s"
            record.state(what, record.median(contender, f"last {share} ms"), "ms")
    beyond = record.median("pytake", "last p99 ms") - record.median("bare", "last p99 ms")
    record.state("last socket p99 beyond the bare one's", beyond, "ms", Goal(None, 30.0, at_most=True))
    busy = record.median("pytake", "listeners busy")
    record.notes.append(f"the process that listens was busy for {busy:.0%} of PyTake's bursts")


def _mistakes(report: Report, written: Sequence[UUID], sockets: int) -> dict[str, int]:
    told = [json.loads(event)["event"]["payload"]["message"]["id"] for event in report.sample]
    return {
        "missing": sum(sockets - count for count in report.counts)
        + sockets * (len(written) - len(report.counts)),
        "not what was written, in order": int(told != [str(message_id) for message_id in written]),
        "sockets that heard something else": report.streams - 1,
        "sockets closed": report.closed,
    }


# --- measuring ----------------------------------------------------------------------------------------------


def _measure(stand: Stand, audience: Audience) -> Callable[[], Awaitable[Figures]]:
    async def measure() -> Figures:
        return {**await _bursts(audience, stand.options.seconds), **await _steady(stand, audience)}

    return measure


async def _bursts(audience: Audience, seconds: float) -> Figures:
    await audience.say(BURST)
    await audience.heard()
    before, listened = usage.cpu_seconds([audience.server]), (await audience.listeners.report()).cpu
    spent, bursts = 0.0, 0
    while spent < seconds:
        began = time.monotonic()
        await audience.say(BURST)
        spent += await audience.heard() - began
        bursts += 1
    deliveries = bursts * BURST * audience.sockets
    used = usage.cpu_seconds([audience.server]) - before
    listened = (await audience.listeners.report()).cpu - listened
    return {
        "deliveries/s": deliveries / spent,
        "CPU µs/delivery": used * 1e6 / deliveries,
        "listeners busy": listened / spent,
    }


async def _steady(stand: Stand, audience: Audience) -> Figures:
    """From the moment somebody begins to tell until the last socket has it."""
    first, moments = audience.told, []
    used = usage.cpu_seconds([audience.server])
    due = time.monotonic()
    for _ in range(int(stand.options.seconds * RATE)):
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        moments.append(time.monotonic())
        await audience.say(1)
        due += 1 / RATE
    await audience.heard()
    used = usage.cpu_seconds([audience.server]) - used
    last = (await audience.listeners.report()).last[first:]
    delays = [heard - said for said, heard in zip(moments, last, strict=True)]
    return {
        "last p50 ms": percentile(delays, 0.50) * 1000,
        "last p99 ms": percentile(delays, 0.99) * 1000,
        "steady CPU µs/delivery": used * 1e6 / (len(delays) * audience.sockets),
    }


# --- PyTake -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Newsroom:
    """Writes messages into one conversation; the journal tells of each."""

    pytake: PyTake
    organization_id: UUID
    conversation: Conversation
    written: list[UUID] = field(default_factory=list)

    async def tell(self, events: int) -> None:
        messages = [self._message() for _ in range(events)]
        async with self.pytake.runtime.work(self.organization_id) as work:
            await write(work, messages, [])
        self.written += [message.id for message in messages]

    def _message(self) -> NewMessage:
        return NewMessage(
            new_id(),
            self.conversation,
            direction="inbound",
            sender_type="contact",
            type="text",
            content={"text": TEXT},
            status="received",
        )


@asynccontextmanager
async def _ours(stand: Stand, pytake: PyTake) -> AsyncIterator[tuple[Audience, Newsroom]]:
    tenant = await make_tenant(pytake, flow=None)
    conversation = await _conversation(pytake, tenant.organization_id, tenant.number_id)
    newsroom = Newsroom(pytake, tenant.organization_id, conversation)
    sockets = stand.options.scaled(SOCKETS, QUICK_SOCKETS)
    async with listening(pytake.ports[0]) as listeners:
        for place in range(sockets // PER_USER):
            token = await sign_in(pytake, tenant.organization_id, f"ana.{place}")
            await listeners.open([await _path(pytake, token) for _ in range(PER_USER)])
        yield Audience(newsroom.tell, listeners, pytake.children["api"][0].pid, sockets), newsroom


async def _conversation(pytake: PyTake, organization_id: UUID, number_id: UUID) -> Conversation:
    conversation = Conversation(new_id(), new_id(), number_id)
    async with pytake.runtime.work(organization_id) as work:
        await work.execute(
            "INSERT INTO contacts (id, organization_id, whatsapp_id, phone) VALUES ($1, $2, $3, $4)",
            conversation.contact_id,
            organization_id,
            "5511900000011",
            "+5511900000011",
        )
        await work.execute(
            """
            INSERT INTO conversations (id, organization_id, contact_id, whatsapp_number_id)
            VALUES ($1, $2, $3, $4)
            """,
            conversation.id,
            organization_id,
            conversation.contact_id,
            number_id,
        )
    return conversation


async def _path(pytake: PyTake, token: str) -> str:
    """Of a socket, with a fresh ticket."""
    request = (
        f"POST /api/v1/realtime/ticket HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n"
        "content-length: 0\r\n\r\n"
    )
    pool = Pool(pytake.addresses, 1)
    answer = await pool.ask(request.encode())
    pool.close()
    if answer.status != HTTPStatus.OK:
        raise RuntimeError(f"no ticket: {answer}")
    ticket = json.loads(answer.body)
    return f"/ws?ticket={ticket['ticket']}&after={ticket['cursor']}"


# --- the reference ------------------------------------------------------------------------------------------


async def _example(ours: Audience) -> str:
    """A frame as PyTake writes it: the reference tells the same."""
    await ours.say(1)
    await ours.heard()
    return (await ours.listeners.report()).sample[0]


@asynccontextmanager
async def _theirs(stand: Stand, example: str) -> AsyncIterator[Audience]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.references.broadcast",
        cwd=PROJECT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        port = int(await _first_line(process))
        async with listening(port) as listeners:
            sockets = stand.options.scaled(SOCKETS, QUICK_SOCKETS)
            await listeners.open(["/"] * sockets)
            yield Audience(_broadcaster(process, example), listeners, process.pid, sockets)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _first_line(process: Process) -> bytes:
    assert process.stdout
    return await process.stdout.readline()


def _broadcaster(process: Process, example: str) -> Callable[[int], Awaitable[None]]:
    line = example.encode() + b"\n"

    async def tell(events: int) -> None:
        assert process.stdin
        process.stdin.write(line * events)
        await process.stdin.drain()

    return tell


ROW = Row(6, "Event fan-out", run)
