"""The door to the live stream: the right page, a fresh ticket, a user who may listen."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from starlette.websockets import WebSocket

from pytake.conversations.sight import Sight
from pytake.http.origins import is_foreign
from pytake.identity import service as identity
from pytake.identity import sessions
from pytake.identity.dependencies import runtime_of
from pytake.identity.permissions import Permission
from pytake.identity.types import Claims
from pytake.kit.journal import Cursor
from pytake.realtime.errors import CursorInvalid, ForeignOrigin, TicketRefused
from pytake.realtime.types import Guest
from pytake.runtime import Runtime


class TicketHolder:
    """Lets in whoever holds a ticket, once. A refusal is an HTTP answer; the socket is never opened."""

    guards: ClassVar[bool] = True
    permission: Permission = Permission.CONVERSATIONS_READ

    async def __call__(self, websocket: WebSocket) -> Guest:
        _check_origin(websocket)
        runtime = runtime_of(websocket)
        after = _cursor(websocket.query_params.get("after"))
        payload = await runtime.ports.tickets.redeem(websocket.query_params.get("ticket", ""))
        if payload is None:
            raise TicketRefused
        return await _admitted(runtime, payload, after)


def ticket_payload(claims: Claims, expires_at: datetime) -> dict[str, Any]:
    """`expires_at`: when the session ends at the latest."""
    return {
        "user_id": str(claims.user_id),
        "organization_id": str(claims.organization_id),
        "session_id": str(claims.session_id),
        "expires_at": expires_at.isoformat(),
    }


async def _admitted(runtime: Runtime, payload: dict[str, Any], after: Cursor | None) -> Guest:
    """Raises TicketRefused when they may not listen any more."""
    user_id, organization_id = UUID(payload["user_id"]), UUID(payload["organization_id"])
    session_id, expires_at = UUID(payload["session_id"]), datetime.fromisoformat(payload["expires_at"])
    async with runtime.work(organization_id) as work:
        granted = (await identity.grants(work, [user_id])).get(user_id, frozenset())
        standing = await sessions.living(work, [session_id], user_id)
        if TicketHolder.permission not in granted or not standing or expires_at <= work.now:
            raise TicketRefused
    return Guest(user_id, organization_id, session_id, expires_at, after, Sight.of(user_id, granted))


def _check_origin(websocket: WebSocket) -> None:
    """Browsers always say which page asks; without an origin it is no browser, and nobody to protect."""
    if is_foreign(websocket):
        raise ForeignOrigin


def _cursor(text: str | None) -> Cursor | None:
    if not text:
        return None
    try:
        return Cursor.parse(text)
    except ValueError:
        raise CursorInvalid from None
