"""Media: uploading, asking for a link, downloading behind it, deleting."""

import asyncio
from typing import Any, Final

from aiohttp import BodyPartReader, web

from simulator.faults import Fault
from simulator.graph.calls import SIMULATOR, Call, endpoint, open_call, refusal
from simulator.graph.errors import GraphError, error_for, malformed, missing, missing_object
from simulator.media import MOST_BYTES, OF_BUSINESSES_LIVES, TYPES, MediaFile
from simulator.sending import check_product

Json = dict[str, Any]

DOWNLOADS: Final = "/whatsapp_business/attachments/"
_PART: Final = 64 * 1024
_NOT_FOUND: Final = 404


def add_routes(app: web.Application, prefix: str) -> None:
    app.router.add_post(prefix + "/{node}/media", endpoint("media_upload", upload))
    app.router.add_delete(prefix + "/{node}", endpoint("media", delete))


def add_links(app: web.Application) -> None:
    """On Meta's side another host, without a version."""
    app.router.add_get(DOWNLOADS, download)


async def upload(call: Call) -> Json:
    number = call.number()
    if not call.request.content_type.startswith("multipart/"):
        raise missing("Parameter 'file' is mandatory")
    fields, content, mime_type = await _parts(call.request)
    check_product(fields)
    mime_type = (fields.get("type") or mime_type).partition(";")[0].strip().lower()
    kind = next((kind for kind, types in TYPES.items() if mime_type in types), None)
    if kind is None:
        raise malformed(f"Param file must be a file with one of the types WhatsApp knows, not {mime_type}.")
    if not content or len(content) > MOST_BYTES[kind]:
        raise error_for(131053, details=f"Files of type {mime_type} have 1 to {MOST_BYTES[kind]} bytes.")
    file = call.world.media.add(number.phone_number_id, mime_type, content, lives=OF_BUSINESSES_LIVES)
    return {"id": file.id}


async def _parts(request: web.Request) -> tuple[Json, bytes, str]:
    fields: Json = {}
    content, mime_type = b"", ""
    reader = await request.clone(client_max_size=2 * max(MOST_BYTES.values())).multipart()
    while part := await reader.next():
        if not isinstance(part, BodyPartReader):
            raise malformed("The parts must not have parts.")
        if part.name == "file":
            content, mime_type = bytes(await part.read()), part.headers.get("Content-Type", "")
        elif part.name:
            fields[part.name] = await part.text()
    return fields, content, mime_type


async def describe(call: Call) -> Json:
    """`GET /{media_id}`."""
    file = _file(call)
    asked = call.request.query.get("phone_number_id")
    if asked is not None and asked != file.number_id:
        raise missing_object(call.node, "GET")
    fault = call.world.faults.on_call("media", number=file.number_id)
    if fault is not None:
        raise error_for(fault.code or 131000, status=fault.http_status)
    return {
        "messaging_product": "whatsapp",
        "url": f"{call.request.scheme}://{call.request.host}{DOWNLOADS}?{call.world.media.link(file)}",
        "mime_type": file.mime_type,
        "sha256": file.sha256,
        "file_size": file.size,
        "id": file.id,
    }


async def delete(call: Call) -> Json:
    call.world.media.remove(_file(call))
    return {"success": True}


def _file(call: Call) -> MediaFile:
    file = call.world.media.find(call.node)
    if file is None or not call.world.accounts.token_reaches_number(call.token, file.number_id):
        raise missing_object(call.node, call.request.method)
    return file


async def download(request: web.Request) -> web.StreamResponse:
    simulator = request.app[SIMULATOR]
    world = simulator.world
    try:
        call = open_call(simulator, request)
    except GraphError as error:
        return refusal(error)
    query = request.query
    file = world.media.behind(query.get("mid", ""), query.get("ext", ""), query.get("hash", ""))
    if file is None or not world.accounts.token_reaches_number(call.token, file.number_id):
        world.journal.add("media.refused", media=query.get("mid"))
        return web.Response(status=_NOT_FOUND)
    fault = world.faults.on_call("media_download", number=file.number_id)
    world.journal.add("media.downloaded", media=file.id, fault=fault.action if fault else None)
    if fault is None:
        return _whole(file, world.media.read(file))
    return await _mishap(call, file, fault)


def _whole(file: MediaFile, content: bytes) -> web.Response:
    return web.Response(body=content, headers={"Content-Type": file.mime_type})


async def _mishap(call: Call, file: MediaFile, fault: Fault) -> web.StreamResponse:
    content = call.world.media.read(file)
    match fault.action:
        case "error":
            return web.Response(status=fault.http_status or _NOT_FOUND)
        case "spoiled":
            return _whole(file, bytes(byte ^ 0xFF for byte in content))
        case "slow":
            await _pause(call, call.world.faults.seconds(fault))
            return _whole(file, content)
        case "html":
            page = "<!DOCTYPE html>"
            return web.Response(text=page, status=fault.http_status or 502, content_type="text/html")
    return await _broken_off(call, file, content)


async def _broken_off(call: Call, file: MediaFile, content: bytes) -> web.StreamResponse:
    """Half of it, then nothing more."""
    response = web.StreamResponse(headers={"Content-Type": file.mime_type, "Content-Length": str(file.size)})
    await response.prepare(call.request)
    for at in range(0, len(content) // 2, _PART):
        await response.write(content[at : min(at + _PART, len(content) // 2)])
    if call.request.transport is not None:
        call.request.transport.abort()
    return response


async def _pause(call: Call, seconds: float) -> None:
    try:
        await asyncio.wait_for(call.simulator.closing.wait(), seconds)
    except TimeoutError:
        return
