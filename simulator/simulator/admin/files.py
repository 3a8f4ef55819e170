"""Files on the phones: customers send them with their bytes, and the phone page shows them."""

from typing import Final

from aiohttp import web

from simulator.admin.guard import BadRequestError, NotThereError, answer, guarded, simulator_of
from simulator.admin.people import number_of, person_of
from simulator.media import TYPES

MOST_BYTES: Final = 110 * 1024 * 1024
"""More than WhatsApp takes, so that what is too large can be tried."""

_SHOWN: Final = ("image/jpeg", "image/png", "image/webp", "audio/", "video/")
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=3600",
}


def add_routes(app: web.Application) -> None:
    app.router.add_post("/_simulator/customers/{id}/files", guarded(send_file, takes_files=True))
    app.router.add_get("/_simulator/files/{media_id}", guarded(read_file))


async def send_file(request: web.Request) -> web.Response:
    """The body is the file, `Content-Type` what it is said to be; the rest is in the query."""
    query = request.query
    kind = query.get("kind", "")
    if kind not in TYPES:
        raise BadRequestError(f"kind must be one of {', '.join(TYPES)}.")
    person, number = person_of(request), number_of(request, query.get("phone_number_id"))
    more: dict[str, str | bool | None] = {
        name: query[name] for name in ("caption", "filename") if query.get(name)
    }
    more |= {flag: True for flag in ("voice", "animated") if query.get(flag) == "true"}
    message = simulator_of(request).customers.sends_file(
        person, number, kind, await _content(request), request.headers.get("Content-Type", ""), **more
    )
    message.ref = query.get("ref")
    return answer({"wamid": message.id, "message": message}, 201)


async def _content(request: web.Request) -> bytes:
    content = bytearray()
    async for part in request.content.iter_chunked(64 * 1024):
        content += part
        if len(content) > MOST_BYTES:
            raise BadRequestError(f"A file may have up to {MOST_BYTES} bytes.")
    if not content:
        raise BadRequestError("The file is empty.")
    return bytes(content)


async def read_file(request: web.Request) -> web.StreamResponse:
    media = simulator_of(request).world.media
    file = media.find(request.match_info["media_id"])
    if file is None:
        raise NotThereError("There is no such file any more.")
    is_shown = file.mime_type.startswith(_SHOWN)
    kind = file.mime_type.partition(";")[0] if is_shown else "application/octet-stream"
    disposition = {} if is_shown else {"Content-Disposition": "attachment"}
    return web.Response(body=media.read(file), headers={**_HEADERS, **disposition, "Content-Type": kind})
