"""uvicorn's HTTP with a short way for what comes most: a delivery, answered when it is stored.

Through ASGI a delivery costs a task and a dozen calls for an answer that is always the same. Here it is
handed over when its last byte has come, and answered when its commit is done. Whatever is not that plain goes
the usual way with the same bytes: another method, an address nobody knows yet, a signature that does not fit,
a body that is large or does not say its length, a request behind one that is not answered yet.
"""

import asyncio
import time
from typing import Any, ClassVar, Final, cast

import uvicorn
from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from pytake.http import metrics
from pytake.http.errors import refuse
from pytake.http.headers import ALWAYS, NO_STORE, OVER_TLS, Header
from pytake.http.request_id import request_id
from pytake.inbound.endpoints import PATTERN, PREFIX, SIGNATURE, Webhook
from pytake.inbound.errors import DeliveryNotStored

MOST_BYTES: Final = 65_536
"""Of a body that is gathered here. Meta's are some hundred, of a batch some thousand."""

_BEGINNING: Final = PREFIX.encode()
_COUNTED: Final = {"method": "POST", "pattern": PATTERN}
_EMPTY: Final[Header] = (b"content-length", b"0")


class Config(uvicorn.Config):
    """uvicorn's, with the webhook that the short way leads to."""

    def __init__(self, app: Any, webhook: Webhook, *, is_over_tls: bool = False, **settings: Any) -> None:
        super().__init__(app, http=DeliveryProtocol, **settings)
        self.webhook = webhook
        always = (*ALWAYS, NO_STORE, OVER_TLS) if is_over_tls else (*ALWAYS, NO_STORE)
        self.always = b"".join(b"%b: %b\r\n" % header for header in always)


class DeliveryProtocol(HttpToolsProtocol):
    config: Config

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._gathered: bytearray | None = None
        """The body so far of what may go the short way."""
        self._began = 0.0

    @override
    def on_headers_complete(self) -> None:
        if self._may_be_short():
            self._gathered, self._began = bytearray(), time.perf_counter()
        else:
            super().on_headers_complete()

    @override
    def on_body(self, body: bytes) -> None:
        if self._gathered is None:
            super().on_body(body)
        else:
            self._gathered += body

    @override
    def on_message_complete(self) -> None:
        if self._gathered is None:
            super().on_message_complete()
            return
        body = bytes(self._gathered)
        key = self.url[len(_BEGINNING) :].decode("latin-1")
        stored = self.config.webhook.take_at_once(key, body, self._header(SIGNATURE))
        if stored is None:
            self._go_the_usual_way()
            super().on_message_complete()
            return
        self._gathered = None
        delivery = Delivery(self, request_id((self._header(b"x-request-id") or "").encode()), self._began)
        self.cycle = cast("RequestResponseCycle", delivery)
        stored.add_done_callback(delivery.answer)

    @override
    def shutdown(self) -> None:
        if self._gathered is not None:  # uvicorn ends at once what is not yet a request to it
            self._go_the_usual_way()
        super().shutdown()

    def written(self, status: int, headers: list[Header], named: str, body: bytes = b"") -> bytes:
        """An answer with the headers of every answer."""
        own = b"".join(b"%b: %b\r\n" % header for header in (*self.server_state.default_headers, *headers))
        return b"%b%b%bx-request-id: %b\r\n\r\n%b" % (
            STATUS_LINE[status],
            own,
            self.config.always,
            named.encode(),
            body,
        )

    def _may_be_short(self) -> bool:
        return (
            self.url.startswith(_BEGINNING)
            and self.parser.get_method() == b"POST"
            and not self._is_busy()
            and self.parser.should_keep_alive()
            and not self.parser.should_upgrade()
            and not self.expect_100_continue
            and 0 < int(self._header(b"content-length") or 0) <= MOST_BYTES
        )

    def _is_busy(self) -> bool:
        before = cast("RequestResponseCycle | None", self.cycle)
        return before is not None and not before.response_complete

    def _header(self, name: bytes) -> str | None:
        for known, value in self.headers:
            if known == name:
                return value.decode("latin-1")
        return None

    def _go_the_usual_way(self) -> None:
        """As if the headers had come just now, and the body behind them."""
        gathered, self._gathered = bytes(self._gathered or b""), None
        super().on_headers_complete()
        if gathered:
            super().on_body(gathered)


class Delivery:
    """One that is being stored: to uvicorn it is the request under way on its connection."""

    message_event: ClassVar = asyncio.Event()
    """Set when the connection ends; nobody waits for it."""

    def __init__(self, line: DeliveryProtocol, named: str, began: float) -> None:
        self._line = line
        self._named = named
        self._began = began
        self.response_complete = False
        self.keep_alive = True
        self.disconnected = False

    def answer(self, stored: asyncio.Future[None]) -> None:
        failed = stored.cancelled() or stored.exception() is not None
        self.response_complete = True
        metrics.count_request(_COUNTED, 503 if failed else 200, time.perf_counter() - self._began)
        if not self.disconnected:
            self._line.transport.write(self._refusal() if failed else self._thanks())
            if not self.keep_alive:
                self._line.transport.close()
        self._line.on_response_complete()

    def _thanks(self) -> bytes:
        return self._line.written(200, [_EMPTY], self._named)

    def _refusal(self) -> bytes:
        """Meta comes again, for seven days."""
        answer = refuse(DeliveryNotStored())
        return self._line.written(answer.status_code, answer.raw_headers, self._named, bytes(answer.body))
