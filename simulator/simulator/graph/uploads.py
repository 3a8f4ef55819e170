"""Resumable uploads: `POST /{app_id}/uploads`, then `POST` and `GET` of the session it names."""

from typing import Any

from aiohttp import web

from simulator.graph.calls import Call, endpoint
from simulator.graph.errors import malformed, missing, missing_object
from simulator.uploads import TYPES, Upload

Json = dict[str, Any]


def add_routes(app: web.Application, prefix: str) -> None:
    app.router.add_post(prefix + "/{node}/uploads", endpoint("uploads", begin))
    app.router.add_post(prefix + "/{node:upload:[^/]+}", endpoint("uploads", receive))
    app.router.add_get(prefix + "/{node:upload:[^/]+}", endpoint("uploads", describe))


async def begin(call: Call) -> Json:
    app = call.world.accounts.app_of_token(call.token)
    if app is None or app.app_id != call.node:
        raise missing_object(call.node, "POST")
    query = call.request.query
    for name in ("file_length", "file_type"):
        if not query.get(name):
            raise missing(f"Parameter '{name}' is mandatory")
    if query["file_type"] not in TYPES:
        raise malformed(f"Param file_type must be one of {', '.join(sorted(TYPES))}.")
    if not query["file_length"].isdecimal() or int(query["file_length"]) == 0:
        raise malformed("Param file_length must be a positive number.")
    return {"id": call.world.uploads.begin(call.node, query["file_type"], int(query["file_length"])).id}


async def receive(call: Call) -> Json:
    """From `file_offset` on, which must be where the session stands."""
    upload = _session(call)
    offset = call.request.headers.get("file_offset", "")
    if not offset.isdecimal() or int(offset) != len(upload.received):
        raise malformed(f"Param file_offset must be {len(upload.received)}.")
    async for part in call.request.content.iter_chunked(64 * 1024):
        upload.received += part
        if len(upload.received) > upload.file_length:
            raise malformed("The file is longer than its session said.")
    if not upload.is_complete:
        return {"id": upload.id, "file_offset": len(upload.received)}
    return {"h": call.world.uploads.handle(upload)}


async def describe(call: Call) -> Json:
    upload = _session(call)
    return {"id": upload.id, "file_offset": len(upload.received)}


def _session(call: Call) -> Upload:
    upload = call.world.uploads.find(call.node)
    app = call.world.accounts.app_of_token(call.token)
    if upload is None or app is None or app.app_id != upload.app_id:
        raise missing_object(call.node, call.request.method)
    return upload
