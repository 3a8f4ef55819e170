"""The Graph API over HTTP: failures are told apart by whether Meta may have acted."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Self

import orjson

from pytake.adapters.meta import errors, signature, templates, webhook
from pytake.adapters.meta.ask import fits_a_header, segment
from pytake.adapters.meta.numbers import MetaNumbers
from pytake.adapters.meta.payloads import LetterError, request_body
from pytake.adapters.meta.wire import Answer, Lost, NotSent, Wire
from pytake.ports.whatsapp import (
    Item,
    Json,
    Letter,
    Outcome,
    Policy,
    Refused,
    Sender,
    Unknown,
    Verification,
)
from pytake.ports.whatsapp_templates import CreatedTemplate, RemoteTemplate, TemplatePage

GRAPH_URL = "https://graph.facebook.com/v25.0"

CONNECTIONS = 256
CONNECT_SECONDS = 5
TOTAL_SECONDS = 30


class MetaClient(MetaNumbers):
    def __init__(
        self,
        graph_url: str = GRAPH_URL,
        *,
        connections: int = CONNECTIONS,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        super().__init__(
            Wire(
                graph_url,
                connections=connections,
                connect_seconds=min(CONNECT_SECONDS, total_seconds / 2),
                total_seconds=total_seconds,
            )
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._wire.close()

    async def send(self, sender: Sender, letter: Letter) -> Outcome:
        try:
            written = orjson.dumps(request_body(letter))
        except (LetterError, orjson.JSONEncodeError) as error:
            return Refused(Policy.FAIL, None, str(error))
        if not fits_a_header(sender.access_token):
            return Refused(Policy.STOP_NUMBER, None, "the access token has characters that no token has")
        try:
            answer = await self._post(sender, written)
        except NotSent as error:
            return Refused(Policy.RETRY, None, str(error))
        except Lost as error:
            return Unknown(f"the answer was lost: {error}")
        return errors.outcome(answer.status, answer.headers, answer.body)

    async def mark_read(self, sender: Sender, wamid: str, *, typing: bool = False) -> None:
        read: Json = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
        if typing:
            read["typing_indicator"] = {"type": "text"}
        if fits_a_header(sender.access_token):
            with contextlib.suppress(NotSent, Lost):
                await self._post(sender, orjson.dumps(read))

    async def list_templates(
        self, waba_id: str, access_token: str, *, after: str | None = None, name: str | None = None
    ) -> TemplatePage:
        path = templates.list_path(waba_id, after, name)
        return templates.page_of(await self.ask("GET", path, access_token))

    async def get_template(self, template_id: str, access_token: str) -> RemoteTemplate:
        path = templates.node_path(template_id, templates.FIELDS)
        return templates.template_of(await self.ask("GET", path, access_token))

    async def create_template(self, waba_id: str, access_token: str, template: Json) -> CreatedTemplate:
        path = templates.create_path(waba_id)
        return templates.created_of(await self.ask("POST", path, access_token, orjson.dumps(template)))

    async def edit_template(self, template_id: str, access_token: str, changes: Json) -> None:
        await self.ask("POST", templates.node_path(template_id), access_token, orjson.dumps(changes))

    async def delete_template(
        self, waba_id: str, access_token: str, *, name: str, template_id: str | None
    ) -> None:
        await self.ask("DELETE", templates.delete_path(waba_id, name, template_id), access_token)

    def read(self, body: bytes) -> list[Item]:
        return webhook.read(body)

    def apart(self, body: bytes) -> list[Callable[[], bytes]]:
        return webhook.apart(body)

    def signature_ok(self, secrets: Sequence[str], body: bytes, header: str | None) -> bool:
        return signature.signature_ok(secrets, body, header)

    def verification(self, verify_token: str, query: Mapping[str, str]) -> Verification:
        return signature.verification(verify_token, query)

    def policy(self, code: int) -> Policy:
        return errors.policy_of(code)

    async def _post(self, sender: Sender, body: bytes) -> Answer:
        path = f"{segment(sender.phone_number_id)}/messages"
        return await self._wire.call("POST", path, sender.access_token, body)
