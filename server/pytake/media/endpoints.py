"""Files to browsers: by signed links, in parts if they like, and never as anything that runs."""

from collections.abc import AsyncIterator
from typing import Annotated, Final
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from pytake.http.addresses import address_of
from pytake.http.bodies import BodyUpTo
from pytake.http.rates import RateLimits
from pytake.identity.dependencies import admitted, runtime_of
from pytake.identity.permissions import Permission
from pytake.identity.types import Caller
from pytake.media import service, uploading, watching
from pytake.media.links import SIGNED, Showing
from pytake.media.ranges import Part, Unsatisfiable, part_of
from pytake.media.schemas import FileRead, KindLimits, MediaLimits, UploadRead
from pytake.media.service import Opened
from pytake.media.sniffing import BYTES, SHOWN
from pytake.media.types import Announced, Kind
from pytake.ports.storage import Storage, file_key, thumbnail_key
from pytake.ports.whatsapp_limits import CAPTION, FIELDS, MEDIA_BYTES, MEDIA_TYPES

router = APIRouter(prefix="/api/v1/media", tags=["media"])

Writer = Annotated[Caller, Depends(admitted(Permission.CONVERSATIONS_REPLY))]

_LOOKS_A_MINUTE: Final = 6_000
"""Of one address, behind which a whole office may sit."""
_THUMBNAIL: Final = "image/webp"
_FILE: Final = {"schema": {"type": "string", "format": "binary"}}
_SAFE: Final = {
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, max-age=3600",
}
"""Pixels and sound to who shows them, and nothing at all to who opens them as a page."""


async def not_too_often(request: Request) -> None:
    limits: RateLimits = request.app.state.rate_limits
    await limits.spend_at(request, address_of(request), "media", _LOOKS_A_MINUTE)


@router.post(
    "",
    status_code=201,
    openapi_extra={"requestBody": {"content": {BYTES: _FILE}, "required": True}},
    dependencies=[Depends(BodyUpTo(max(MEDIA_BYTES.values())))],
)
async def upload_media(
    request: Request,
    caller: Writer,
    kind: Kind,
    file_name: Annotated[str | None, Query(max_length=255)] = None,
    voice: Annotated[bool, Query(description="Make a voice message of what was recorded.")] = False,
    upload_id: Annotated[UUID | None, Query(description="Of your choice, to ask how far it is.")] = None,
) -> FileRead:
    """A file to be sent: the body is the file, `Content-Type` what it is said to be.

    What WhatsApp would refuse is refused here. Its id goes into a message as `media_file_id`. A file that no
    message carries is removed after a week.
    """
    announced = Announced(kind, request.headers.get("content-type"), file_name, voice)
    runtime, organization_id, actor = runtime_of(request), caller.organization_id, caller.actor
    if upload_id is None:
        return await uploading.upload(runtime, organization_id, actor, request.stream(), announced)
    length = request.headers.get("content-length", "")
    return await watching.upload(
        runtime,
        organization_id,
        actor,
        request.stream(),
        announced,
        upload_id=upload_id,
        size=int(length) if length.isdecimal() else None,
    )


@router.get("/limits", dependencies=[Depends(admitted(Permission.CONVERSATIONS_REPLY))])
async def get_media_limits() -> MediaLimits:
    """What may be uploaded and sent, by kind: WhatsApp's own limits."""
    return MediaLimits(
        kinds=[
            KindLimits(
                kind=kind,
                max_bytes=MEDIA_BYTES[kind],
                mime_types=sorted(MEDIA_TYPES[kind]),
                takes_caption="caption" in FIELDS[kind],
            )
            for kind in Kind
        ],
        max_caption_length=CAPTION,
    )


@router.get("/uploads/{upload_id}")
async def get_upload(request: Request, caller: Writer, upload_id: UUID) -> UploadRead:
    """How far an upload is that was begun with this id, for an hour; after a lost answer also what it made.

    Of an id that is not known (any more) nothing is lost: the same file may be uploaded again.
    """
    return await watching.read(runtime_of(request), caller.organization_id, upload_id)


@router.get(
    "/files/{media_token}/{file_name}",
    response_class=Response,
    responses={200: {"content": {BYTES: _FILE}}, 206: {"content": {BYTES: _FILE}}},
    dependencies=[Depends(not_too_often)],
)
async def get_file(
    request: Request, media_token: Annotated[str, Path(pattern=f"^{SIGNED}$")], file_name: str
) -> Response:
    """For an `<img>` or an `<audio>`, which send no token: the address was signed for who may see it."""
    runtime = runtime_of(request)
    opened = await service.open_file(runtime, media_token, file_name)
    if opened.showing is Showing.THUMBNAIL:
        return await _whole(runtime.ports.storage, opened, _headers(opened, file_name))
    return await _asked(request, runtime.ports.storage, opened, _headers(opened, file_name))


def _headers(opened: Opened, name: str) -> dict[str, str]:
    is_shown = opened.showing is not Showing.DOWNLOAD and opened.file.mime_type in SHOWN
    disposition = "inline" if is_shown else "attachment"
    encoded = quote(name, safe="")
    plain = "".join(letter if letter.isascii() and letter not in '"\\' else "_" for letter in name)
    mime_type = _THUMBNAIL if opened.showing is Showing.THUMBNAIL else opened.file.mime_type
    return {
        **_SAFE,
        "content-type": mime_type if is_shown else BYTES,
        "content-disposition": f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{encoded}",
    }


async def _whole(storage: Storage, opened: Opened, headers: dict[str, str]) -> Response:
    key = thumbnail_key(opened.organization_id, opened.file.sha256)
    return Response(b"".join([part async for part in storage.read(key)]), headers=headers)


async def _asked(request: Request, storage: Storage, opened: Opened, headers: dict[str, str]) -> Response:
    file = opened.file
    tag = f'"{file.sha256[:32]}"'
    headers = {**headers, "accept-ranges": "bytes", "etag": tag}
    is_same = request.headers.get("if-range", tag) == tag
    try:
        part = part_of(request.headers.get("range"), file.size) if is_same else None
    except Unsatisfiable:
        return Response(status_code=416, headers={**_SAFE, "content-range": f"bytes */{file.size}"})
    wanted = part or Part(0, file.size)
    headers["content-length"] = str(wanted.length)
    if part is not None:
        headers["content-range"] = f"bytes {part.first}-{part.first + part.length - 1}/{file.size}"
    key = file_key(opened.organization_id, file.sha256)
    parts = await _begun(storage.read(key, wanted.first, wanted.length))
    return StreamingResponse(parts, status_code=200 if part is None else 206, headers=headers)


async def _begun(parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """A file that is missing is found out before the answer begins."""
    first = await anext(parts, b"")

    async def all_of_them() -> AsyncIterator[bytes]:
        yield first
        async for part in parts:
            yield part

    return all_of_them()
