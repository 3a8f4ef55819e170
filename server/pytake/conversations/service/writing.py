"""A person or a machine writes to a customer: refused here, by name, before WhatsApp refuses by number."""

from typing import Any
from uuid import UUID

from pytake.contacts import groups
from pytake.contacts import service as contacts
from pytake.conversations import reading, repository
from pytake.conversations.errors import ConversationOver, GroupReadOnly, NumberGone, WindowClosed
from pytake.conversations.marks import target_of
from pytake.conversations.pipeline import Conversation, Priority
from pytake.conversations.service import changes, enclosures, receive, templates
from pytake.conversations.service.say import say, write
from pytake.identity import limits
from pytake.kit.errors import NotFound, UnknownReference
from pytake.kit.work import Work
from pytake.ports.whatsapp_limits import check_written

Json = dict[str, Any]


async def write_to_customer(
    work: Work, conversation_id: UUID, type_: str, content: Json, reply_to: UUID | None = None
) -> Json:
    """Put a message into the conversation, to be sent; answers it as the API shows it. The bot steps back.

    Locks the conversation, so that what is written at the same moment has an order.

    Raises NotFound for what the actor does not see, LimitExceeded, MessageMalformed, UnknownReference,
    ConversationOver, GroupReadOnly, WindowClosed, NumberGone, MessageLimitReached, TemplateUnknown,
    TemplateNotUsable and ParametersInvalid.
    """
    check_written(type_, content)
    conversation = await _locked(work, conversation_id)
    await _may_be_written_to(work, conversation, is_template=type_ == "template")
    await limits.make_room_for_messages(work)
    receive.step_back(work, conversation)
    message = say(
        work,
        conversation,
        type_,
        await _as_stored(work, conversation, type_, content),
        sender_type="api" if work.actor.user_id is None else "agent",
        sender_id=work.actor.user_id,
        priority=Priority.AGENT,
        metadata=await _quoting(work, conversation_id, reply_to),
    )
    await write(work, [message], [conversation])
    if target := target_of(type_, message.content):
        await changes.catch_up(work, [changes.Written(conversation.whatsapp_number_id, target, message.id)])
    await contacts.count_message(work, conversation.contact_id)
    work.audit("message.written", message.id, after={"conversation_id": conversation_id, "type": type_})
    return (await reading.messages_at(work, [(message.id, work.now)]))[message.id]


async def _locked(work: Work, conversation_id: UUID) -> Conversation:
    if not await repository.exists(work, conversation_id):
        raise NotFound
    conversation = (await receive.lock(work, [conversation_id]))[conversation_id]
    await work.wait_over()
    return conversation


async def _may_be_written_to(work: Work, conversation: Conversation, *, is_template: bool) -> None:
    if conversation.is_over:
        raise ConversationOver(status=conversation.status)
    if not await repository.has_number(work, conversation.id):
        raise NumberGone
    if await groups.is_group(work, conversation.contact_id):
        raise GroupReadOnly
    if not is_template and conversation.open_seconds(work.now) <= 0:
        raise WindowClosed(expired_at=conversation.window_expires_at())


async def _as_stored(work: Work, conversation: Conversation, type_: str, content: Json) -> Json:
    """A reaction names the message by our id; WhatsApp knows it by its own. A file has to be there, and a
    template is compiled.
    """
    if type_ == "template":
        content = await templates.written(work, conversation.whatsapp_number_id, content)
    await enclosures.check(work, type_, content)
    if type_ != "reaction":
        return content
    named = await _whatsapp_id(work, conversation.id, content["message_id"], "content.message_id")
    return {"message_id": named, "emoji": content.get("emoji") or ""}


async def _quoting(work: Work, conversation_id: UUID, reply_to: UUID | None) -> Json:
    if reply_to is None:
        return {}
    return {"reply_to": await _whatsapp_id(work, conversation_id, reply_to, "reply_to")}


async def _whatsapp_id(work: Work, conversation_id: UUID, message_id: Any, field: str) -> str:
    try:
        asked = UUID(str(message_id))
    except ValueError as error:
        raise UnknownReference(field=field) from error
    found = await repository.whatsapp_id(work, conversation_id, asked)
    if found is None:
        raise UnknownReference(field=field)
    return found
