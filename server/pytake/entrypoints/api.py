"""The API process: the application, what it is made of, and how it is served."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import orjson
from fastapi import APIRouter, FastAPI
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp
from typing_extensions import override
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

import pytake
from pytake.accounts.endpoints import ROUTERS as ACCOUNTS
from pytake.accounts.reception import Cookies, Reception
from pytake.analytics import endpoints as charges
from pytake.audit import call_endpoints as calls
from pytake.audit import endpoints as audit
from pytake.conversations import endpoints as conversations
from pytake.conversations import media_endpoints as conversation_media
from pytake.departments import endpoints as departments
from pytake.entrypoints import health
from pytake.entrypoints.heartbeat import beating
from pytake.http.bodies import BodyLimits
from pytake.http.errors import ErrorBody, install_errors
from pytake.http.middleware import Edge
from pytake.http.rates import RateLimits
from pytake.http.request_log import RequestLog
from pytake.http.web import WebApp, is_built
from pytake.identity import endpoints as identity
from pytake.identity import (
    key_endpoints,
    organization_endpoints,
    people_endpoints,
    permission_endpoints,
    platform_endpoints,
    profile_endpoints,
)
from pytake.identity.guards import unguarded_routes
from pytake.identity.passwords import Passwords
from pytake.identity.premises import Premises
from pytake.identity.presence import Presence
from pytake.identity.reading import ReadingFirst
from pytake.identity.tokens import AccessTokens
from pytake.inbound.endpoints import PREFIX as WEBHOOKS
from pytake.inbound.endpoints import Webhook
from pytake.media import endpoints as media
from pytake.media import sample_endpoints as header_samples
from pytake.merging import endpoints as merging
from pytake.ports.rates import Counted
from pytake.realtime import endpoints as realtime
from pytake.realtime.hub import Hub
from pytake.runtime import Runtime
from pytake.settings import Settings, listed
from pytake.whatsapp import endpoints as whatsapp
from pytake.whatsapp.channels import endpoints as channels
from pytake.whatsapp.numbers import endpoints as numbers
from pytake.whatsapp.templates import endpoints as templates

Probe = Callable[[], Awaitable[None]]
"""Asks one store for a sign of life; raises when there is none."""

ROUTERS: Final[tuple[APIRouter, ...]] = (
    conversations.router,  # routes are tried in this order: what screens ask most comes first
    identity.router,
    *ACCOUNTS,
    organization_endpoints.router,
    charges.router,
    people_endpoints.router,
    permission_endpoints.router,
    profile_endpoints.router,
    departments.router,
    key_endpoints.router,
    platform_endpoints.router,
    whatsapp.router,
    media.router,
    header_samples.router,
    conversation_media.router,
    merging.router,
    templates.router,
    numbers.router,
    numbers.alert_router,
    channels.router,
    realtime.router,
    audit.router,
    calls.router,
)
OPENAPI: Final = "/api/openapi.json"

_FOLDERS: Final = (
    Path(pytake.__file__).parent / "web",
    Path(pytake.__file__).parents[2] / "web" / "dist",
)
"""Where the built web application is when no setting says so: in the package, or in the project."""

_PATIENCE: Final = {
    "/api/v1/audit-logs/verification": 120.0,
    "/api/v1/media": 600.0,
    "/api/v1/templates/header-samples": 600.0,
}
"""Seconds until an answer has to begin, for paths that need more than the usual."""

_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
_HEADERS: Final = ("Authorization", "Content-Type", "Idempotency-Key", "X-Request-Id")
_TOLD: Final = (
    "X-Request-Id",
    "Retry-After",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
    "Idempotent-Replayed",
)
"""What pages of other origins may send and read (`PYTAKE_CORS_ORIGINS`)."""

_DEVELOPMENT_ORIGINS: Final = frozenset({"http://localhost:5173", "http://127.0.0.1:5173"})


def create_app(runtime: Runtime, settings: Settings, probes: Mapping[str, Probe] | None = None) -> FastAPI:
    """Raises RuntimeError when a route would let a stranger in."""
    app = described(OPENAPI if settings.environment == "development" else None)
    app.state.requests = RequestLog(runtime.ports.documents)
    app.state.webhook = Webhook.open(runtime)
    _add_layers(app, settings)
    app.state.runtime = runtime
    app.state.reception = _reception(runtime, settings)
    app.state.tokens = app.state.reception.tokens
    app.state.hub = Hub(runtime)
    app.state.premises = Premises()
    app.state.presence = Presence(runtime, app.state.hub.guests)
    app.state.rate_limits = RateLimits(
        runtime.ports.rates,
        {
            Counted.USER: settings.user_requests_per_minute,
            Counted.ORGANIZATION: settings.organization_requests_per_minute,
            Counted.API_KEY: settings.api_key_requests_per_minute,
        },
    )
    app.state.web_origins = _web_origins(settings)
    app.state.public_url = settings.public_url
    app.state.simulator_url = settings.simulator_url or None
    app.router.lifespan_context = _lifespan
    health.add_routes(app, probes or {})
    _serve_web(app, settings.web_dir)
    if strangers := unguarded_routes(app.routes):
        raise RuntimeError(f"these routes have no guard: {', '.join(strangers)}")
    return app


def _add_layers(app: FastAPI, settings: Settings) -> None:
    """From the inside out: what is added last sees a request first."""
    if origins := listed(settings.cors_origins):
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=_METHODS,
            allow_headers=_HEADERS,
            expose_headers=_TOLD,
        )
    app.add_middleware(
        Edge,
        direct={WEBHOOKS: app.state.webhook},
        patience=_PATIENCE,
        limits=BodyLimits(app.routes),
        is_over_tls=settings.public_url.startswith("https://"),
        requests=app.state.requests,
    )
    if proxies := listed(settings.trusted_proxies):
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=proxies)


def _reception(runtime: Runtime, settings: Settings) -> Reception:
    is_development = settings.environment == "development"
    return Reception(
        Passwords(),
        AccessTokens(timedelta(minutes=settings.access_token_minutes), *settings.secret_keys()),
        Cookies(is_secure=not is_development or settings.public_url.startswith("https://")),
        shows_outbox=is_development and runtime.ports.mailer.is_local,
    )


def openapi_document() -> str:
    """The API as JSON, the same every time: what the web's client is made from."""
    document = described(None).openapi()
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def described(openapi_url: str | None) -> FastAPI:
    app = _bare(openapi_url)
    app.router.routes += routes()
    return app


@cache
def routes() -> Sequence[BaseRoute]:
    """Shared by all applications of a process: what FastAPI works out for each route is most of what an
    application costs, is kept where the route was included, and depends on no setting.
    """
    app = _bare(None)
    for router in ROUTERS:
        app.include_router(router)
    return tuple(app.routes)


def _bare(openapi_url: str | None) -> FastAPI:
    app = _Application(
        title="PyTake",
        version="1",
        openapi_url=openapi_url,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
        responses={"4XX": {"model": ErrorBody, "description": "Refused."}},
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    install_errors(app)
    return app


class _Application(FastAPI):
    """Without the layers that the framework puts around ours: `Edge` catches what nobody could answer, limits
    bodies and measures, for what comes past the framework as well.
    """

    @override
    def build_middleware_stack(self) -> ASGIApp:
        reading = (route for router in ROUTERS for route in router.routes)
        stack: ASGIApp = ReadingFirst(AsyncExitStackMiddleware(self.router), reading)
        stack = ExceptionMiddleware(stack, handlers=self.exception_handlers)
        for layer, arguments, named in reversed(self.user_middleware):
            stack = layer(stack, *arguments, **named)
        return stack


def _operation_id(route: APIRoute) -> str:
    """The endpoint's own name; names are therefore unique in the whole API."""
    return route.name


def _web_origins(settings: Settings) -> frozenset[str]:
    """Pages besides our own host that may open a socket."""
    public = urlsplit(settings.public_url)
    origins = frozenset({f"{public.scheme}://{public.netloc}"})
    return origins | _DEVELOPMENT_ORIGINS if settings.environment == "development" else origins


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    hub: Hub = app.state.hub
    requests: RequestLog = app.state.requests
    presence: Presence = app.state.presence
    async with beating(app.state.runtime, "api"), hub.running(), requests.kept(), presence.noted():
        yield


def _serve_web(app: FastAPI, chosen: Path | None) -> None:
    folders = (chosen,) if chosen else _FOLDERS
    folder = next((folder for folder in folders if is_built(folder)), None)
    if folder is not None:
        app.router.default = WebApp(folder, app.router.default)
