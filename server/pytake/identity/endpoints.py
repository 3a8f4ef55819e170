"""Signing in, and who I am."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request

from pytake.identity import service
from pytake.identity.dependencies import allowed, passwords_of, runtime_of, tokens_of
from pytake.identity.permissions import Permission
from pytake.identity.schemas import SignedInRead, SignIn, UserRead
from pytake.identity.types import SignedIn, User
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/auth", tags=["auth"])

Somebody = Annotated[Work, Depends(allowed(Permission.PROFILE_READ), scope="function")]


@router.post("/login", response_model=SignedInRead)
async def sign_in(request: Request, body: SignIn) -> SignedIn:
    return await service.sign_in(
        runtime_of(request),
        passwords_of(request),
        tokens_of(request),
        email=body.email,
        password=body.password,
    )


@router.get("/me", response_model=UserRead)
async def me(work: Somebody) -> User:
    return await service.me(work)
