"""Reading conversations and their messages."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from pytake.conversations import reading
from pytake.conversations.schemas import ConversationPage, ConversationRead, Listed, MessagePage
from pytake.http.answers import Json
from pytake.identity.dependencies import allowed
from pytake.identity.permissions import Permission
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])

Reader = Annotated[Work, Depends(allowed(Permission.CONVERSATIONS_READ), scope="function")]
Cursor = Annotated[str | None, Query(description="`next` of the page before.", max_length=64)]
Limit = Annotated[int, Query(ge=1, le=100)]


@router.get("", response_model=ConversationPage)
async def list_conversations(
    work: Reader, status: Listed = Listed.LIVE, cursor: Cursor = None, limit: Limit = 50
) -> Json:
    return Json(await reading.page(work, status, cursor, limit))


@router.get("/{conversation_id}", response_model=ConversationRead)
async def get_conversation(work: Reader, conversation_id: UUID) -> Json:
    return Json(await reading.get(work, conversation_id))


@router.get("/{conversation_id}/messages", response_model=MessagePage)
async def list_messages(
    work: Reader, conversation_id: UUID, cursor: Cursor = None, limit: Limit = 50
) -> Json:
    return Json(await reading.messages(work, conversation_id, cursor, limit))
