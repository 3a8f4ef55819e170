"""The organization's WhatsApp numbers: what they are, and their life at Meta."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from pytake.http.bodies import BodyUpTo
from pytake.http.idempotency import once, once_outside
from pytake.identity.dependencies import allowed, checked, runtime_of
from pytake.identity.permissions import Permission
from pytake.identity.types import Claims
from pytake.kit.work import Work
from pytake.whatsapp.numbers import alerts, connecting, pictures, registration, upkeep
from pytake.whatsapp.numbers.acting import Acting
from pytake.whatsapp.numbers.connecting import Wanted
from pytake.whatsapp.numbers.health import refresh
from pytake.whatsapp.schemas import (
    AccountLook,
    AlertList,
    BusinessProfileChange,
    BusinessProfileRead,
    CodeRequest,
    CodeWrite,
    NumberChange,
    NumberConnect,
    NumberDetail,
    NumberDetailList,
    NumberSeenList,
    PinWrite,
    TokenWrite,
)

router = APIRouter(prefix="/api/v1/whatsapp-numbers", tags=["whatsapp-numbers"])
alert_router = APIRouter(prefix="/api/v1/alerts", tags=["whatsapp-numbers"])

_PICTURE: Final = {"schema": {"type": "string", "format": "binary"}}
_READ_AT_MOST: Final = 2 * pictures.MOST_BYTES
"""Of what is somewhat too large it is said what it would have to be; what is larger than that is not read."""
_AS_A_PICTURE: Final = {"cache-control": "no-store", "content-security-policy": "default-src 'none'; sandbox"}

Reader = Annotated[Work, Depends(allowed(Permission.NUMBERS_READ), scope="function")]
Writer = Annotated[Work, Depends(allowed(Permission.NUMBERS_WRITE), scope="function")]


def _looking(
    request: Request, claims: Annotated[Claims, Depends(checked(Permission.NUMBERS_READ))]
) -> Acting:
    return _acting(request, claims)


def _changing(
    request: Request, claims: Annotated[Claims, Depends(checked(Permission.NUMBERS_WRITE))]
) -> Acting:
    return _acting(request, claims)


def _acting(request: Request, claims: Claims) -> Acting:
    return Acting(runtime_of(request), claims.organization_id, claims.actor)


Onlooker = Annotated[Acting, Depends(_looking)]
Keeper = Annotated[Acting, Depends(_changing)]
"""For what speaks with Meta: no transaction is open meanwhile."""


@router.get("/details")
async def list_number_details(work: Reader) -> NumberDetailList:
    return NumberDetailList.model_validate({"items": await upkeep.details(work)})


@router.post("/lookup")
async def look_up_numbers(keeper: Keeper, body: AccountLook) -> NumberSeenList:
    """The numbers of a business account that the token may see."""
    found = await connecting.look(keeper, body.whatsapp_business_account_id, body.access_token)
    return NumberSeenList.model_validate({"items": found})


@router.post("", status_code=201)
@once_outside
async def connect_number(keeper: Keeper, body: NumberConnect) -> NumberDetail:
    wanted = Wanted(
        body.channel_id,
        body.whatsapp_business_account_id,
        body.phone_number_id,
        body.access_token,
        body.phone_number,
        body.display_name,
    )
    return NumberDetail.model_validate(await connecting.connect(keeper, wanted))


@router.get("/{number_id}")
async def get_number(work: Reader, number_id: UUID) -> NumberDetail:
    return NumberDetail.model_validate(await upkeep.detail(work, number_id))


@router.patch("/{number_id}")
async def change_number(work: Writer, number_id: UUID, body: NumberChange) -> NumberDetail:
    changed = await upkeep.change(work, number_id, body.model_dump(exclude_unset=True))
    return NumberDetail.model_validate(changed)


@router.delete("/{number_id}", status_code=204)
async def disconnect_number(work: Writer, number_id: UUID) -> None:
    await upkeep.disconnect(work, number_id)


@router.put("/{number_id}/access-token")
async def replace_access_token(keeper: Keeper, number_id: UUID, body: TokenWrite) -> NumberDetail:
    return NumberDetail.model_validate(await upkeep.replace_token(keeper, number_id, body.access_token))


@router.post("/{number_id}/resume")
@once
async def resume_number(work: Writer, number_id: UUID) -> NumberDetail:
    """Send again, once what stopped the number is mended."""
    return NumberDetail.model_validate(await upkeep.resume(work, number_id))


@router.post("/{number_id}/refresh")
async def refresh_number(onlooker: Onlooker, number_id: UUID) -> NumberDetail:
    """Ask Meta how the number is."""
    await onlooker.sender(number_id)
    await refresh(onlooker.runtime, onlooker.organization_id, number_id)
    async with onlooker.work() as work:
        return NumberDetail.model_validate(await upkeep.detail(work, number_id))


@router.post("/{number_id}/register")
@once_outside
async def register_number(keeper: Keeper, number_id: UUID, body: PinWrite) -> NumberDetail:
    return NumberDetail.model_validate(await registration.register(keeper, number_id, body.pin))


@router.post("/{number_id}/deregister")
@once_outside
async def deregister_number(keeper: Keeper, number_id: UUID) -> NumberDetail:
    return NumberDetail.model_validate(await registration.deregister(keeper, number_id))


@router.put("/{number_id}/pin")
async def change_number_pin(keeper: Keeper, number_id: UUID, body: PinWrite) -> NumberDetail:
    return NumberDetail.model_validate(await registration.set_pin(keeper, number_id, body.pin))


@router.post("/{number_id}/code/request")
@once_outside
async def request_number_code(keeper: Keeper, number_id: UUID, body: CodeRequest) -> NumberDetail:
    told = await registration.request_code(keeper, number_id, body.method, body.language)
    return NumberDetail.model_validate(told)


@router.post("/{number_id}/code/verify")
@once_outside
async def verify_number_code(keeper: Keeper, number_id: UUID, body: CodeWrite) -> NumberDetail:
    told = await registration.verify_code(keeper, number_id, body.code.replace("-", ""))
    return NumberDetail.model_validate(told)


@router.get("/{number_id}/profile")
async def get_number_profile(onlooker: Onlooker, number_id: UUID) -> BusinessProfileRead:
    return BusinessProfileRead.model_validate(await registration.get_profile(onlooker, number_id))


@router.patch("/{number_id}/profile")
async def change_number_profile(
    keeper: Keeper, number_id: UUID, body: BusinessProfileChange
) -> BusinessProfileRead:
    changes = body.model_dump(exclude_unset=True)
    return BusinessProfileRead.model_validate(await registration.set_profile(keeper, number_id, changes))


@router.put(
    "/{number_id}/profile/picture",
    openapi_extra={"requestBody": {"content": {pictures.JPEG: _PICTURE}, "required": True}},
    dependencies=[Depends(BodyUpTo(_READ_AT_MOST))],
)
async def replace_number_picture(request: Request, keeper: Keeper, number_id: UUID) -> BusinessProfileRead:
    """A square JPEG of 192 to 1024 pixels and up to 512 KB. Whatever is in it besides pixels is left out."""
    await pictures.replace(keeper, number_id, pictures.accepted(await request.body()))
    return BusinessProfileRead.model_validate(await registration.get_profile(keeper, number_id))


@router.get(
    "/{number_id}/profile/picture",
    response_class=Response,
    responses={200: {"content": {pictures.JPEG: _PICTURE}}},
)
async def get_number_picture(onlooker: Onlooker, number_id: UUID) -> Response:
    """As customers see it; Meta keeps it."""
    mime_type, content = await pictures.read(onlooker, number_id)
    return Response(content, media_type=mime_type, headers=_AS_A_PICTURE)


@alert_router.get("")
async def list_alerts(work: Reader) -> AlertList:
    """What somebody has to look after, the gravest and newest first."""
    return AlertList.model_validate({"items": await alerts.standing(work)})


@alert_router.post("/{alert_id}/dismiss", status_code=204)
async def dismiss_alert(work: Writer, alert_id: UUID) -> None:
    """It comes back when it becomes graver, or when it was over and happens again."""
    await alerts.dismiss(work, alert_id)
