"""The ticket and the socket."""

import asyncio
from contextlib import suppress
from typing import Annotated, Any, Final

import structlog
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.websockets import WebSocket, WebSocketDisconnect

from pytake.identity import sessions
from pytake.identity.dependencies import checked, runtime_of
from pytake.identity.errors import InvalidToken
from pytake.identity.permissions import Permission
from pytake.identity.types import Claims
from pytake.kit import journal
from pytake.realtime.door import TicketHolder, ticket_payload
from pytake.realtime.hub import Hub
from pytake.realtime.rooms import Room
from pytake.realtime.schemas import TicketRead
from pytake.realtime.sockets import FRAMES, Line, Socket
from pytake.realtime.types import Close, Guest

log = structlog.get_logger(__name__)

TICKET_SECONDS: Final = 30
LARGEST_FRAME: Final = 65_536
_FRAMES_AT_ONCE: Final = 20
_FRAMES_PER_SECOND: Final = 2.0

router = APIRouter(tags=["realtime"])

Listener = Annotated[Claims, Depends(checked(Permission.CONVERSATIONS_READ))]


@router.post("/api/v1/realtime/ticket")
async def issue_ticket(request: Request, claims: Listener) -> TicketRead:
    runtime = runtime_of(request)
    async with runtime.work(claims.organization_id) as work:
        cursor = await journal.end(work.connection, claims.organization_id)
        standing = await sessions.living(work, [claims.session_id], claims.user_id)
    if (expires_at := standing.get(claims.session_id)) is None:
        raise InvalidToken
    ticket = await runtime.ports.tickets.issue(ticket_payload(claims, expires_at))
    return TicketRead(ticket=ticket, expires_in=TICKET_SECONDS, cursor=str(cursor))


@router.websocket("/ws")
async def live(websocket: WebSocket, guest: Annotated[Guest, Depends(TicketHolder())]) -> None:
    hub: Hub = websocket.app.state.hub
    line: Line = websocket.scope["extensions"][FRAMES]["line"]
    socket = Socket(guest, line, websocket.close)
    async with hub.seat(socket) as room:
        await websocket.accept()
        await _serve(websocket, socket, room)


async def _serve(websocket: WebSocket, socket: Socket, room: Room) -> None:
    entering = asyncio.create_task(_enter(room, socket))
    ends = [
        asyncio.create_task(_write(socket)),
        asyncio.create_task(_read(websocket, socket)),
        asyncio.create_task(socket.abandoned()),
    ]
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (entering, *ends):
            task.cancel()
        await asyncio.gather(entering, *ends, return_exceptions=True)


async def _enter(room: Room, socket: Socket) -> None:
    try:
        await room.enter(socket)
    except Exception:  # the edge of a task: the browser is told to come back
        log.exception("room_entrance_failed")
        socket.close(Close.TRY_AGAIN)


async def _write(socket: Socket) -> None:
    with suppress(WebSocketDisconnect, OSError):
        await socket.write()


async def _read(websocket: WebSocket, socket: Socket) -> None:
    """Browsers have nothing to say here. A little is overheard, a lot ends the socket."""
    loop = asyncio.get_running_loop()
    allowance, since = float(_FRAMES_AT_ONCE), loop.time()
    while (message := await websocket.receive())["type"] != "websocket.disconnect":
        now = loop.time()
        allowance = min(_FRAMES_AT_ONCE, allowance + (now - since) * _FRAMES_PER_SECOND) - 1
        since = now
        if _size(message) > LARGEST_FRAME:
            socket.close(Close.TOO_BIG)
        elif allowance < 0:
            socket.close(Close.POLICY)


def _size(message: Any) -> int:
    return len((message.get("text") or "").encode()) or len(message.get("bytes") or b"")
