"""Who did what in the organization, for those who may know."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime
from starlette.requests import Request
from starlette.responses import StreamingResponse

from pytake.audit import reading, repository, verdicts
from pytake.audit.schemas import (
    AuditLogPage,
    AuditLogRead,
    FindingRead,
    LastVerificationRead,
    VerificationRead,
)
from pytake.audit.types import Checked, Wanted
from pytake.audit.verification import verify
from pytake.http.pages import Cursor
from pytake.http.spreadsheets import REFUSED_AS_JSON, Separator
from pytake.identity.dependencies import allowed, checked, runtime_of
from pytake.identity.permissions import Permission
from pytake.identity.types import Claims
from pytake.kit.pages import InvalidCursor, cut
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/audit-logs", tags=["audit"])

Auditor = Annotated[Work, Depends(allowed(Permission.AUDIT_READ), scope="function")]
Verifier = Annotated[Claims, Depends(checked(Permission.AUDIT_READ))]
Limit = Annotated[int, Query(ge=1, le=100)]
Action = Annotated[
    str | None,
    Query(
        max_length=100,
        pattern=r"^[^\x00]*$",
        description="`user.created`, or `user.` for all that begin so.",
    ),
]
_LONGEST_CURSOR = 18
"""Digits that are a bigint whichever they are."""


class CsvFile(StreamingResponse):
    media_type = "text/csv"


def _wanted(
    user_id: UUID | None = None,
    action: Action = None,
    resource_type: Annotated[str | None, Query(max_length=50, pattern=r"^[^\x00]*$")] = None,
    resource_id: UUID | None = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
) -> Wanted:
    return Wanted(user_id, action, resource_type, resource_id, since, until)


Filter = Annotated[Wanted, Depends(_wanted)]


@router.get("")
async def list_audit_logs(
    work: Auditor,
    wanted: Filter,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> AuditLogPage:
    """Newest first."""
    rows = await repository.page(work, wanted, before=_position(cursor), most=limit + 1)
    shown, last = cut(rows, limit)
    names = await reading.names(work, shown)
    following = str(last["sequence"]) if last else None
    return AuditLogPage(items=[_read(row) for row in shown], names=names, next=following)


@router.get("/export", response_class=CsvFile, responses=REFUSED_AS_JSON)
async def export_audit_logs(
    request: Request, claims: Verifier, wanted: Filter, separator: Separator = "comma"
) -> CsvFile:
    """The same rows as a CSV file, newest first and at most 50 000 of them."""
    return CsvFile(
        reading.as_csv(runtime_of(request), claims.organization_id, claims.actor, wanted, separator),
        headers={"content-disposition": 'attachment; filename="audit.csv"', "cache-control": "no-store"},
    )


@router.get("/verification")
async def read_last_verification(request: Request, work: Auditor) -> LastVerificationRead:
    """What the last look through the trail has shown. There is one every day, and whenever somebody asks."""
    checked = await verdicts.last(work, runtime_of(request).ports.secrets)
    return LastVerificationRead(last=await _verification(work, checked) if checked else None)


@router.post("/verification")
async def verify_audit_logs(request: Request, claims: Verifier) -> LastVerificationRead:
    """Look through the organization's whole trail for rows that were changed, added or taken away."""
    runtime, actor = runtime_of(request), claims.actor
    found = await verify(runtime, [claims.organization_id], by=actor)
    async with runtime.work(claims.organization_id, actor) as work:
        shown = [await _verification(work, checked) for checked in found.checked]
    return LastVerificationRead(last=next(iter(shown), None))


async def _verification(work: Work, checked: Checked) -> VerificationRead:
    user_id = checked.by.user_id
    names = await repository.names(work, [user_id]) if user_id else {}
    return VerificationRead(
        intact=not checked.findings,
        verified_at=checked.at,
        actor=checked.by.kind,
        user_id=user_id,
        user_name=names.get(user_id) if user_id else None,
        rows=checked.rows,
        findings=[FindingRead.model_validate(finding) for finding in checked.findings],
    )


def _position(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > _LONGEST_CURSOR:
        raise InvalidCursor
    return int(cursor)


def _read(row: Any) -> AuditLogRead:
    address = row["ip_address"]
    return AuditLogRead(**{**row, "ip_address": None if address is None else str(address)})
