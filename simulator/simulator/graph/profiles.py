"""What customers see of a number: `/{phone_number_id}/whatsapp_business_profile`."""

from typing import Any

from aiohttp import web

from simulator.graph.calls import Call, endpoint
from simulator.graph.errors import invalid
from simulator.sending import check_product

Json = dict[str, Any]

_LONGEST = {"about": 139, "address": 256, "description": 512, "email": 128}
_WEBSITES_MOST, _WEBSITE_MOST = 2, 256


def add_routes(app: web.Application, prefix: str) -> None:
    path = prefix + "/{node}/whatsapp_business_profile"
    app.router.add_get(path, endpoint("profile", read_profile))
    app.router.add_post(path, endpoint("profile", change_profile))


async def read_profile(call: Call) -> Json:
    """Without `fields` nothing but the product comes back."""
    number = call.number()
    wanted = [each.strip() for each in call.request.query.get("fields", "").split(",")]
    shown = {name: value for name, value in number.profile.items() if name in wanted and value}
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
    number.profile = {**number.profile, **changes}
    call.world.keep_number(number)
    return {"success": True}
