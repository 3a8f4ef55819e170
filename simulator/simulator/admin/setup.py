"""Registering apps, accounts, numbers; looking at what is registered."""

from dataclasses import asdict
from typing import Any

from aiohttp import web

from simulator.admin.guard import NotThereError, answer, body_of, guarded, simulator_of
from simulator.graph.numbers import display

Json = dict[str, Any]


def add_routes(app: web.Application) -> None:
    app.router.add_get("/_simulator/state", guarded(read_state))
    app.router.add_put("/_simulator/setup", guarded(put_everything))
    app.router.add_put("/_simulator/apps/{id}", guarded(put_app))
    app.router.add_put("/_simulator/wabas/{id}", guarded(put_waba))
    app.router.add_put("/_simulator/numbers/{id}", guarded(put_number))


async def read_state(request: web.Request) -> web.Response:
    return answer(describe_state(request))


def describe_state(request: web.Request) -> Json:
    """Everything registered, without the secrets."""
    world = simulator_of(request).world
    accounts = world.accounts
    return {
        "apps": [
            {
                "app_id": app.app_id,
                "name": app.name,
                "callback_url": app.callback_url,
                "verified": app.verified,
            }
            for app in accounts.apps.values()
        ],
        "wabas": [asdict(waba) for waba in accounts.wabas.values()],
        "numbers": [
            {
                "phone_number_id": number.phone_number_id,
                "waba_id": number.waba_id,
                "display_phone_number": display(number.digits),
                "verified_name": number.verified_name,
                "status": number.status,
            }
            for number in accounts.numbers.values()
        ],
        "customers": [asdict(person) for person in world.people.by_wa_id.values()],
        "latest": [chat.messages[-1] for chat in world.chats.all() if chat.messages],
        "pending_webhooks": world.postman.pending,
        "clock": world.clock.now(),
    }


async def put_everything(request: web.Request) -> web.Response:
    await simulator_of(request).registration.everything(await body_of(request))
    return answer(describe_state(request))


async def put_app(request: web.Request) -> web.Response:
    document = {**await body_of(request), "app_id": request.match_info["id"]}
    app = await simulator_of(request).registration.app(document)
    return answer({"app_id": app.app_id, "callback_url": app.callback_url, "verified": app.verified})


async def put_waba(request: web.Request) -> web.Response:
    document = {**await body_of(request), "waba_id": request.match_info["id"]}
    return answer(asdict(simulator_of(request).registration.waba(document)))


async def put_number(request: web.Request) -> web.Response:
    document = {**await body_of(request), "phone_number_id": request.match_info["id"]}
    number = simulator_of(request).registration.number(document)
    return answer(
        {"phone_number_id": number.phone_number_id, "waba_id": number.waba_id, "status": number.status}
    )


def missing(what: str, identity: str) -> NotThereError:
    return NotThereError(f"There is no {what} {identity}.")
