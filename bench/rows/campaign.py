"""Row 5: what a campaign sends, against a bare client that posts the same bodies to the same stand-in."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import redis

from bench.alternate import alternate
from bench.children import answer_of
from bench.desk import Tenant, make_tenant
from bench.figures import Figures
from bench.processes import PyTake
from bench.row import Goal, Record, Row
from bench.stand import Stand
from bench.talk import note_cpu
from bench.usage import since
from pytake.adapters.celery.app import make_celery
from pytake.adapters.celery.queue import CeleryJobs
from pytake.adapters.meta.payloads import request_body
from pytake.conversations import jobs
from pytake.conversations.pipeline import Conversation, NewMessage, Priority, callback_data
from pytake.conversations.service.desk import AT_ONCE
from pytake.conversations.service.say import say, write
from pytake.kit.ids import new_id
from pytake.ports.whatsapp import Letter, Person

MESSAGES, QUICK_MESSAGES = 20_000, 2_000
A_TRANSACTION = 1000
SENT_WITHIN = 300.0


async def run(stand: Stand, record: Record) -> None:
    database = await stand.make_database("bench_campaign")
    async with stand.pytake(database) as pytake, _campaign(stand, pytake) as campaign:
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


@dataclass(slots=True)
class Campaign:
    """Whom it reaches, and what it says to each."""

    pytake: PyTake
    tenant: Tenant
    conversations: list[Conversation]
    people: list[str]
    """Their WhatsApp ids, in the order of the conversations."""
    nudges: CeleryJobs

    async def prepare(self) -> None:
        """Put every message into the outbox, as `say` does; the number stands still meanwhile."""
        await self._stop_number(stopped=True)
        for first in range(0, len(self.conversations), A_TRANSACTION):
            several = self.conversations[first : first + A_TRANSACTION]
            async with self.pytake.runtime.work(self.tenant.organization_id) as work:
                said: list[NewMessage] = [
                    say(
                        work,
                        conversation,
                        "template",
                        _content(place),
                        sender_type="campaign",
                        priority=Priority.CAMPAIGN,
                    )
                    for place, conversation in enumerate(several, first)
                ]
                await write(work, said, several)

    async def release(self) -> None:
        await self._stop_number(stopped=False)
        await self.nudges.push([jobs.send(self.tenant.organization_id, self.tenant.number_id)])

    async def until_sent(self) -> None:
        async with asyncio.timeout(SENT_WITHIN):
            while await self.pytake.owner.fetchval("SELECT EXISTS (SELECT FROM outbox)"):  # noqa: ASYNC110 - a database rings no bell
                await asyncio.sleep(0.02)

    async def _stop_number(self, *, stopped: bool) -> None:
        await self.pytake.owner.execute(
            "UPDATE whatsapp_numbers SET sending_stopped_at = CASE WHEN $2 THEN now() END WHERE id = $1",
            self.tenant.number_id,
            stopped,
        )


def _ours(campaign: Campaign, record: Record) -> Callable[[], Awaitable[Figures]]:
    async def measure() -> Figures:
        await campaign.prepare()
        await campaign.pytake.stand.graph.take()
        before, began = campaign.pytake.cpu(), time.perf_counter()
        await campaign.release()
        await campaign.until_sent()
        seconds = time.perf_counter() - began
        cpu = since(before, campaign.pytake.cpu())
        record.must_be_zero(await _mistakes(campaign))
        return _figures(len(campaign.people), seconds, cpu)

    return measure


async def _mistakes(campaign: Campaign) -> dict[str, int]:
    """By what the stand-in was told, and by what was recorded of it."""
    heard = (await campaign.pytake.stand.graph.take()).texts
    number = campaign.tenant.phone_number_id
    times = [len(heard.get(f"{number}:{person}", ())) for person in campaign.people]
    recorded = await campaign.pytake.owner.fetchval(
        "SELECT count(*) FROM messages WHERE status <> 'accepted' OR whatsapp_message_id IS NULL"
    )
    return {
        "lost": sum(count == 0 for count in times),
        "doubled": sum(count - 1 for count in times if count),
        "not recorded": recorded,
    }


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


# --- the people ---------------------------------------------------------------------------------------------


@asynccontextmanager
async def _campaign(stand: Stand, pytake: PyTake) -> AsyncIterator[Campaign]:
    tenant = await make_tenant(pytake, flow=None)
    people = [f"55119{place:08d}" for place in range(stand.options.scaled(MESSAGES, QUICK_MESSAGES))]
    conversations = await _make_conversations(pytake, tenant, people)
    url = stand.engines.urls.redis_url
    assert url
    nudges = CeleryJobs(make_celery(url), redis.Redis.from_url(url))
    with contextlib.closing(nudges):
        yield Campaign(pytake, tenant, conversations, people, nudges)


async def _make_conversations(pytake: PyTake, tenant: Tenant, people: list[str]) -> list[Conversation]:
    made = [Conversation(new_id(), new_id(), tenant.number_id) for _ in people]
    contacts: list[UUID] = [conversation.contact_id for conversation in made]
    await pytake.owner.execute(
        """
        INSERT INTO contacts (id, organization_id, whatsapp_id, phone)
        SELECT id, $1, person, '+' || person FROM unnest($2::uuid[], $3::text[]) AS new (id, person)
        """,
        tenant.organization_id,
        contacts,
        people,
    )
    await pytake.owner.execute(
        """
        INSERT INTO conversations (id, organization_id, contact_id, whatsapp_number_id)
        SELECT id, $1, contact_id, $2 FROM unnest($3::uuid[], $4::uuid[]) AS new (id, contact_id)
        """,
        tenant.organization_id,
        tenant.number_id,
        [conversation.id for conversation in made],
        contacts,
    )
    await pytake.owner.execute("ANALYZE contacts, conversations")
    return made


def _content(place: int) -> dict[str, Any]:
    words = [{"type": "text", "text": f"Maria {place}"}, {"type": "text", "text": "22/11"}]
    return {
        "name": "padaria_encomenda_pronta",
        "language": "pt_BR",
        "components": [{"type": "body", "parameters": words}],
    }


def _write_bodies(path: Path, people: list[str]) -> None:
    """As PyTake's client writes them."""
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    letters = (
        Letter(callback_data(new_id(), moment), Person(wa_id=person), "template", _content(place), None)
        for place, person in enumerate(people)
    )
    path.write_bytes(b"\n".join(orjson.dumps(request_body(letter)) for letter in letters))


ROW = Row(5, "What a campaign sends", run)
