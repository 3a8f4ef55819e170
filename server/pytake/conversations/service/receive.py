"""What happens to a conversation when its customer writes."""

from collections.abc import Collection, Sequence
from uuid import UUID

from pytake.conversations import statements
from pytake.conversations.pipeline import Conversation, NewMessage, meta_time
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.ports.whatsapp import MessageArrived

WITHOUT_WINDOW = frozenset({"system", "reaction"})
"""Stored types that do not open the 24-hour window (of reactions nobody knows: the careful reading)."""


async def first_seen(work: Work, keys: Sequence[tuple[UUID, str, UUID]]) -> dict[UUID, bool]:
    """Which of these (number, WhatsApp id, our id) were never received before, and whether they were spoken
    of. Atomic against every twin.
    """
    return await statements.remember(work, [(*key, work.now) for key in keys])


Talk = tuple[UUID, UUID, str | None]
"""A contact, a number, and the WhatsApp id of the message that is spoken of, if one is."""


async def talks(work: Work, wanted: Sequence[Talk]) -> list[Conversation]:
    """The conversation each message belongs into, in their order; locked for this work.

    What speaks of another message opens no conversation beside that message's own, though it be over.
    """
    speaking = [(contact, number, target) for contact, number, target in wanted if target]
    live = dict.fromkeys((contact, number) for contact, number, target in wanted if not target)
    places = await statements.spoken_of(work, speaking) if speaking else {}
    ids = {
        talk: conversation_id
        for talk, (conversation_id, is_known) in places.items()
        if is_known or talk[:2] not in live
    }
    live |= dict.fromkeys(
        (contact, number) for contact, number, target in speaking if (contact, number, target) not in ids
    )
    found = await open_for(work, list(live))
    by_id = {conversation.id: conversation for conversation in found.values()}
    if missing := set(ids.values()) - by_id.keys():
        by_id |= await lock(work, missing)
    return [by_id[ids[talk]] if talk in ids else found[talk[:2]] for talk in wanted]


async def open_for(work: Work, pairs: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], Conversation]:
    """The live conversation of each (contact, number), opened if there is none; locked for this work."""
    for _ in range(3):
        found = {(c.contact_id, c.whatsapp_number_id): c for c in await statements.lock_live(work, pairs)}
        new = [
            Conversation(new_id(), contact_id, number_id, is_new=True)
            for contact_id, number_id in pairs
            if (contact_id, number_id) not in found
        ]
        if not new or len(await statements.insert_conversations(work, new)) == len(new):
            return found | {(c.contact_id, c.whatsapp_number_id): c for c in new}
    raise RuntimeError("conversations open and close faster than they can be locked")


async def lock(work: Work, conversation_ids: Collection[UUID]) -> dict[UUID, Conversation]:
    """These conversations, locked until the transaction ends."""
    return {c.id: c for c in await statements.lock(work, conversation_ids)}


def step_back(work: Work, conversation: Conversation) -> None:
    """The bot is silent from now on; whoever looks at the conversation is told."""
    if conversation.is_bot_active and not conversation.is_new:
        work.publish("conversation.updated", {"conversation_id": conversation.id, "is_bot_active": False})
    conversation.pause_bot()


def receive(work: Work, conversation: Conversation, message_id: UUID, message: MessageArrived) -> NewMessage:
    """Note a customer's message on its conversation and answer the row to insert.

    One in a group opens no window: it was not written to us alone, and nobody may be answered by name.
    """
    if message.group_id is not None:
        step_back(work, conversation)
    elif message.stored_type not in WITHOUT_WINDOW:
        conversation.hear_from_customer(meta_time(message.timestamp, work.now))
    conversation.count(work.now)
    return NewMessage(
        message_id,
        conversation,
        direction="inbound",
        sender_type="contact",
        type=message.stored_type,
        content=message.content,
        status="received",
        whatsapp_message_id=message.wamid,
        metadata=_metadata(message),
    )


def overhear(work: Work, conversation: Conversation, message_id: UUID, message: MessageArrived) -> NewMessage:
    """Note a message that a person of the business sent from the phone; the bot steps back."""
    step_back(work, conversation)
    conversation.count(work.now)
    return NewMessage(
        message_id,
        conversation,
        direction="outbound",
        sender_type="phone",
        type=message.stored_type,
        content=message.content,
        status="sent",
        whatsapp_message_id=message.wamid,
        metadata=_metadata(message),
    )


def _metadata(message: MessageArrived) -> dict[str, object]:
    metadata: dict[str, object] = {"timestamp": message.timestamp}
    if message.group_id is not None and not message.echo:
        author = message.person
        said = {"name": author.profile_name, "wa_id": author.wa_id, "user_id": author.user_id}
        metadata["author"] = {name: value for name, value in said.items() if value}
    if message.context:
        metadata["context"] = message.context
    if message.referral:
        metadata["referral"] = message.referral
    if message.errors:
        metadata["errors"] = list(message.errors)
    return metadata
