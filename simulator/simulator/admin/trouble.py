"""Faults, chance, the clock, raw webhooks, and the log that judges them."""

import asyncio
from dataclasses import asdict, fields
from typing import Any

from aiohttp import web

from simulator.admin.guard import (
    BadRequestError,
    NotThereError,
    answer,
    body_of,
    guarded,
    query_number,
    simulator_of,
)
from simulator.faults import Fault
from simulator.webhooks.updates import Update

Json = dict[str, Any]

_LOG_MOST = 5000
_WAIT_MOST = 60.0


def add_routes(app: web.Application) -> None:
    app.router.add_get("/health", guarded(health))
    app.router.add_get("/_simulator/log", guarded(read_log))
    app.router.add_get("/_simulator/faults", guarded(list_faults))
    app.router.add_post("/_simulator/faults", guarded(add_fault))
    app.router.add_delete("/_simulator/faults", guarded(clear_faults))
    app.router.add_delete("/_simulator/faults/{id}", guarded(clear_faults))
    app.router.add_post("/_simulator/seed", guarded(seed))
    app.router.add_post("/_simulator/clock", guarded(shift_clock))
    app.router.add_post("/_simulator/webhooks", guarded(send_update))


async def health(request: web.Request) -> web.Response:
    simulator = simulator_of(request)
    return answer(
        {
            "status": "ok",
            "pending_webhooks": simulator.world.postman.pending,
            "statuses_to_come": simulator.statuses.to_come,
        }
    )


async def read_log(request: web.Request) -> web.Response:
    """Records after `after`; with `wait`, held open so many seconds until there is one."""
    journal = simulator_of(request).world.journal
    after = int(query_number(request, "after", 0))
    most = max(1, min(_LOG_MOST, int(query_number(request, "limit", 1000))))
    wait = min(_WAIT_MOST, query_number(request, "wait", 0))
    if journal.last <= after and wait > 0:
        try:
            await asyncio.wait_for(journal.wait_for(lambda record: record["seq"] > after), wait)
        except TimeoutError:
            return answer({"records": [], "last": journal.last})
    return answer({"records": journal.since(after, most), "last": journal.last})


async def list_faults(request: web.Request) -> web.Response:
    return answer({"items": simulator_of(request).world.faults.all()})


async def add_fault(request: web.Request) -> web.Response:
    body = await body_of(request)
    known = {each.name for each in fields(Fault)} - {"fired"}
    unknown = sorted(set(body) - known)
    if unknown:
        raise BadRequestError(f"Unknown keys: {', '.join(unknown)}. Known: {', '.join(sorted(known))}.")
    try:
        fault = Fault(**body)
    except TypeError as error:
        raise BadRequestError("A fault needs side and action.") from error
    return answer(asdict(simulator_of(request).world.faults.add(fault)), 201)


async def clear_faults(request: web.Request) -> web.Response:
    identity = request.match_info.get("id")
    cleared = simulator_of(request).world.faults.clear(identity)
    if identity is not None and cleared == 0:
        raise NotThereError(f"There is no fault {identity}.")
    return answer({"cleared": cleared})


async def seed(request: web.Request) -> web.Response:
    body = await body_of(request)
    simulator_of(request).world.faults.seed(body.get("seed"))
    return answer({"seed": body.get("seed")})


async def shift_clock(request: web.Request) -> web.Response:
    """`by` moves the clock, `to_offset` sets how far it is from the real one."""
    clock = simulator_of(request).world.clock
    body = await body_of(request)
    by = body.get("by", float(body.get("to_offset", clock.shifted_by)) - clock.shifted_by)
    if not isinstance(by, int | float):
        raise BadRequestError("by must be a number of seconds.")
    clock.shift(by)
    return answer({"now": clock.now(), "shifted_by": clock.shifted_by})


async def send_update(request: web.Request) -> web.Response:
    """Any webhook: a `field` and its whole `value`, for an account."""
    body = await body_of(request)
    if not isinstance(body.get("value"), dict) or not isinstance(body.get("field"), str):
        raise BadRequestError("field and value are needed.")
    world = simulator_of(request).world
    waba_id = str(body.get("waba_id") or next(iter(world.accounts.wabas), ""))
    if waba_id not in world.accounts.wabas:
        raise NotThereError(f"There is no WABA {waba_id}.")
    update = Update(waba_id, body["field"], body["value"], {"field": body["field"]}, kind="account")
    update.time = None if body["field"] == "messages" else int(world.clock.now())
    world.postman.tell(update)
    return answer({"told": True}, 202)
