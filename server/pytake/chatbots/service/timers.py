"""Waking runs whose waiting time is over."""

from uuid import UUID

from pytake.chatbots import repository
from pytake.chatbots.service.stage import STALE, Stage
from pytake.contacts import service as contacts
from pytake.conversations.pipeline import NewMessage
from pytake.conversations.service import receive, say
from pytake.engine.events import TimerFired
from pytake.runtime import Runtime

BATCH = 100
"""Conversations woken in one transaction."""


async def fire_due(runtime: Runtime, organization_id: UUID) -> None:
    """Fire every due timer of the organization; none while it must be silent."""
    while await _fire_some(runtime, organization_id):
        pass


async def _fire_some(runtime: Runtime, organization_id: UUID) -> bool:
    """Lock the conversations first, as everybody does, then look again which of their timers are due."""
    async with runtime.work(organization_id) as work:
        due = await repository.due_conversations(work, BATCH)
        if not due:
            return False
        conversations = await receive.lock(work, due)
        timers = await repository.due_timers(work, due)
        people = await contacts.by_ids(work, {c.contact_id for c in conversations.values()})
        stage = await Stage.open(work, list(conversations.values()))
        if not stage.cast.may_speak:
            return False
        written: list[NewMessage] = []
        for timer in timers:
            conversation = conversations[timer["conversation_id"]]
            event = TimerFired(timer["token"], event_id=f"{timer['token']}@{timer['fire_at'].isoformat()}")
            contact = people[conversation.contact_id]
            run_id, is_late = timer["run_id"], work.now - timer["fire_at"] > STALE
            written += stage.fire(conversation, contact, event, run_id, is_late=is_late)
        await say.write(work, written, list(conversations.values()))
        await stage.played().write(work)
    return True
