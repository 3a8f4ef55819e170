"""A number's standing with Meta, changed by hand; the webhooks that Meta would send follow."""

import secrets
from dataclasses import replace
from typing import Any, Final

from aiohttp import web

from simulator.accounts import Number
from simulator.admin.guard import BadRequestError, NotThereError, answer, body_of, guarded, simulator_of
from simulator.graph.numbers import display
from simulator.webhooks.updates import Update

Json = dict[str, Any]

_CHOICES: Final = {
    "status": ("CONNECTED", "PENDING", "FLAGGED", "RESTRICTED", "BANNED", "DISCONNECTED"),
    "quality_rating": ("GREEN", "YELLOW", "RED", "UNKNOWN"),
    "name_status": ("APPROVED", "PENDING_REVIEW", "DECLINED"),
    "throughput": ("STANDARD", "HIGH"),
    "messaging_limit": ("TIER_250", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"),
}
_DECISIONS: Final = {"APPROVED": "APPROVED", "PENDING_REVIEW": "PENDING", "DECLINED": "REJECTED"}


def add_routes(app: web.Application) -> None:
    app.router.add_get("/_simulator/numbers", guarded(list_standings))
    app.router.add_post("/_simulator/numbers/{id}/token", guarded(renew_token))
    app.router.add_patch("/_simulator/numbers/{id}/standing", guarded(change_standing))
    app.router.add_get("/_simulator/numbers/{id}/standing", guarded(read_standing))


async def list_standings(request: web.Request) -> web.Response:
    numbers = simulator_of(request).world.accounts.numbers.values()
    return answer({"items": [_standing(number) for number in numbers]})


async def renew_token(request: web.Request) -> web.Response:
    """The one before has expired; the new one, of all its numbers, is told now and never again."""
    number, world = _number(request), simulator_of(request).world
    theirs = [each for each in world.accounts.numbers.values() if each.access_token == number.access_token]
    world.accounts.expire(number.access_token)
    token = f"EAA{secrets.token_urlsafe(32)}"
    for each in theirs:
        world.change_number(replace(each, access_token=token))
    return answer({"access_token": token})


async def read_standing(request: web.Request) -> web.Response:
    return answer(_standing(_number(request)))


async def change_standing(request: web.Request) -> web.Response:
    """`access_token`: the one before has expired from now on."""
    number, body = _number(request), await body_of(request)
    for name, value in body.items():
        if name != "access_token" and value not in _CHOICES.get(name, ()):
            raise BadRequestError(f"{name} cannot be {value}. Known: {_CHOICES}.")
    before = replace(number)
    after = replace(number, **body)
    world = simulator_of(request).world
    if after.access_token != before.access_token:
        world.accounts.expire(before.access_token)
    world.change_number(after)
    for update in _news(before, after):
        update.time = int(world.clock.now())
        world.postman.tell(update)
    return answer(_standing(after))


def _number(request: web.Request) -> Number:
    numbers = simulator_of(request).world.accounts.numbers
    found = numbers.get(request.match_info["id"])
    if found is None:
        raise NotThereError(f"There is no number {request.match_info['id']}.")
    return found


def _standing(number: Number) -> Json:
    told: Json = {name: getattr(number, name) for name in _CHOICES}
    return {
        "phone_number_id": number.phone_number_id,
        "display_phone_number": display(number.digits),
        "verified_name": number.verified_name,
        **told,
        "choices": _CHOICES,
    }


def _news(before: Number, after: Number) -> list[Update]:
    told: list[tuple[str, Json]] = []
    quality = "phone_number_quality_update"
    if (before.throughput, after.throughput) == ("STANDARD", "HIGH"):
        told.append((quality, {"event": "THROUGHPUT_UPGRADE"}))
    if before.messaging_limit != after.messaging_limit:
        told.append(("business_capability_update", {}))
    if before.status != after.status and "FLAGGED" in {before.status, after.status}:
        told.append((quality, {"event": "FLAGGED" if after.status == "FLAGGED" else "UNFLAGGED"}))
    if before.name_status != after.name_status:
        decision = _DECISIONS[after.name_status]
        reason = "NAME_FORMAT_UNACCEPTABLE" if decision == "REJECTED" else None
        name = {
            "decision": decision,
            "requested_verified_name": after.verified_name,
            "rejection_reason": reason,
        }
        told.append(("phone_number_name_update", name))
    return [_update(after, field, value) for field, value in told]


def _update(number: Number, field: str, value: Json) -> Update:
    limit = {"max_daily_conversations_per_business": number.messaging_limit}
    around: Json = {} if field == "phone_number_name_update" else limit
    if field != "business_capability_update":
        around["display_phone_number"] = number.digits
    return Update(number.waba_id, field, {**around, **value}, {"field": field}, kind="account")
