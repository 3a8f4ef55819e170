"""Oneself: what one says of oneself, how one wants to have it, one's picture."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from pytake.http.addresses import address_of
from pytake.http.bodies import BodyUpTo
from pytake.http.rates import RateLimits
from pytake.identity import avatars, profile, service
from pytake.identity.dependencies import allowed, checked, runtime_of, user_read
from pytake.identity.people_schemas import ProfileChange
from pytake.identity.permissions import Permission
from pytake.identity.schemas import UserRead
from pytake.identity.types import Claims
from pytake.kit.work import Work

router = APIRouter(prefix="/api/v1", tags=["profile"])

Myself = Annotated[Work, Depends(allowed(Permission.PROFILE_READ), scope="function")]
Somebody = Annotated[Claims, Depends(checked(Permission.PROFILE_READ))]

_JPEG: Final = "image/jpeg"
_PICTURE: Final = {"schema": {"type": "string", "format": "binary"}}
_READ_AT_MOST: Final = 4 * avatars.MOST_BYTES
"""Of what is somewhat too large it is said what it would have to be; what is larger than that is not read."""
_LOOKS_A_MINUTE: Final = 3_000
"""Of one address, behind which a whole office may sit."""
_AS_A_PICTURE: Final = {
    "cache-control": "private, max-age=31536000, immutable",
    "content-disposition": "inline; filename=avatar.jpg",
    "content-security-policy": "default-src 'none'; sandbox",
}
"""Nothing but a picture, even to who opens it as a page."""


async def not_too_often(request: Request) -> None:
    limits: RateLimits = request.app.state.rate_limits
    await limits.spend_at(request, address_of(request), "avatars", _LOOKS_A_MINUTE)


@router.patch("/profile")
async def change_profile(request: Request, work: Myself, body: ProfileChange) -> UserRead:
    return user_read(request, await profile.change(work, body.model_dump(exclude_unset=True)))


@router.put(
    "/profile/avatar",
    openapi_extra={"requestBody": {"content": {_JPEG: _PICTURE}, "required": True}},
    dependencies=[Depends(BodyUpTo(_READ_AT_MOST))],
)
async def set_avatar(request: Request, claims: Somebody) -> UserRead:
    """A square JPEG of 32 to 512 pixels and up to 64 KB. Whatever is in it besides pixels is left out."""
    kept = avatars.accepted(await request.body())
    async with runtime_of(request).work(claims.organization_id, claims.actor) as work:
        await avatars.keep(work, claims.user_id, kept)
        return user_read(request, await service.me(work))


@router.delete("/profile/avatar")
async def remove_avatar(request: Request, work: Myself) -> UserRead:
    user = await service.me(work)
    await avatars.remove(work, user.id)
    return user_read(request, await service.me(work))


@router.get(
    "/avatars/{avatar_token}",
    response_class=Response,
    responses={200: {"content": {_JPEG: _PICTURE}}},
    dependencies=[Depends(not_too_often)],
)
async def get_avatar(
    request: Request, avatar_token: Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{43}$")]
) -> Response:
    """For an `<img>`, which sends no token: whoever knows the address may see the picture."""
    content = await avatars.read(runtime_of(request), avatar_token)
    return Response(content, media_type=_JPEG, headers=_AS_A_PICTURE)
