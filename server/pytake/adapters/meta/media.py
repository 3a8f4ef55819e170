"""Files over the Graph API. The HTTP library is loaded with the first of them, not before."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from pytake.adapters.meta import errors
from pytake.adapters.meta.body import JsonError, parse
from pytake.adapters.meta.lenient import integer_of, object_of, text_of
from pytake.ports.whatsapp import Json, Sender, WhatsAppRefused, WhatsAppUnreachable
from pytake.ports.whatsapp_media import MediaGone, MediaUnreachable, Place, sha256_hex

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession, StreamReader

TOTAL_SECONDS: Final = 120.0
SILENT_SECONDS: Final = 20.0
CONNECT_SECONDS: Final = 5.0
CONNECTIONS: Final = 32
PART: Final = 64 * 1024
_ANSWER: Final = 1024 * 1024
_AGENT: Final = "PyTake"
_OF_META: Final = (".facebook.com", ".fbsbx.com", ".fbcdn.net", ".whatsapp.net")
"""Hosts that may see a token."""
_MISSING: Final = 100
"""There is no such object, or the token may not see it."""


class MetaMedia:
    def __init__(self, graph_url: str, *, total_seconds: float = TOTAL_SECONDS) -> None:
        self._graph_url = graph_url.rstrip("/")
        self._total_seconds = total_seconds
        self._session: ClientSession | None = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def locate(self, sender: Sender, media_id: str) -> Place:
        path = f"{quote(media_id, safe='')}?phone_number_id={quote(sender.phone_number_id, safe='')}"
        try:
            answer = await self._call("GET", path, sender.access_token)
        except WhatsAppRefused as refused:
            if refused.details["meta_code"] == _MISSING:
                raise MediaGone from refused
            raise
        url = text_of(answer.get("url")) or ""
        if not self._is_trusted(url):
            raise WhatsAppUnreachable(reason="the file is at an address that is not Meta's")
        return Place(
            url,
            text_of(answer.get("mime_type")),
            sha256_hex(text_of(answer.get("sha256"))),
            integer_of(answer.get("file_size")),
        )

    async def download(self, sender: Sender, place: Place) -> AsyncIterator[bytes]:
        from aiohttp import ClientError

        headers = _bearer(sender.access_token)
        try:
            async with self._open().get(place.url, headers=headers, allow_redirects=False) as answer:
                _check(answer)
                async for part in answer.content.iter_chunked(PART):
                    yield part
        except (ClientError, TimeoutError, OSError) as error:
            raise MediaUnreachable(reason=type(error).__name__) from error

    async def upload(self, sender: Sender, file: Path, mime_type: str, file_name: str) -> str:
        from aiohttp import FormData

        with file.open("rb") as content:
            form = FormData()
            form.add_field("messaging_product", "whatsapp")
            form.add_field("type", mime_type)
            form.add_field("file", content, filename=file_name, content_type=mime_type)
            path = f"{quote(sender.phone_number_id, safe='')}/media"
            answer = await self._call("POST", path, sender.access_token, data=form)
        return _named(answer, "id")

    async def upload_handle(
        self, app_id: str, access_token: str, file: Path, mime_type: str, file_name: str
    ) -> str:
        size = await asyncio.to_thread(_size, file)
        said = f"file_name={quote(file_name)}&file_length={size}&file_type={quote(mime_type, safe='')}"
        session = await self._call("POST", f"{quote(app_id, safe='')}/uploads?{said}", access_token)
        headers = {"Authorization": f"OAuth {access_token}", "file_offset": "0"}
        upload = quote(_named(session, "id"), safe=":")
        with file.open("rb") as content:
            answer = await self._call("POST", upload, access_token, data=content, headers=headers)
        return _named(answer, "h")

    async def picture(self, url: str, most: int) -> bytes:
        """Without a token: its address is no secret."""
        from aiohttp import ClientError

        if not self._is_trusted(url):
            raise MediaUnreachable(reason="it is at an address that is not Meta's")
        content = bytearray()
        try:
            async with self._open().get(url, allow_redirects=False) as answer:
                _check(answer)
                async for part in answer.content.iter_chunked(PART):
                    content += part
                    if len(content) > most:
                        raise MediaUnreachable(reason="it is too large")
        except (ClientError, TimeoutError, OSError) as error:
            raise MediaUnreachable(reason=type(error).__name__) from error
        return bytes(content)

    async def _call(
        self,
        method: str,
        path: str,
        token: str,
        *,
        data: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Json:
        """Raises WhatsAppRefused and WhatsAppUnreachable."""
        from aiohttp import ClientError

        if not (token.isascii() and token.isprintable()):
            raise _refused(HTTPStatus.UNAUTHORIZED, {}, {"message": "the access token is no token"})
        try:
            async with self._open().request(
                method,
                f"{self._graph_url}/{path}",
                data=data,
                headers=headers or _bearer(token),
                allow_redirects=False,
            ) as answer:
                body = await _read(answer.content, _ANSWER)
                return _answered(answer.status, answer.headers, body)
        except (ClientError, TimeoutError, OSError) as error:
            raise WhatsAppUnreachable(reason=type(error).__name__) from error

    def _open(self) -> "ClientSession":
        """Belongs to the loop that first uses it."""
        if self._session is None:
            from aiohttp import ClientSession, ClientTimeout, TCPConnector

            limits = ClientTimeout(
                total=self._total_seconds, connect=CONNECT_SECONDS, sock_read=SILENT_SECONDS
            )
            connector = TCPConnector(limit=CONNECTIONS)
            self._session = ClientSession(
                connector=connector, timeout=limits, headers={"User-Agent": _AGENT}, auto_decompress=False
            )
        return self._session

    def _is_trusted(self, url: str) -> bool:
        """Meta's own hosts over TLS, and wherever the Graph API itself is."""
        with contextlib.suppress(ValueError):
            asked, graph = urlsplit(url), urlsplit(self._graph_url)
            if (asked.scheme, asked.netloc) == (graph.scheme, graph.netloc):
                return True
            return asked.scheme == "https" and f".{asked.hostname}".endswith(_OF_META)
        return False


def _size(file: Path) -> int:
    return file.stat().st_size


async def _read(content: "StreamReader", most: int) -> bytes:
    """The stream's own `read` answers with what has come so far."""
    body = b""
    while len(body) < most and (part := await content.read(most - len(body))):
        body += part
    return body


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _check(answer: "ClientResponse") -> None:
    if answer.status != HTTPStatus.OK:
        raise MediaUnreachable(reason=f"HTTP {answer.status}")


def _answered(status: int, headers: Mapping[str, str], body: bytes) -> Json:
    try:
        answer = object_of(parse(body))
    except JsonError:
        answer = {}
    if isinstance(error := answer.get("error"), dict):
        raise _refused(status, headers, error)
    if status != HTTPStatus.OK or not answer:
        raise WhatsAppUnreachable(reason=f"HTTP {status} without an answer from Meta")
    return answer


def _refused(status: int, headers: Mapping[str, str], error: Json) -> WhatsAppRefused:
    refused = errors.refusal(status, headers, error)
    return WhatsAppRefused(
        title=refused.title,
        meta_code=refused.code,
        meta_subcode=refused.subcode,
        meta_details=refused.details,
        policy=refused.policy,
    )


def _named(answer: Json, key: str) -> str:
    named = text_of(answer.get(key))
    if named is None:
        raise WhatsAppUnreachable(reason=f"an answer without {key}")
    return named
