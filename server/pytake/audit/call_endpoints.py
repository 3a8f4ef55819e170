"""The calls of the API, for the administrators of the organization that made them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime
from starlette.requests import Request

from pytake.audit import calls
from pytake.audit.calls import Method, Outcome, WantedCalls
from pytake.audit.schemas import RequestLogPage, RequestLogRead
from pytake.http.pages import Cursor
from pytake.identity.dependencies import checked, runtime_of
from pytake.identity.permissions import Permission
from pytake.identity.types import Claims
from pytake.kit.pages import Position

router = APIRouter(prefix="/api/v1/request-logs", tags=["audit"])

Auditor = Annotated[Claims, Depends(checked(Permission.AUDIT_READ))]


def _wanted(
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    status: Annotated[Outcome | None, Query(description="How it ended, by the first digit.")] = None,
    method: Method | None = None,
    path: Annotated[
        str | None,
        Query(max_length=500, pattern=r"^[^\x00]*$", description="How it begins: `/api/v1/conversations`."),
    ] = None,
    user_id: UUID | None = None,
    api_key_id: UUID | None = None,
) -> WantedCalls:
    return WantedCalls(since, until, status, method, path, user_id, api_key_id)


@router.get("")
async def list_request_logs(
    request: Request,
    claims: Auditor,
    wanted: Annotated[WantedCalls, Depends(_wanted)],
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> RequestLogPage:
    """Newest first, of the last 30 days; a call is here within seconds. Secrets are `[redacted]`."""
    shown, more = await calls.page(
        runtime_of(request).ports.documents,
        claims.organization_id,
        wanted,
        before=Position.parse(cursor) if cursor is not None else None,
        most=limit,
    )
    return RequestLogPage(items=[RequestLogRead.model_validate(each) for each in shown], next=more)
