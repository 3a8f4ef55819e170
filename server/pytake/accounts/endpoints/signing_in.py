"""In, still in, and out again."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from pytake.accounts import marks
from pytake.accounts.dependencies import at_most, from_our_page
from pytake.accounts.reception import reception_of, visitor_of
from pytake.accounts.schemas import SessionList, SessionRead, SignedInRead, SignIn
from pytake.accounts.service import signing_in, staying
from pytake.accounts.types import SignedIn
from pytake.identity.dependencies import allowed, checked, claims_of, runtime_of, user_read
from pytake.identity.permissions import Permission
from pytake.identity.types import Claims
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/auth", tags=["auth"], dependencies=[Depends(from_our_page)])

Somebody = Annotated[Claims, Depends(checked(Permission.PROFILE_READ))]
SomebodysWork = Annotated[Work, Depends(allowed(Permission.PROFILE_READ), scope="function")]

_NOTHING: Final = 204


@router.post("/login", dependencies=[Depends(at_most(60, "auth/login"))])
async def sign_in(request: Request, response: Response, body: SignIn) -> SignedInRead:
    runtime, reception = runtime_of(request), reception_of(request)
    signed_in = await signing_in.sign_in(
        runtime,
        reception,
        visitor_of(request),
        email=body.email,
        password=body.password,
        code=body.code,
        device_mark=request.cookies.get(reception.cookies.device),
    )
    mark = marks.device_mark(runtime.ports.digests, body.email)
    reception.cookies.keep(response, signed_in.tokens, mark)
    return _shown(request, signed_in)


@router.post("/refresh", dependencies=[Depends(at_most(120, "auth/refresh"))])
async def refresh_session(request: Request, response: Response) -> SignedInRead:
    """New tokens for the cookie's. Each refresh token is good once."""
    reception = reception_of(request)
    token = request.cookies.get(reception.cookies.refresh)
    signed_in = await staying.refresh(runtime_of(request), reception, visitor_of(request), token)
    reception.cookies.keep(response, signed_in.tokens)
    return _shown(request, signed_in)


@router.post("/logout", status_code=_NOTHING, dependencies=[Depends(at_most(120, "auth/logout"))])
async def sign_out(request: Request, response: Response) -> None:
    """On this device. Needs no more than the cookie, and goes well without."""
    cookies = reception_of(request).cookies
    if token := request.cookies.get(cookies.refresh):
        await staying.end_by_token(runtime_of(request), token)
    cookies.forget(response)


@router.post("/logout-everywhere", status_code=_NOTHING)
async def sign_out_everywhere(request: Request, response: Response, claims: Somebody) -> None:
    """On every device, this one too."""
    await staying.end_all(runtime_of(request), claims.organization_id, claims.user_id)
    reception_of(request).cookies.forget(response)


@router.get("/sessions")
async def list_sessions(work: SomebodysWork, claims: Annotated[Claims, Depends(claims_of)]) -> SessionList:
    sessions = await staying.list_sessions(work)
    return SessionList(
        items=[
            SessionRead(
                id=session.id,
                user_agent=session.user_agent,
                ip_address=session.ip_address,
                created_at=session.created_at,
                last_used_at=session.last_used_at,
                expires_at=session.expires_at,
                is_current=session.id == claims.session_id,
            )
            for session in sessions
        ]
    )


@router.delete("/sessions", status_code=_NOTHING)
async def end_other_sessions(request: Request, claims: Somebody) -> None:
    """On every device but this one."""
    await staying.end_all(
        runtime_of(request), claims.organization_id, claims.user_id, besides=claims.session_id
    )


@router.delete("/sessions/{session_id}", status_code=_NOTHING)
async def end_session(request: Request, claims: Somebody, session_id: UUID) -> None:
    await staying.end_one(runtime_of(request), claims.organization_id, claims.user_id, session_id)


def _shown(request: Request, signed_in: SignedIn) -> SignedInRead:
    return SignedInRead(
        access_token=signed_in.tokens.access,
        expires_in=signed_in.tokens.expires_in,
        user=user_read(request, signed_in.user),
    )
