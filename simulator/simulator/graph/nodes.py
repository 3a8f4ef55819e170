"""`GET` and `POST /{id}`: one path for every kind of thing; whoever knows the id answers."""

from typing import Any

from aiohttp import web

from simulator.graph import media, numbers, templates
from simulator.graph.calls import Call, endpoint

Json = dict[str, Any]


def add_routes(app: web.Application, prefix: str) -> None:
    app.router.add_get(prefix + "/{node}", endpoint("node", read_node))
    app.router.add_post(prefix + "/{node}", endpoint("edit_template", change_node))


async def read_node(call: Call) -> Json:
    if call.node in call.world.accounts.wabas:
        waba = call.waba()
        return {"id": waba.waba_id, "name": waba.name}
    if call.world.media.find(call.node) is not None:
        return await media.describe(call)
    if call.node in call.world.templates.by_id:
        return await templates.read_template(call)
    return await numbers.read_number(call)


async def change_node(call: Call) -> Json:
    if call.node in call.world.accounts.numbers:
        return await numbers.change_pin(call)
    return await templates.edit_template(call)
