"""The files of a conversation's messages."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request

from pytake.conversations import reading
from pytake.identity.dependencies import allowed, runtime_of
from pytake.identity.permissions import Permission
from pytake.kit.work import Work
from pytake.media.schemas import MediaLinkList

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])

Reader = Annotated[Work, Depends(allowed(Permission.CONVERSATIONS_READ), scope="function")]
Writer = Annotated[Work, Depends(allowed(Permission.CONVERSATIONS_REPLY), scope="function")]
Messages = Annotated[list[UUID], Query(alias="message_id", min_length=1, max_length=100)]


@router.get("/{conversation_id}/media-links")
async def list_media_links(
    request: Request, work: Reader, conversation_id: UUID, message_ids: Messages
) -> MediaLinkList:
    """Links to the files of these messages, as far as the files are here. They are good for an hour."""
    digests = runtime_of(request).ports.digests
    return await reading.media_links(work, digests, conversation_id, message_ids)


@router.post("/{conversation_id}/messages/{message_id}/media/retry", status_code=204)
async def retry_media(work: Writer, conversation_id: UUID, message_id: UUID) -> None:
    """Fetch a file once more that could not be fetched."""
    await reading.retry_media(work, conversation_id, message_id)
