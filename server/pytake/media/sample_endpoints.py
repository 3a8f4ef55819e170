"""The samples of templates' headers: files, and so not of those who keep the templates."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request

from pytake.http.bodies import BodyUpTo
from pytake.identity.dependencies import admitted, runtime_of
from pytake.identity.permissions import Permission
from pytake.identity.types import Caller
from pytake.media import samples
from pytake.media.samples import SampleKind
from pytake.media.schemas import HeaderSample
from pytake.media.sniffing import BYTES
from pytake.ports.whatsapp_limits import MEDIA_BYTES
from pytake.whatsapp.numbers.acting import Acting

router = APIRouter(prefix="/api/v1/templates", tags=["templates"])

Writer = Annotated[Caller, Depends(admitted(Permission.TEMPLATES_WRITE))]

_FILE: Final = {"schema": {"type": "string", "format": "binary"}}


@router.post(
    "/header-samples",
    status_code=201,
    openapi_extra={"requestBody": {"content": {BYTES: _FILE}, "required": True}},
    dependencies=[Depends(BodyUpTo(max(MEDIA_BYTES.values())))],
)
async def give_header_sample(
    request: Request,
    caller: Writer,
    whatsapp_number_id: UUID,
    header_type: SampleKind,
) -> HeaderSample:
    """Give Meta the sample of a header that is a file: the body is the file.

    Its handle goes into the template's content as `header_content`. The number is one of the account that the
    template is for; its Meta app needs an id.
    """
    return await samples.give(
        Acting(runtime_of(request), caller.organization_id, caller.actor),
        whatsapp_number_id,
        request.stream(),
        header_type=header_type,
        claimed=request.headers.get("content-type"),
    )
