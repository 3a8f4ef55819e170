"""Deciding about templates by hand: what the page of the business account does."""

from dataclasses import fields
from typing import Any

from aiohttp import web

from simulator.admin.guard import BadRequestError, NotThereError, answer, body_of, guarded, simulator_of
from simulator.templates import Template, as_document

Json = dict[str, Any]


def add_routes(app: web.Application) -> None:
    app.router.add_get("/_simulator/templates", guarded(list_templates))
    app.router.add_put("/_simulator/templates", guarded(put_template))
    app.router.add_post("/_simulator/templates/{id}", guarded(decide))


async def list_templates(request: web.Request) -> web.Response:
    world = simulator_of(request).world
    chosen = request.query.get("waba_id")
    items = [
        as_document(each)
        for waba_id in world.accounts.wabas
        if chosen in (None, waba_id)
        for each in world.templates.of(waba_id)
    ]
    return answer({"items": items})


async def put_template(request: web.Request) -> web.Response:
    """Have a template as if it had always been there: nothing is reviewed and nobody is told."""
    world = simulator_of(request).world
    body = await body_of(request)
    known = {each.name for each in fields(Template)}
    if unknown := sorted(set(body) - known):
        raise BadRequestError(f"Unknown keys: {', '.join(unknown)}. Known: {', '.join(sorted(known))}.")
    try:
        template = Template(**{"status": "APPROVED", **body})
    except TypeError as error:
        raise BadRequestError("waba_id, name, language, category and components are needed.") from error
    if template.waba_id not in world.accounts.wabas:
        raise NotThereError(f"There is no WABA {template.waba_id}.")
    before = world.templates.find(*template.key)
    if before is not None:
        world.forget_template(before)
    world.keep_template(template)
    return answer(as_document(template))


async def decide(request: web.Request) -> web.Response:
    """`do`: status, quality, category, body."""
    simulator = simulator_of(request)
    template = simulator.world.templates.by_id.get(request.match_info["id"])
    if template is None:
        raise NotThereError(f"There is no template {request.match_info['id']}.")
    body = await body_of(request)
    match body.get("do"):
        case "status":
            info = body.get("info")
            simulator.reviewing.set_status(
                template,
                str(body.get("status")),
                reason=str(body.get("reason") or "NONE"),
                info=info if isinstance(info, dict) else None,
            )
        case "quality":
            simulator.reviewing.set_quality(template, str(body.get("score")))
        case "category":
            impending = bool(body.get("impending"))
            simulator.reviewing.set_category(template, str(body.get("category")), impending=impending)
        case "body":
            simulator.reviewing.set_body(template, str(body.get("text") or ""))
        case _:
            raise BadRequestError("do must be status, quality, category or body.")
    return answer(as_document(template))
