"""Who I am."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request

from pytake.identity import service
from pytake.identity.dependencies import allowed, user_read
from pytake.identity.permissions import Permission
from pytake.identity.schemas import UserRead
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1/auth", tags=["auth"])

Somebody = Annotated[Work, Depends(allowed(Permission.PROFILE_READ), scope="function")]


@router.get("/me")
async def me(request: Request, work: Somebody) -> UserRead:
    return user_read(request, await service.me(work))
