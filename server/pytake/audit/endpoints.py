"""Who did what in the organization, for those who may know."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime
from starlette.requests import Request

from pytake.audit import repository
from pytake.audit.schemas import AuditLogPage, AuditLogRead, FindingRead, VerificationRead
from pytake.audit.verification import verify
from pytake.identity.dependencies import allowed, checked, runtime_of
from pytake.identity.permissions import Permission
from pytake.identity.types import Claims
from pytake.kit.pages import InvalidCursor
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


@router.get("")
async def list_audit_logs(
    work: Auditor,
    cursor: Annotated[str | None, Query(description="`next` of the page before.", max_length=64)] = None,
    limit: Limit = 50,
    action: Action = None,
    user_id: UUID | None = None,
    resource_type: Annotated[str | None, Query(max_length=50, pattern=r"^[^\x00]*$")] = None,
    resource_id: UUID | None = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
) -> AuditLogPage:
    """Newest first."""
    rows = await repository.page(
        work,
        before=_position(cursor),
        most=limit + 1,
        user_id=user_id,
        action=action,
        resource_type=resource_type,
        resource_id=resource_id,
        since=since,
        until=until,
    )
    shown = rows[:limit]
    more = str(shown[-1]["sequence"]) if len(rows) > limit else None
    return AuditLogPage(items=[_read(row) for row in shown], next=more)


@router.get("/verification")
async def verify_audit_logs(request: Request, claims: Verifier) -> VerificationRead:
    """Look through the organization's whole trail for rows that were changed, added or taken away."""
    found = await verify(runtime_of(request), [claims.organization_id])
    findings = [FindingRead.model_validate(finding) for finding in found.findings]
    return VerificationRead(intact=not findings, rows=found.rows, findings=findings)


def _position(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > _LONGEST_CURSOR:
        raise InvalidCursor
    return int(cursor)


def _read(row: Any) -> AuditLogRead:
    address = row["ip_address"]
    return AuditLogRead(**{**row, "ip_address": None if address is None else str(address)})
