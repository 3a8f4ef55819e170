"""The web application: Graph, admin and page over one simulator."""

from collections.abc import AsyncIterator

from aiohttp import web

from simulator.admin import changes, files, numbers, people, setup, templates, trouble, watching
from simulator.config import Config
from simulator.core import Simulator
from simulator.graph.calls import SIMULATOR
from simulator.graph.routes import add_graph
from simulator.page_files import add_pages

_BODY_MOST = 4 * 1024 * 1024


def create_app(config: Config) -> web.Application:
    app = web.Application(client_max_size=_BODY_MOST)
    app[SIMULATOR] = Simulator(config)
    add_graph(app)
    for module in (setup, numbers, people, changes, files, templates, trouble, watching):
        module.add_routes(app)
    add_pages(app)
    app.cleanup_ctx.append(_life)
    app.on_shutdown.append(_closing)
    return app


async def _life(app: web.Application) -> AsyncIterator[None]:
    await app[SIMULATOR].start()
    yield
    await app[SIMULATOR].stop()


async def _closing(app: web.Application) -> None:
    """Wake the calls that hang on purpose, so that nobody waits for them."""
    app[SIMULATOR].closing.set()
