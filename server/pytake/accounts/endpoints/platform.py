"""The first administrator of an organization, by mail from a super administrator."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request

from pytake.accounts.dependencies import from_our_page
from pytake.accounts.reception import visitor_of
from pytake.accounts.schemas import InvitationList, InvitationRead, InviteAdministrator
from pytake.accounts.service import invitations
from pytake.accounts.types import Visitor
from pytake.identity.dependencies import checked, runtime_of
from pytake.identity.permissions import Permission
from pytake.identity.types import Claims

router = APIRouter(
    prefix="/api/v1/platform/organizations/{organization_id}/invitations",
    tags=["platform"],
    dependencies=[Depends(from_our_page)],
)

Onlooker = Annotated[Claims, Depends(checked(Permission.PLATFORM_READ))]
Operator = Annotated[Claims, Depends(checked(Permission.PLATFORM_WRITE))]


@router.get("")
async def list_platform_invitations(
    request: Request, claims: Onlooker, organization_id: UUID
) -> InvitationList:
    listed = await invitations.list_invitations_of(runtime_of(request), claims, organization_id)
    return InvitationList(items=[InvitationRead.model_validate(each) for each in listed])


@router.post("", status_code=201)
async def invite_administrator(
    request: Request,
    claims: Operator,
    visitor: Annotated[Visitor, Depends(visitor_of)],
    organization_id: UUID,
    body: InviteAdministrator,
) -> InvitationRead:
    """A second invitation to the same address replaces the first."""
    made = await invitations.invite_administrator(
        runtime_of(request), claims, visitor, organization_id, email=body.email, full_name=body.full_name
    )
    return InvitationRead.model_validate(made)
