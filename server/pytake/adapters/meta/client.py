"""The Graph API over HTTP: failures are told apart by whether Meta may have acted."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Self
from urllib.parse import quote

import orjson

from pytake.adapters.meta import errors, signature, templates, webhook
from pytake.adapters.meta.body import JsonError, parse
from pytake.adapters.meta.lenient import array_of, object_of, text_of
from pytake.adapters.meta.payloads import LetterError, request_body
from pytake.adapters.meta.wire import Answer, Lost, NotSent, Wire
from pytake.ports.whatsapp import (
    Item,
    Json,
    Letter,
    Outcome,
    PhoneNumber,
    Policy,
    Refused,
    Sender,
    Unknown,
    Verification,
    WhatsAppLost,
    WhatsAppRefused,
    WhatsAppUnreachable,
)
from pytake.ports.whatsapp_templates import CreatedTemplate, RemoteTemplate, TemplatePage

GRAPH_URL = "https://graph.facebook.com/v25.0"

CONNECTIONS = 256
CONNECT_SECONDS = 5
TOTAL_SECONDS = 30
PHONE_NUMBER_FIELDS = (
    "id,verified_name,display_phone_number,status,quality_rating,name_status,code_verification_status,"
    "platform_type,throughput,whatsapp_business_manager_messaging_limit,account_mode,is_official_business_account"
)


class MetaClient:
    def __init__(
        self,
        graph_url: str = GRAPH_URL,
        *,
        connections: int = CONNECTIONS,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._wire = Wire(
            graph_url,
            connections=connections,
            connect_seconds=min(CONNECT_SECONDS, total_seconds / 2),
            total_seconds=total_seconds,
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
        if not _fits_a_header(sender.access_token):
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
        if _fits_a_header(sender.access_token):
            with contextlib.suppress(NotSent, Lost):
                await self._post(sender, orjson.dumps(read))

    async def get_phone_number(self, sender: Sender) -> PhoneNumber:
        path = f"{_segment(sender.phone_number_id)}?fields={PHONE_NUMBER_FIELDS}"
        return _phone_number(await self._ask("GET", path, sender.access_token))

    async def list_phone_numbers(self, waba_id: str, access_token: str) -> list[PhoneNumber]:
        """An account has twenty numbers at most, so one page holds them all."""
        answer = await self._ask("GET", f"{_segment(waba_id)}/phone_numbers?limit=100", access_token)
        return [_phone_number(object_of(number)) for number in array_of(answer.get("data"))]

    async def subscribe(self, waba_id: str, access_token: str) -> None:
        await self._ask("POST", f"{_segment(waba_id)}/subscribed_apps", access_token)

    async def list_templates(
        self, waba_id: str, access_token: str, *, after: str | None = None, name: str | None = None
    ) -> TemplatePage:
        path = templates.list_path(waba_id, after, name)
        return templates.page_of(await self._ask("GET", path, access_token))

    async def get_template(self, template_id: str, access_token: str) -> RemoteTemplate:
        path = templates.node_path(template_id, templates.FIELDS)
        return templates.template_of(await self._ask("GET", path, access_token))

    async def create_template(self, waba_id: str, access_token: str, template: Json) -> CreatedTemplate:
        path = templates.create_path(waba_id)
        return templates.created_of(await self._ask("POST", path, access_token, template))

    async def edit_template(self, template_id: str, access_token: str, changes: Json) -> None:
        await self._ask("POST", templates.node_path(template_id), access_token, changes)

    async def delete_template(
        self, waba_id: str, access_token: str, *, name: str, template_id: str | None
    ) -> None:
        await self._ask("DELETE", templates.delete_path(waba_id, name, template_id), access_token)

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
        path = f"{_segment(sender.phone_number_id)}/messages"
        return await self._wire.call("POST", path, sender.access_token, body)

    async def _ask(self, method: str, path: str, token: str, body: Json | None = None) -> Json:
        """A question outside the hot path. Raises WhatsAppRefused, WhatsAppUnreachable or WhatsAppLost."""
        if not _fits_a_header(token):
            raise WhatsAppRefused(title="the access token has characters that no token has")
        try:
            answer = await self._wire.call(method, path, token, b"" if body is None else orjson.dumps(body))
        except NotSent as error:
            raise WhatsAppUnreachable(reason=str(error)) from error
        except Lost as error:
            raise WhatsAppLost(reason=str(error)) from error
        return _answered(answer)


def _segment(identifier: str) -> str:
    return quote(identifier, safe="")


def _fits_a_header(token: str) -> bool:
    return token.isascii() and token.isprintable()


def _answered(answer: Answer) -> Json:
    try:
        body = object_of(parse(answer.body))
    except JsonError:
        body = {}
    if isinstance(error := body.get("error"), dict):
        refused = errors.refusal(answer.status, answer.headers, error)
        raise WhatsAppRefused(
            title=refused.title,
            meta_code=refused.code,
            meta_subcode=refused.subcode,
            meta_details=refused.details,
            meta_policy=refused.policy.value,
            retry_after=refused.retry_after,
        )
    if answer.status != HTTPStatus.OK or not body:
        raise WhatsAppLost(reason=f"HTTP {answer.status} without an answer from Meta")
    return body


def _phone_number(answer: Json) -> PhoneNumber:
    return PhoneNumber(
        id=text_of(answer.get("id")) or "",
        display_phone_number=text_of(answer.get("display_phone_number")) or "",
        verified_name=text_of(answer.get("verified_name")),
        status=text_of(answer.get("status")),
        quality_rating=text_of(answer.get("quality_rating")),
        throughput=text_of(object_of(answer.get("throughput")).get("level")),
        messaging_limit=text_of(answer.get("whatsapp_business_manager_messaging_limit")),
        platform_type=text_of(answer.get("platform_type")),
    )
