"""What customers see of a number: `/{phone_number_id}/whatsapp_business_profile`."""

from typing import Any, Final

from aiohttp import web

from simulator.accounts import Number
from simulator.graph.calls import SIMULATOR, Call, endpoint
from simulator.graph.errors import invalid, malformed
from simulator.media import DAY
from simulator.sending import check_product

Json = dict[str, Any]

PICTURES: Final = "/profile-pictures/"
_PICTURE: Final = "profile_picture"
_PICTURE_TYPES: Final = frozenset({"image/jpeg", "image/jpg", "image/png"})
_PICTURE_LIVES: Final = 3650 * DAY

_LONGEST = {"about": 139, "address": 256, "description": 512, "email": 128}
_WEBSITES_MOST, _WEBSITE_MOST = 2, 256


def add_links(app: web.Application) -> None:
    app.router.add_get(PICTURES + "{media_id}", show_picture)


def add_routes(app: web.Application, prefix: str) -> None:
    path = prefix + "/{node}/whatsapp_business_profile"
    app.router.add_get(path, endpoint("profile", read_profile))
    app.router.add_post(path, endpoint("profile", change_profile))


async def read_profile(call: Call) -> Json:
    """Without `fields` nothing but the product comes back."""
    number = call.number()
    wanted = [each.strip() for each in call.request.query.get("fields", "").split(",")]
    known = dict(number.profile)
    if picture := known.pop(_PICTURE, None):
        known["profile_picture_url"] = f"{call.request.scheme}://{call.request.host}{PICTURES}{picture}"
    shown = {name: value for name, value in known.items() if name in wanted and value}
    return {"data": [{"messaging_product": "whatsapp", **shown}]}


async def change_profile(call: Call) -> Json:
    number = call.number()
    body = await call.body()
    check_product(body)
    changes = {name: value for name, value in body.items() if name in {*_LONGEST, "websites", "vertical"}}
    for name, longest in _LONGEST.items():
        if name in changes and (not isinstance(changes[name], str) or len(changes[name]) > longest):
            raise invalid(f"Param {name} must have at most {longest} characters.")
    if changes.get("about") == "":
        raise invalid("Param about cannot be empty.")
    sites = changes.get("websites", [])
    if (
        not isinstance(sites, list)
        or len(sites) > _WEBSITES_MOST
        or any(len(s) > _WEBSITE_MOST for s in sites)
    ):
        raise invalid("Param websites must be at most 2 addresses of at most 256 characters.")
    if "profile_picture_handle" in body:
        changes[_PICTURE] = _picture_behind(call, number, body["profile_picture_handle"])
    number.profile = {**number.profile, **changes}
    call.world.keep_number(number)
    return {"success": True}


def _picture_behind(call: Call, number: Number, handle: Any) -> str:
    """What was uploaded; the picture before is gone."""
    upload = call.world.uploads.behind(handle) if isinstance(handle, str) else None
    if upload is None or upload.file_type not in _PICTURE_TYPES:
        raise malformed("Param profile_picture_handle is not the handle of a picture.")
    media = call.world.media
    if before := media.find(number.profile.get(_PICTURE, "")):
        media.remove(before)
    content = bytes(upload.received)
    return media.add(number.phone_number_id, upload.file_type, content, lives=_PICTURE_LIVES).id


async def show_picture(request: web.Request) -> web.StreamResponse:
    """To everybody: it is what customers see."""
    world = request.app[SIMULATOR].world
    shown = {number.profile.get(_PICTURE) for number in world.accounts.numbers.values()}
    file = world.media.find(request.match_info["media_id"])
    if file is None or file.id not in shown:
        raise web.HTTPNotFound
    headers = {"Content-Type": file.mime_type, "X-Content-Type-Options": "nosniff"}
    return web.Response(body=world.media.read(file), headers=headers)
