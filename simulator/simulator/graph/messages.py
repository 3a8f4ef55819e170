"""`POST /{phone_number_id}/messages`: sending, marking as read, the typing indicator, and their mishaps."""

import asyncio
from typing import Any

from aiohttp import web

from simulator.core import Simulator
from simulator.faults import Fault
from simulator.graph.calls import SIMULATOR, Call, json_response, open_call, read_object, refusal
from simulator.graph.errors import GraphError, error_for, invalid
from simulator.sending import check_product

Json = dict[str, Any]

TYPING_SECONDS = 25.0
_HTML = "<!DOCTYPE html><html><body>Sorry, something went wrong.</body></html>"
_HANG_SECONDS = 600.0


def add_routes(app: web.Application, prefix: str) -> None:
    app.router.add_post(prefix + "/{node}/messages", post_messages)


async def post_messages(request: web.Request) -> web.StreamResponse:
    simulator = request.app[SIMULATOR]
    raw = await request.read()
    try:
        call = open_call(simulator, request)
        body = read_object(raw)
        fault = _fault(simulator, call, body)
        if fault is not None:
            return await _mishap(call, body, fault)
        told = answer(call, body)
    except GraphError as error:
        return _refused(simulator, request, raw, error)
    await simulator.world.journal.on_disk()
    return json_response(told)


def answer(call: Call, body: Json, *, held: bool = False, answered: str = "ok") -> Json:
    number = call.number()
    if "status" in body:
        return _mark_read(call, body)
    return call.simulator.sending.accept(number, body, held=held, answered=answered)


def _fault(simulator: Simulator, call: Call, body: Json) -> Fault | None:
    if not simulator.world.faults:
        return None
    to = str(body.get("to") or body.get("recipient") or "")
    person = simulator.world.people.find_by_phone(to.lstrip("+")) if to else None
    names = (to, to.lstrip("+"), *((person.wa_id, person.user_id) if person else ()))
    kind = "read" if "status" in body else str(body.get("type", "text"))
    return simulator.world.faults.on_call("messages", number=call.node, to=names, kind=kind)


async def _mishap(call: Call, body: Json, fault: Fault) -> web.StreamResponse:
    told = (
        answer(call, body, held=fault.action == "hold", answered=fault.action) if fault.takes_first else None
    )
    if told is None:
        call.world.journal.add(
            "graph.mishap", action=fault.action, number=call.node, code=fault.code, body=body
        )
    await call.world.journal.on_disk()
    match fault.action:
        case "error":
            raise error_for(fault.code or 131000, status=fault.http_status)
        case "html":
            return web.Response(text=_HTML, status=fault.http_status or 502, content_type="text/html")
        case "lost" | "cut":
            return _cut(call.request)
        case "hang":
            await _pause(call.simulator, fault.seconds or _HANG_SECONDS)
            return _cut(call.request)
        case "slow":
            await _pause(call.simulator, call.world.faults.seconds(fault))
    return json_response(answer(call, body) if told is None else told)


def _cut(request: web.Request) -> web.Response:
    """Drop the connection in the middle of the exchange."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _pause(simulator: Simulator, seconds: float) -> None:
    try:
        await asyncio.wait_for(simulator.closing.wait(), seconds)
    except TimeoutError:
        return


def _refused(simulator: Simulator, request: web.Request, raw: bytes, error: GraphError) -> web.Response:
    facts: Json = {"body": raw.decode("utf-8", "replace")} if simulator.world.config.log_bodies else {}
    simulator.world.journal.add(
        "graph.refused",
        call="messages",
        node=request.match_info["node"],
        status=error.status,
        code=error.code,
        details=error.details or error.message,
        **facts,
    )
    return refusal(error)


def _mark_read(call: Call, body: Json) -> Json:
    check_product(body)
    wamid = body.get("message_id")
    message = call.world.chats.find_message(wamid) if isinstance(wamid, str) else None
    if (
        body["status"] != "read"
        or message is None
        or message.number_id != call.node
        or message.author != "customer"
    ):
        raise invalid("message_id must name a message this number received, and status must be read.")
    typing = body.get("typing_indicator")
    if typing is not None and (not isinstance(typing, dict) or typing.get("type") != "text"):
        raise invalid("typing_indicator.type must be text.")
    call.simulator.customers.business_reads(message)
    if typing is not None:
        _show_typing(call, message.wa_id)
    call.world.journal.add(
        "graph.read", number=call.node, wamid=message.id, wa_id=message.wa_id, typing=typing is not None
    )
    return {"success": True}


def _show_typing(call: Call, wa_id: str) -> None:
    chat = call.world.chats.get(call.node, wa_id)
    chat.typing_until = call.world.clock.now() + TYPING_SECONDS
    call.world.live.tell_chat(chat.key, {"type": "typing", "until": chat.typing_until})
