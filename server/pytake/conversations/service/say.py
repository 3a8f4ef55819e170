"""Putting words into a conversation: messages to insert, and the outbox rows that send them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pytake.conversations import jobs, outbox, statements
from pytake.conversations.pipeline import Conversation, NewMessage, Priority
from pytake.conversations.service import enclosures, templates
from pytake.conversations.service.send import HandOver
from pytake.conversations.service.settle import settle
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.ports.whatsapp import Person


def say(
    work: Work,
    conversation: Conversation,
    type_: str,
    content: dict[str, Any],
    *,
    sender_type: str = "bot",
    sender_id: UUID | None = None,
    priority: Priority = Priority.BOT,
    reads: str | None = None,
    metadata: dict[str, Any] | None = None,
    to: Person | None = None,
) -> NewMessage:
    """A message of ours, waiting to be sent. Nothing is written before `write`."""
    conversation.count(work.now)
    return NewMessage(
        new_id(),
        conversation,
        direction="outbound",
        sender_type=sender_type,
        sender_id=sender_id,
        type=type_,
        content=content,
        status="pending",
        metadata=metadata or {},
        priority=priority,
        is_template=type_ == "template",
        reads=reads,
        to=to,
    )


async def write(
    work: Work,
    messages: Sequence[NewMessage],
    conversations: Sequence[Conversation],
    hand_over: HandOver | None = None,
) -> None:
    """Write messages in order, queue the pending ones, write conversations back, and tell of it all."""
    refused = await templates.compile_named(work, messages)
    if messages:
        await statements.insert_messages(work, messages)
        await enclosures.note(work, messages)
        if leaving := [m for m in messages if m.status == "pending" and m.id not in refused]:
            await _queue(work, leaving, hand_over)
    if conversations:
        await statements.write_back(work, sorted(conversations, key=lambda conversation: conversation.id))
    for conversation in conversations:
        if conversation.is_new:
            work.publish("conversation.opened", {"conversation_id": conversation.id})
    for message in messages:
        work.publish(
            "message.received" if message.direction == "inbound" else "message.created",
            {
                "message_id": message.id,
                "message_created_at": work.now,
                "conversation_id": message.conversation.id,
                "contact_id": message.conversation.contact_id,
            },
        )
    if refused:
        await settle(work, list(refused.values()))


async def _queue(work: Work, leaving: Sequence[NewMessage], hand_over: HandOver | None) -> None:
    claimed = await outbox.add(work, leaving, hand_over.may_claim(leaving) if hand_over else frozenset())
    if hand_over:
        hand_over.claimed(work, leaving, claimed)
    work.enqueue(
        *(
            jobs.send(work.organization_id, message.conversation.whatsapp_number_id)
            for message in leaving
            if message.id not in claimed
        )
    )
