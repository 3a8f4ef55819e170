"""Which apps hear of an account: `/{waba_id}/subscribed_apps`."""

from typing import Any

from aiohttp import web

from simulator.accounts import BusinessAccount, MetaApp
from simulator.graph.calls import Call, endpoint, read_object
from simulator.graph.errors import GraphError, error_for, required_parameter
from simulator.webhooks.handshake import HandshakeError

Json = dict[str, Any]

_HANDSHAKE_SUBCODE = 2200


def add_routes(app: web.Application, prefix: str) -> None:
    path = prefix + "/{node}/subscribed_apps"
    app.router.add_get(path, endpoint("subscribed_apps", list_apps))
    app.router.add_post(path, endpoint("subscribed_apps", subscribe))
    app.router.add_delete(path, endpoint("subscribed_apps", unsubscribe))


async def list_apps(call: Call) -> Json:
    waba = call.waba()
    known = call.world.accounts.apps
    return {"data": [_describe(known[app_id], waba) for app_id in waba.subscribed_apps if app_id in known]}


def _describe(app: MetaApp, waba: BusinessAccount) -> Json:
    described: Json = {
        "whatsapp_business_api_data": {"id": app.app_id, "name": app.name, "link": "https://example.com/"}
    }
    if app.app_id in waba.overrides:
        described["override_callback_uri"] = waba.overrides[app.app_id]
    return described


async def subscribe(call: Call) -> Json:
    waba = call.waba()
    app = _asking_app(call)
    raw = await call.request.read()
    body = read_object(raw) if raw.strip() else {}
    url = body.get("override_callback_uri")
    if url is not None:
        if not body.get("verify_token"):
            raise required_parameter("verify_token")
        await _verify(call, str(url), str(body["verify_token"]))
        waba.overrides[app.app_id] = str(url)
    else:
        waba.overrides.pop(app.app_id, None)
    if app.app_id not in waba.subscribed_apps:
        waba.subscribed_apps.append(app.app_id)
    call.world.keep_waba(waba)
    return {"success": True}


async def unsubscribe(call: Call) -> Json:
    waba = call.waba()
    app = _asking_app(call)
    waba.subscribed_apps = [each for each in waba.subscribed_apps if each != app.app_id]
    waba.overrides.pop(app.app_id, None)
    call.world.keep_waba(waba)
    return {"success": True}


def _asking_app(call: Call) -> MetaApp:
    """The app the token was issued by."""
    app = call.world.accounts.app_of_token(call.token)
    if app is None:
        raise error_for(10)
    return app


async def _verify(call: Call, url: str, verify_token: str) -> None:
    try:
        await call.simulator.registration.handshake(url, verify_token)
    except HandshakeError as error:
        message = f"(#2200) Callback verification failed with the following errors: {error}"
        raise GraphError(_HANDSHAKE_SUBCODE, 400, message) from error
