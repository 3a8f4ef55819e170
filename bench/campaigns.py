"""A campaign: written to the outbox as `say` does, let go all at once, looked at when it is sent."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import redis

from bench.desk import Tenant, make_tenant
from bench.processes import PyTake
from bench.stand import Stand
from pytake.adapters.celery.app import make_celery
from pytake.adapters.celery.queue import CeleryJobs
from pytake.conversations import jobs
from pytake.conversations.pipeline import Conversation, NewMessage, Priority
from pytake.conversations.service.say import say, write
from pytake.kit.ids import new_id

A_TRANSACTION = 1000
SENT_WITHIN = 300.0


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
                        content(place),
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

    async def mistakes(self) -> dict[str, int]:
        """By what the stand-in was told, and by what was recorded of it."""
        heard = (await self.pytake.stand.graph.take()).texts
        number = self.tenant.phone_number_id
        times = [len(heard.get(f"{number}:{person}", ())) for person in self.people]
        recorded = await self.pytake.owner.fetchval(
            "SELECT count(*) FROM messages WHERE status <> 'accepted' OR whatsapp_message_id IS NULL"
        )
        return {
            "lost": sum(count == 0 for count in times),
            "doubled": sum(count - 1 for count in times if count),
            "not recorded": recorded,
        }


@asynccontextmanager
async def a_campaign(stand: Stand, pytake: PyTake, size: int) -> AsyncIterator[Campaign]:
    tenant = await make_tenant(pytake, flow=None)
    people = [f"55119{place:08d}" for place in range(size)]
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


def content(place: int) -> dict[str, Any]:
    words = [{"type": "text", "text": f"Maria {place}"}, {"type": "text", "text": "22/11"}]
    return {
        "name": "padaria_encomenda_pronta",
        "language": "pt_BR",
        "components": [{"type": "body", "parameters": words}],
    }
