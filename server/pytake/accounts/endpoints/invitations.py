"""Colleagues by mail."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request

from pytake.accounts.dependencies import at_most, from_our_page
from pytake.accounts.reception import reception_of, visitor_of
from pytake.accounts.schemas import AddressRead, InvitationAccept, InvitationList, InvitationRead, Invite
from pytake.accounts.service import invitations
from pytake.accounts.types import Visitor
from pytake.http.idempotency import once
from pytake.identity.dependencies import allowed, runtime_of
from pytake.identity.permissions import Permission
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/invitations", tags=["invitations"], dependencies=[Depends(from_our_page)])

Inviter = Annotated[Work, Depends(allowed(Permission.USERS_INVITE), scope="function")]

_MADE: Final = 201
_NOTHING: Final = 204


@router.get("")
async def list_invitations(work: Inviter) -> InvitationList:
    listed = await invitations.list_invitations(work)
    return InvitationList(items=[InvitationRead.model_validate(each) for each in listed])


@router.post("", status_code=_MADE)
@once
async def invite_user(
    work: Inviter, visitor: Annotated[Visitor, Depends(visitor_of)], body: Invite
) -> InvitationRead:
    """A second invitation to the same address replaces the first."""
    made = await invitations.invite(work, visitor, email=body.email, full_name=body.full_name, role=body.role)
    return InvitationRead.model_validate(made)


@router.delete("/{invitation_id}", status_code=_NOTHING)
async def withdraw_invitation(work: Inviter, invitation_id: UUID) -> None:
    await invitations.withdraw(work, invitation_id)


@router.post("/accept", dependencies=[Depends(at_most(30, "auth/link"))])
async def accept_invitation(request: Request, body: InvitationAccept) -> AddressRead:
    """With the token of the letter. Sign in next."""
    email = await invitations.accept(
        runtime_of(request),
        reception_of(request),
        body.token,
        full_name=body.full_name,
        password=body.password,
    )
    return AddressRead(email=email)
