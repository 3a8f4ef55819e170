"""The webhook: check the signature over the raw bytes, store them, answer 200. Nothing else happens here.

Plain ASGI and no route of the framework: this is the hottest address there is, and most of a route's price is
for what it could do.
"""

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from pytake.http.errors import refuse
from pytake.inbound.channels import Channels
from pytake.inbound.errors import DeliveryNotStored, SignatureInvalid, UnknownWebhook
from pytake.inbound.hearing import Hearing
from pytake.inbound.intake import Intake
from pytake.kit.database import CONNECTION_LOST
from pytake.kit.errors import MethodNotAllowed, PyTakeError
from pytake.runtime import Runtime
from pytake.whatsapp.channels import service as channels
from pytake.whatsapp.types import Channel

PREFIX: Final = "/webhooks/whatsapp/"
PATTERN: Final = PREFIX + "{channel_key}"
SIGNATURE: Final = b"x-hub-signature-256"

_TAKEN: Final[tuple[Message, ...]] = (
    {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]},
    {"type": "http.response.body", "body": b""},
)


class HungUp(Exception):
    """The client left before its body was whole; there is nobody to answer."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Both methods of one address. How large a delivery may be is the edge's to say (`http.middleware`)."""

    channels: Channels
    intake: Intake
    runtime: Runtime
    hearing: Hearing

    @classmethod
    def open(cls, runtime: Runtime) -> "Webhook":
        return cls(Channels(runtime), Intake(runtime), runtime, Hearing(runtime))

    def take_at_once(
        self, channel_key: str, body: bytes, signature: str | None
    ) -> asyncio.Future[None] | None:
        """Take a delivery about which nobody has to be asked; done when its bytes are committed.

        None when it is not that plain: then nothing has happened, and a request says what is wrong.
        """
        channel = self.channels.known(channel_key)
        if channel is None or not self._is_signed(channel, body, signature):
            return None
        self.hearing.heard(channel)
        return self.intake.store(channel.id, body)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["pattern"] = PATTERN
        try:
            match scope["method"]:
                case "POST":
                    await self._take(scope, receive)
                    for message in _TAKEN:
                        await send({**message})
                case "GET" | "HEAD":
                    await (await self._verify(scope))(scope, receive, send)
                case _:
                    raise MethodNotAllowed
        except PyTakeError as error:
            await refuse(error)(scope, receive, send)
        except HungUp:
            pass

    async def _verify(self, scope: Scope) -> Response:
        """Meta's handshake. As plain text: echoing a stranger's text as HTML would run it."""
        channel = await self._channel(scope)
        query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        verification = self.runtime.ports.whatsapp.verification(channel.verify_token, query)
        if verification.challenge is not None:
            await self._note_verified(channel)
        return PlainTextResponse(verification.challenge or "", verification.status)

    async def _note_verified(self, channel: Channel) -> None:
        try:
            async with self.runtime.work(channel.organization_id) as work:
                await channels.note_verified(work, channel.id)
        except CONNECTION_LOST as error:
            raise DeliveryNotStored from error

    async def _take(self, scope: Scope, receive: Receive) -> None:
        """Return when the bytes are committed; 503 asks Meta to come again, which it does for 7 days."""
        channel = await self._channel(scope)
        body = await _body(receive)
        if not self._is_signed(channel, body, _signature(scope)):
            raise SignatureInvalid
        try:
            await self.intake.store(channel.id, body)
        except Exception as error:
            raise DeliveryNotStored from error
        self.hearing.heard(channel)

    def _is_signed(self, channel: Channel, body: bytes, signature: str | None) -> bool:
        return self.runtime.ports.whatsapp.signature_ok(channel.app_secrets, body, signature)

    async def _channel(self, scope: Scope) -> Channel:
        try:
            channel = await self.channels.find(scope["path"].removeprefix(PREFIX))
        except CONNECTION_LOST as error:
            raise DeliveryNotStored from error
        if channel is None:
            raise UnknownWebhook
        return channel


async def _body(receive: Receive) -> bytes:
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        return message.get("body", b"")  # type: ignore[no-any-return]  # ASGI messages are dicts of anything
    parts = []
    while True:
        if message["type"] != "http.request":
            raise HungUp
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)
        message = await receive()


def _signature(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == SIGNATURE:
            return str(value, "latin-1")
    return None
