"""The business numbers: reading one, listing an account's, registering."""

from typing import Any

from aiohttp import web

from simulator.accounts import Number
from simulator.graph.calls import Call, endpoint
from simulator.graph.errors import error_for, invalid, required_parameter
from simulator.phones import country_code
from simulator.sending import check_product

Json = dict[str, Any]

_DEFAULT_FIELDS = (
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
)
_PIN_LENGTH = 6
CODE = "123456"
"""What every number is told to prove itself by."""


def add_routes(app: web.Application, prefix: str) -> None:
    app.router.add_get(prefix + "/{node}/phone_numbers", endpoint("phone_numbers", list_numbers))
    app.router.add_post(prefix + "/{node}/register", endpoint("register", register))
    app.router.add_post(prefix + "/{node}/deregister", endpoint("deregister", deregister))
    app.router.add_post(prefix + "/{node}/request_code", endpoint("request_code", request_code))
    app.router.add_post(prefix + "/{node}/verify_code", endpoint("verify_code", verify_code))


async def read_number(call: Call) -> Json:
    return describe(call.number(), call.request.query.get("fields"))


async def list_numbers(call: Call) -> Json:
    waba = call.waba()
    fields = call.request.query.get("fields")
    numbers = sorted(call.world.accounts.numbers_of(waba.waba_id), key=lambda number: number.phone_number_id)
    return page([describe(number, fields) for number in numbers])


def page(items: list[Json]) -> Json:
    """Everything on one page, with the cursors Meta gives even there."""
    if not items:
        return {"data": []}
    return {
        "data": items,
        "paging": {"cursors": {"before": str(items[0]["id"]), "after": str(items[-1]["id"])}},
    }


async def register(call: Call) -> Json:
    number = call.number()
    body = await call.body()
    check_product(body)
    pin = _pin(body)
    if number.code_status != "VERIFIED":
        raise error_for(133006)
    if number.pin is not None and number.pin != pin:
        raise error_for(133005)
    number.pin = pin
    number.status = "CONNECTED"
    call.world.change_number(number)
    return {"success": True}


async def change_pin(call: Call) -> Json:
    number = call.number()
    number.pin = _pin(await call.body())
    call.world.change_number(number)
    return {"success": True}


def _pin(body: Json) -> str:
    pin = body.get("pin")
    if pin is None:
        raise required_parameter("pin")
    if not isinstance(pin, str) or len(pin) != _PIN_LENGTH or not pin.isdigit():
        raise invalid("Param pin must have 6 digits.")
    return pin


async def request_code(call: Call) -> Json:
    """The code is always CODE: nobody listens to this phone."""
    number = call.number()
    body = await call.body()
    if body.get("code_method") not in {"SMS", "VOICE"}:
        raise required_parameter("code_method")
    if number.code_status == "VERIFIED":
        raise error_for(136024)
    return {"success": True}


async def verify_code(call: Call) -> Json:
    number = call.number()
    if (await call.body()).get("code") != CODE:
        raise error_for(136025)
    number.code_status = "VERIFIED"
    call.world.change_number(number)
    return {"success": True}


async def deregister(call: Call) -> Json:
    number = call.number()
    number.status = "DISCONNECTED"
    call.world.change_number(number)
    return {"success": True}


def describe(number: Number, fields: str | None) -> Json:
    known: Json = {
        "verified_name": number.verified_name,
        "code_verification_status": number.code_status,
        "display_phone_number": display(number.digits),
        "quality_rating": number.quality_rating,
        "platform_type": "CLOUD_API",
        "throughput": {"level": number.throughput},
        "status": number.status,
        "name_status": number.name_status,
        "whatsapp_business_manager_messaging_limit": number.messaging_limit,
        "account_mode": "LIVE",
        "is_official_business_account": False,
        "is_pin_enabled": number.pin is not None,
        "is_on_biz_app": number.is_on_phone,
        "health_status": _health(number),
    }
    wanted = [each.strip() for each in fields.split(",")] if fields else _DEFAULT_FIELDS
    return {**{name: known[name] for name in wanted if name in known}, "id": number.phone_number_id}


def _health(number: Number) -> Json:
    can = "AVAILABLE" if number.status == "CONNECTED" else "BLOCKED"
    entity = {"entity_type": "PHONE_NUMBER", "id": number.phone_number_id, "can_send_message": can}
    return {"can_send_message": can, "entities": [entity]}


def display(digits: str) -> str:
    code = country_code(digits)
    rest = digits[len(code) :]
    if code != "55" or len(rest) not in {10, 11}:
        return f"+{code} {rest}"
    return f"+55 {rest[:2]} {rest[2:-4]}-{rest[-4:]}"
