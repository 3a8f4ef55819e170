"""uvicorn's WebSocket with a second way in: for frames that are encoded already.

An event goes to every socket of an organization as the same bytes. Through ASGI each socket would encode it
again, in a task that has to be woken first.
"""

from collections.abc import Iterable

from typing_extensions import override
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from pytake.realtime.sockets import FRAMES


class FrameProtocol(WebSocketsSansIOProtocol):
    """Offers itself to the application as the ASGI extension `FRAMES`: a `realtime.sockets.Line`."""

    @override
    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.handshake_complete:  # it would be, by a refusal
            self.scope["extensions"][FRAMES] = {"line": self}

    def is_free(self) -> bool:
        return self.writable.is_set()

    async def until_free(self) -> None:
        await self.writable.wait()

    def write(self, frames: Iterable[bytes]) -> None:
        if not (self.disconnected or self.close_sent):
            self.transport.writelines(frames)
