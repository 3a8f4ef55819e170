"""Signing in, and who I am."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request

from pytake.identity import service
from pytake.identity.dependencies import allowed, passwords_of, runtime_of, tokens_of
from pytake.identity.permissions import Permission
from pytake.identity.schemas import SignedInRead, SignIn, UserRead
from pytake.identity.types import User
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/auth", tags=["auth"])

Somebody = Annotated[Work, Depends(allowed(Permission.PROFILE_READ), scope="function")]


@router.post("/login")
async def sign_in(request: Request, body: SignIn) -> SignedInRead:
    signed_in = await service.sign_in(
        runtime_of(request),
        passwords_of(request),
        tokens_of(request),
        email=body.email,
        password=body.password,
    )
    return SignedInRead(
        access_token=signed_in.access_token,
        expires_in=signed_in.expires_in,
        user=_shown(request, signed_in.user),
    )


@router.get("/me")
async def me(request: Request, work: Somebody) -> UserRead:
    return _shown(request, await service.me(work))


def _shown(request: Request, user: User) -> UserRead:
    shown = UserRead.model_validate(user)
    shown.simulator_url = request.app.state.simulator_url
    return shown
