"""What the API process holds for people who want in."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import HTTPConnection
from starlette.responses import Response

from pytake.accounts.types import Locale, Tokens, Visitor
from pytake.http.addresses import address_of, network_of
from pytake.identity.passwords import Passwords
from pytake.identity.tokens import AccessTokens

_LONGEST_USER_AGENT: Final = 400
_DEVICE_SECONDS: Final = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Cookies:
    """`__Host-` cookies: no other host, no other path, nothing but TLS, and no script can set or read them.

    Over plain HTTP, which only a development installation may use, browsers refuse such names.
    """

    is_secure: bool

    @property
    def refresh(self) -> str:
        return f"{self._prefix}pytake_refresh"

    @property
    def device(self) -> str:
        return f"{self._prefix}pytake_device"

    @property
    def _prefix(self) -> str:
        return "__Host-" if self.is_secure else ""

    def keep(self, response: Response, tokens: Tokens, device_mark: str | None = None) -> None:
        self._set(response, self.refresh, tokens.refresh, tokens.refresh_expires_in)
        if device_mark is not None:
            self.keep_device(response, device_mark)

    def keep_device(self, response: Response, device_mark: str) -> None:
        self._set(response, self.device, device_mark, _DEVICE_SECONDS)

    def forget(self, response: Response) -> None:
        """The device stays known: it is no way in."""
        self._set(response, self.refresh, "", 0)

    def _set(self, response: Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            name, value, max_age=seconds, path="/", secure=self.is_secure, httponly=True, samesite="strict"
        )


@dataclass(frozen=True, slots=True)
class Reception:
    passwords: Passwords
    tokens: AccessTokens
    cookies: Cookies
    shows_outbox: bool
    """Letters may be read on this machine, without signing in: a development installation without mail."""


def reception_of(connection: HTTPConnection) -> Reception:
    reception: Reception = connection.app.state.reception
    return reception


def visitor_of(connection: HTTPConnection) -> Visitor:
    address = address_of(connection)
    user_agent = connection.headers.get("user-agent", "")[:_LONGEST_USER_AGENT].replace("\x00", "") or None
    return Visitor(address, network_of(address), user_agent, _locale(connection))


def _locale(connection: HTTPConnection) -> Locale:
    """The first of the browser's languages that we write letters in."""
    for entry in connection.headers.get("accept-language", "").split(",")[:10]:
        language = entry.partition(";")[0].strip().lower()[:2]
        for locale in Locale:
            if locale.value[:2] == language:
                return locale
    return Locale.PT_BR
