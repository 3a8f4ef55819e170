"""The Graph API over HTTP: one session per process, failures told apart by whether Meta may have acted."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import NamedTuple, Self
from urllib.parse import quote

import aiohttp
import orjson

from pytake.adapters.meta import errors, signature, webhook
from pytake.adapters.meta.body import JsonError, parse
from pytake.adapters.meta.lenient import array_of, object_of, text_of
from pytake.adapters.meta.payloads import LetterError, request_body
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
    WhatsAppRefused,
    WhatsAppUnreachable,
)

GRAPH_URL = "https://graph.facebook.com/v25.0"

CONNECTIONS = 256
CONNECT_SECONDS = 5
TOTAL_SECONDS = 30
KEEPALIVE_SECONDS = 15
"""Shorter than Meta's own, so that a connection is rarely closed while a request is on its way to it."""

PHONE_NUMBER_FIELDS = (
    "id,verified_name,display_phone_number,status,quality_rating,name_status,code_verification_status,"
    "platform_type,throughput,whatsapp_business_manager_messaging_limit,account_mode,is_official_business_account"
)

_NOT_WRITTEN = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
"""The request never left: nobody can have accepted it."""


class _Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


class MetaClient:
    def __init__(
        self,
        graph_url: str = GRAPH_URL,
        *,
        connections: int = CONNECTIONS,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._graph_url = graph_url.rstrip("/")
        self._connections = connections
        self._timeout = aiohttp.ClientTimeout(
            total=total_seconds, connect=min(CONNECT_SECONDS, total_seconds / 2)
        )
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(self, sender: Sender, letter: Letter) -> Outcome:
        try:
            written = orjson.dumps(request_body(letter))
        except (LetterError, orjson.JSONEncodeError) as error:
            return Refused(Policy.FAIL, None, str(error))
        if not _fits_a_header(sender.access_token):
            return Refused(Policy.STOP_NUMBER, None, "the access token has characters that no token has")
        try:
            answer = await self._post(sender, written)
        except _NOT_WRITTEN as error:
            return Refused(Policy.RETRY, None, f"no connection: {_named(error)}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Unknown(f"the answer was lost: {_named(error)}")
        return errors.outcome(*answer)

    async def mark_read(self, sender: Sender, wamid: str) -> None:
        read = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
        if _fits_a_header(sender.access_token):
            with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
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

    async def _post(self, sender: Sender, body: bytes) -> _Answer:
        return await self._call(
            "POST", f"{_segment(sender.phone_number_id)}/messages", sender.access_token, body
        )

    async def _ask(self, method: str, path: str, token: str) -> Json:
        """A question outside the hot path. Raises WhatsAppRefused or WhatsAppUnreachable."""
        if not _fits_a_header(token):
            raise WhatsAppRefused(title="the access token has characters that no token has")
        try:
            answer = await self._call(method, path, token)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise WhatsAppUnreachable(reason=_named(error)) from error
        return _answered(answer)

    async def _call(self, method: str, path: str, token: str, body: bytes | None = None) -> _Answer:
        """Redirects are not followed: they would carry the token to wherever they lead."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        url = f"{self._graph_url}/{path}"
        session = self._open_session()
        async with session.request(
            method, url, data=body, headers=headers, allow_redirects=False
        ) as response:
            return _Answer(response.status, response.headers, await response.read())

    def _open_session(self) -> aiohttp.ClientSession:
        """Made on the first call, because it belongs to the loop that runs then."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEPALIVE_SECONDS),
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


def _segment(identifier: str) -> str:
    return quote(identifier, safe="")


def _fits_a_header(token: str) -> bool:
    return token.isascii() and token.isprintable()


def _named(error: BaseException) -> str:
    """Neither the class nor the sentence of these errors ever holds a header, so no token either."""
    return f"{type(error).__name__}: {error}"


def _answered(answer: _Answer) -> Json:
    try:
        body = object_of(parse(answer.body))
    except JsonError:
        body = {}
    if isinstance(error := body.get("error"), dict):
        refused = errors.refusal(answer.status, answer.headers, error)
        raise WhatsAppRefused(title=refused.title, meta_code=refused.code, meta_details=refused.details)
    if answer.status != HTTPStatus.OK or not body:
        raise WhatsAppUnreachable(reason=f"HTTP {answer.status} without an answer from Meta")
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
