"""The API behind a socket, until SIGTERM or SIGINT."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import redis
import uvicorn
import uvloop
from fastapi import FastAPI
from typing_extensions import override
from uvicorn.server import HANDLED_SIGNALS

from pytake.adapters.celery.app import make_celery
from pytake.adapters.celery.queue import CeleryJobs
from pytake.entrypoints.api import create_app
from pytake.entrypoints.bootstrap import build_runtime, close_runtime
from pytake.entrypoints.frames import FrameProtocol
from pytake.entrypoints.logging import configure_logging
from pytake.entrypoints.readiness import tell_ready
from pytake.entrypoints.short_way import Config
from pytake.settings import Settings

LAST_REQUESTS = 2
"""Seconds that requests under way and open sockets get when we are told to stop."""
LARGEST_SOCKET_MESSAGE = 64 * 1024


class Server(uvicorn.Server):
    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        tell_ready()

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Uvicorn raises the signal again when it has stopped, and the process would end with open stores."""
        loop = asyncio.get_running_loop()
        for number in HANDLED_SIGNALS:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in HANDLED_SIGNALS:
                loop.remove_signal_handler(number)


def serve(settings: Settings) -> None:
    configure_logging(settings)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    client = redis.Redis.from_url(settings.redis_url, socket_timeout=1, socket_connect_timeout=1)
    jobs = CeleryJobs(make_celery(settings.redis_url), client)
    runtime = await build_runtime(settings, "api", jobs)
    try:
        await Server(_config(settings, create_app(runtime, settings, runtime.probes()))).serve()
    finally:
        jobs.close()
        await close_runtime(runtime)


def _config(settings: Settings, app: FastAPI) -> Config:
    return Config(
        app,
        app.state.webhook,
        is_over_tls=settings.public_url.startswith("https://"),
        host=settings.host,
        port=settings.port,
        ws=FrameProtocol,
        ws_max_size=LARGEST_SOCKET_MESSAGE,
        ws_per_message_deflate=False,  # for events so small it costs more than it saves
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # it would believe whoever calls from this machine; `api` adds it for a list
        timeout_graceful_shutdown=LAST_REQUESTS,
        backlog=2048,
    )
