"""Meta apps. Their secrets come in and never go out; the verify token is told once."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request

from pytake.http.idempotency import once
from pytake.identity.dependencies import allowed, runtime_of
from pytake.identity.permissions import Permission
from pytake.kit.work import Work
from pytake.ports.secrets import Secrets
from pytake.whatsapp.channels import service
from pytake.whatsapp.schemas import (
    ChannelChange,
    ChannelCreate,
    ChannelList,
    ChannelMade,
    ChannelRead,
    SecretWrite,
)

router = APIRouter(prefix="/api/v1/channels", tags=["channels"])

Reader = Annotated[Work, Depends(allowed(Permission.NUMBERS_READ), scope="function")]
Writer = Annotated[Work, Depends(allowed(Permission.NUMBERS_WRITE), scope="function")]


class Desk:
    """What is sealed with, and where Meta finds us."""

    def __init__(self, request: Request) -> None:
        self.secrets: Secrets = runtime_of(request).ports.secrets
        self._public_url: str = request.app.state.public_url

    def shown(self, channel: dict[str, Any]) -> dict[str, Any]:
        path = f"/webhooks/whatsapp/{channel['channel_key']}"
        return {**channel, "webhook_url": self._public_url + path}


At = Annotated[Desk, Depends(Desk)]


@router.get("")
async def list_channels(work: Reader, at: At) -> ChannelList:
    items = [at.shown(channel) for channel in await service.every(work)]
    return ChannelList.model_validate({"items": items})


@router.post("", status_code=201)
@once
async def create_channel(work: Writer, at: At, body: ChannelCreate) -> ChannelMade:
    made = await service.create(
        work, at.secrets, name=body.name, meta_app_id=body.meta_app_id, app_secret=body.app_secret
    )
    return ChannelMade.model_validate(at.shown(made))


@router.get("/{channel_id}")
async def get_channel(work: Reader, at: At, channel_id: UUID) -> ChannelRead:
    return ChannelRead.model_validate(at.shown(await service.get(work, channel_id)))


@router.patch("/{channel_id}")
async def change_channel(work: Writer, at: At, channel_id: UUID, body: ChannelChange) -> ChannelRead:
    changed = await service.change(work, channel_id, body.model_dump(exclude_unset=True))
    return ChannelRead.model_validate(at.shown(changed))


@router.put("/{channel_id}/app-secret")
async def replace_app_secret(work: Writer, at: At, channel_id: UUID, body: SecretWrite) -> ChannelRead:
    """The one before is good for a week more."""
    replaced = await service.replace_secret(work, at.secrets, channel_id, body.app_secret)
    return ChannelRead.model_validate(at.shown(replaced))


@router.delete("/{channel_id}/previous-app-secret", status_code=204)
async def forget_previous_app_secret(work: Writer, channel_id: UUID) -> None:
    await service.forget_previous_secret(work, channel_id)


@router.post("/{channel_id}/verify-token")
@once
async def renew_verify_token(work: Writer, at: At, channel_id: UUID) -> ChannelMade:
    renewed = await service.renew_verify_token(work, at.secrets, channel_id)
    return ChannelMade.model_validate(at.shown(renewed))


@router.delete("/{channel_id}", status_code=204)
async def delete_channel(work: Writer, channel_id: UUID) -> None:
    await service.delete(work, channel_id)
