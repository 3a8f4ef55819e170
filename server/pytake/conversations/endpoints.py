"""Conversations: reading them, and writing to customers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks, Depends, Query, Request

from pytake.conversations import reading
from pytake.conversations.schemas import (
    ConversationCounts,
    ConversationPage,
    ConversationRead,
    Listed,
    MessagePage,
    MessageRead,
    MessageWrite,
    ReadWrite,
)
from pytake.conversations.service import courtesies, writing
from pytake.http.answers import Json
from pytake.http.idempotency import once
from pytake.http.pages import Cursor
from pytake.identity.dependencies import allowed, runtime_of
from pytake.identity.permissions import Permission
from pytake.identity.reading import ReadingRoute
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"], route_class=ReadingRoute)

Reader = Annotated[Work, Depends(allowed(Permission.CONVERSATIONS_READ), scope="function")]
Writer = Annotated[Work, Depends(allowed(Permission.CONVERSATIONS_REPLY), scope="function")]
Limit = Annotated[int, Query(ge=1, le=100)]
Wanted = Annotated[
    str | None,
    Query(max_length=255, pattern=r"^[^\x00]*$", description="Part of a contact's name, phone or address."),
]


@router.get("", response_model=ConversationPage)
async def list_conversations(
    work: Reader,
    status: Listed = Listed.LIVE,
    q: Wanted = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Json:
    return Json(await reading.page(work, status, cursor, limit, wanted=q))


@router.get("/counts", response_model=ConversationCounts)
async def count_conversations(work: Reader) -> Json:
    return Json(await reading.counts(work))


@router.get("/{conversation_id}", response_model=ConversationRead)
async def get_conversation(work: Reader, conversation_id: UUID) -> Json:
    return Json(await reading.get(work, conversation_id))


@router.get("/{conversation_id}/messages", response_model=MessagePage)
async def list_messages(
    work: Reader, conversation_id: UUID, cursor: Cursor = None, limit: Limit = 50
) -> Json:
    return Json(await reading.messages(work, conversation_id, cursor, limit))


@router.post("/{conversation_id}/messages", status_code=201)
@once
async def write_message(work: Writer, conversation_id: UUID, body: MessageWrite) -> MessageRead:
    """Write to the customer. The message is stored and will be sent; its status tells how that goes."""
    written = await writing.write_to_customer(
        work, conversation_id, body.type.value, body.content, body.reply_to
    )
    return MessageRead.model_validate(written)


@router.post("/{conversation_id}/read", status_code=204)
async def mark_read(
    work: Writer, conversation_id: UUID, body: ReadWrite, request: Request, later: BackgroundTasks
) -> None:
    """Tell the customer that their messages are read, and that somebody is writing."""
    if tell := await courtesies.reading(work, runtime_of(request), conversation_id, typing=body.typing):
        later.add_task(tell)
