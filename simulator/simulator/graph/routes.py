"""Every Graph endpoint, under every version."""

from aiohttp import web

from simulator.graph import media, messages, nodes, numbers, profiles, subscriptions, templates, uploads
from simulator.graph.calls import refusal
from simulator.graph.errors import unknown_path

_PREFIX = "/{version:v[0-9]+\\.[0-9]+}"


def add_graph(app: web.Application) -> None:
    media.add_links(app)
    profiles.add_links(app)
    for module in (messages, media, uploads, numbers, profiles, subscriptions, templates, nodes):
        module.add_routes(app, _PREFIX)
    app.router.add_route("*", _PREFIX + "/{rest:.*}", _nothing_here)


async def _nothing_here(_request: web.Request) -> web.StreamResponse:
    return refusal(unknown_path())
