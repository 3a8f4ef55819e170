"""New passwords, and addresses that are proven."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from pytake.accounts import marks
from pytake.accounts.dependencies import at_most, from_our_page
from pytake.accounts.reception import reception_of, visitor_of
from pytake.accounts.schemas import (
    AddressRead,
    LinkRead,
    LinkUse,
    PasswordChange,
    PasswordForgotten,
    PasswordReset,
)
from pytake.accounts.service import links, passwords
from pytake.identity.dependencies import checked, runtime_of
from pytake.identity.permissions import Permission
from pytake.identity.types import Claims

router = APIRouter(prefix="/api/v1/auth", tags=["auth"], dependencies=[Depends(from_our_page)])

Somebody = Annotated[Claims, Depends(checked(Permission.PROFILE_READ))]

_NOTHING: Final = 204
_LATER: Final = 202


@router.post("/password", status_code=_NOTHING)
async def change_password(request: Request, claims: Somebody, body: PasswordChange) -> None:
    """Ends the sign-ins on all other devices."""
    await passwords.change(
        runtime_of(request),
        reception_of(request),
        visitor_of(request),
        claims.organization_id,
        claims.user_id,
        claims.session_id,
        present=body.present_password,
        new=body.password,
    )


@router.post("/password/forgot", status_code=_LATER, dependencies=[Depends(at_most(20, "auth/forgot"))])
async def forget_password(request: Request, body: PasswordForgotten) -> None:
    """Answered alike whether anybody has the address."""
    await passwords.ask_for_reset(runtime_of(request), visitor_of(request), body.email)


@router.post("/password/reset", dependencies=[Depends(at_most(30, "auth/link"))])
async def reset_password(request: Request, response: Response, body: PasswordReset) -> AddressRead:
    """Ends the sign-ins on all devices, and every lock: the address was proven."""
    runtime, reception = runtime_of(request), reception_of(request)
    email = await passwords.reset(runtime, reception, visitor_of(request), body.token, body.password)
    reception.cookies.keep_device(response, marks.device_mark(runtime.ports.digests, email))
    reception.cookies.forget(response)
    return AddressRead(email=email)


@router.post("/links/look", dependencies=[Depends(at_most(60, "auth/link-look"))])
async def look_at_link(request: Request, body: LinkUse) -> LinkRead:
    """What a link from a letter is for. Uses nothing up."""
    _, organization_name, link = await links.look_at(runtime_of(request), body.token)
    return LinkRead(
        purpose=link.purpose,
        email=link.email,
        full_name=link.full_name,
        role=link.role,
        inviter_name=link.inviter_name,
        organization_name=organization_name,
        expires_at=link.expires_at,
    )


@router.post("/email/verification", status_code=_LATER)
async def ask_for_email_verification(request: Request, claims: Somebody) -> None:
    """A letter to the user's own address."""
    await passwords.ask_for_verification(
        runtime_of(request), visitor_of(request), claims.organization_id, claims.user_id
    )


@router.post("/email/verify", status_code=_NOTHING, dependencies=[Depends(at_most(30, "auth/link"))])
async def verify_email(request: Request, body: LinkUse) -> None:
    await passwords.verify_email(runtime_of(request), body.token)
