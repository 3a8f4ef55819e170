"""A new e-mail address, confirmed by a letter to it."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends
from starlette.requests import Request

from pytake.accounts.dependencies import at_most, from_our_page
from pytake.accounts.reception import reception_of, visitor_of
from pytake.accounts.schemas import AddressRead, EmailChange, EmailChangeRead, LinkUse
from pytake.accounts.service import addresses
from pytake.identity.dependencies import allowed, checked, runtime_of
from pytake.identity.permissions import Permission
from pytake.identity.types import Claims
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/auth/email/change", tags=["auth"], dependencies=[Depends(from_our_page)])

Somebody = Annotated[Claims, Depends(checked(Permission.PROFILE_READ))]
SomebodysWork = Annotated[Work, Depends(allowed(Permission.PROFILE_READ), scope="function")]

_LATER: Final = 202
_NOTHING: Final = 204


@router.post("", status_code=_LATER)
async def change_email(request: Request, claims: Somebody, body: EmailChange) -> None:
    """A letter to the new address, which changes it, and a notice to the old one. The last change counts."""
    await addresses.ask(
        runtime_of(request),
        reception_of(request),
        visitor_of(request),
        claims.organization_id,
        claims.user_id,
        email=body.email,
        password=body.password,
    )


@router.get("")
async def get_email_change(work: SomebodysWork) -> EmailChangeRead:
    """The change that waits for its letter to be opened; nulls when there is none."""
    link = await addresses.asked(work)
    if link is None:
        return EmailChangeRead(email=None, expires_at=None)
    return EmailChangeRead(email=link.email, expires_at=link.expires_at)


@router.delete("", status_code=_NOTHING)
async def withdraw_email_change(work: SomebodysWork) -> None:
    await addresses.withdraw(work)


@router.post("/confirm", dependencies=[Depends(at_most(30, "auth/link"))])
async def confirm_email_change(request: Request, body: LinkUse) -> AddressRead:
    """With the token of the letter. Whoever is signed in stays so."""
    email = await addresses.confirm(runtime_of(request), visitor_of(request), body.token)
    return AddressRead(email=email)
