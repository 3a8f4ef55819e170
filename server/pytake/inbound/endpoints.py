"""The webhook: check the signature over the raw bytes, store them, answer 200. Nothing else happens here."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pytake.inbound.channels import Channels
from pytake.inbound.errors import DeliveryNotStored, SignatureInvalid, UnknownWebhook
from pytake.inbound.intake import Intake
from pytake.kit.database import CONNECTION_LOST
from pytake.runtime import Runtime
from pytake.whatsapp.types import Channel

SIGNATURE = "x-hub-signature-256"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Both methods of one address. Plain Starlette: this is the hottest route there is.

    How large a delivery may be is the edge's to say (`http.middleware`).
    """

    runtime: Runtime
    channels: Channels
    intake: Intake

    @classmethod
    def open(cls, runtime: Runtime) -> "Webhook":
        return cls(runtime, Channels(runtime), Intake(runtime))

    def routes(self) -> list[Route]:
        path = "/webhooks/whatsapp/{channel_key}"
        return [Route(path, self.receive, methods=["POST"]), Route(path, self.verify, methods=["GET"])]

    async def verify(self, request: Request) -> Response:
        """Meta's handshake. As plain text: echoing a stranger's text as HTML would run it."""
        channel = await self._channel(request)
        verification = self.runtime.ports.whatsapp.verification(channel.verify_token, request.query_params)
        return PlainTextResponse(verification.challenge or "", verification.status)

    async def receive(self, request: Request) -> Response:
        """200 only when the bytes are committed; 503 asks Meta to come again, which it does for 7 days."""
        channel = await self._channel(request)
        body = await request.body()
        if not self.runtime.ports.whatsapp.signature_ok(
            channel.app_secrets, body, request.headers.get(SIGNATURE)
        ):
            raise SignatureInvalid
        try:
            await self.intake.store(channel.id, body)
        except Exception as error:
            raise DeliveryNotStored from error
        return Response(status_code=200)

    async def _channel(self, request: Request) -> Channel:
        try:
            channel = await self.channels.find(request.path_params["channel_key"])
        except CONNECTION_LOST as error:
            raise DeliveryNotStored from error
        if channel is None:
            raise UnknownWebhook
        return channel
