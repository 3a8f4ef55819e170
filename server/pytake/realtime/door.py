"""The door to the live stream: the right page, a fresh ticket, a user who may listen."""

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit
from uuid import UUID

from starlette.websockets import WebSocket

from pytake.identity import service as identity
from pytake.identity.dependencies import runtime_of
from pytake.identity.permissions import Permission
from pytake.kit.journal import Cursor
from pytake.realtime.errors import CursorInvalid, ForeignOrigin, TicketRefused
from pytake.realtime.types import Guest
from pytake.runtime import Runtime


class TicketHolder:
    """Lets in whoever holds a ticket, once. A refusal is an HTTP answer; the socket is never opened."""

    guards: ClassVar[bool] = True

    async def __call__(self, websocket: WebSocket) -> Guest:
        _check_origin(websocket)
        runtime = runtime_of(websocket)
        after = _cursor(websocket.query_params.get("after"))
        payload = await runtime.ports.tickets.redeem(websocket.query_params.get("ticket", ""))
        if payload is None:
            raise TicketRefused
        guest = _guest(payload, after)
        await _check_permission(runtime, guest)
        return guest


def ticket_payload(guest: Guest) -> dict[str, Any]:
    return {
        "user_id": str(guest.user_id),
        "organization_id": str(guest.organization_id),
        "expires_at": guest.expires_at.isoformat(),
    }


def _guest(payload: dict[str, Any], after: Cursor | None) -> Guest:
    return Guest(
        UUID(payload["user_id"]),
        UUID(payload["organization_id"]),
        datetime.fromisoformat(payload["expires_at"]),
        after,
    )


async def _check_permission(runtime: Runtime, guest: Guest) -> None:
    async with runtime.work(guest.organization_id) as work:
        permission = Permission.CONVERSATIONS_READ
        welcome = await identity.still_permitted(work, [guest.user_id], permission)
        if guest.user_id not in welcome or guest.expires_at <= work.now:
            raise TicketRefused


def _check_origin(websocket: WebSocket) -> None:
    """Browsers always say which page asks; without an origin it is no browser, and nobody to protect."""
    origin = websocket.headers.get("origin")
    if origin is None:
        return
    if urlsplit(origin).netloc == websocket.headers.get("host") != "":
        return
    if origin not in websocket.app.state.web_origins:
        raise ForeignOrigin


def _cursor(text: str | None) -> Cursor | None:
    if not text:
        return None
    try:
        return Cursor.parse(text)
    except ValueError:
        raise CursorInvalid from None
