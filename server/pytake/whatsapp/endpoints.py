"""The organization's WhatsApp numbers."""

from typing import Annotated

from fastapi import APIRouter, Depends

from pytake.identity.dependencies import allowed
from pytake.identity.permissions import Permission
from pytake.kit.work import Work
from pytake.whatsapp import service
from pytake.whatsapp.schemas import NumberList

router = APIRouter(prefix="/api/v1/whatsapp-numbers", tags=["whatsapp-numbers"])

Reader = Annotated[Work, Depends(allowed(Permission.ORGANIZATION_READ), scope="function")]


@router.get("")
async def list_numbers(work: Reader) -> NumberList:
    return NumberList.model_validate({"items": await service.every(work)})
