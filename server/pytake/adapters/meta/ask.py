"""A question to the Graph API outside the hot path: what is not an answer of Meta's is an error."""

from http import HTTPStatus
from urllib.parse import quote

from pytake.adapters.meta import errors
from pytake.adapters.meta.body import JsonError, parse
from pytake.adapters.meta.lenient import object_of
from pytake.adapters.meta.wire import Answer, Lost, NotSent, Wire
from pytake.ports.whatsapp import Json, WhatsAppLost, WhatsAppRefused, WhatsAppUnreachable


class Asking:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def ask(self, method: str, path: str, token: str, body: bytes = b"") -> Json:
        """Raises WhatsAppRefused, WhatsAppUnreachable or WhatsAppLost."""
        if not fits_a_header(token):
            raise WhatsAppRefused(title="the access token has characters that no token has")
        try:
            answer = await self._wire.call(method, path, token, body)
        except NotSent as error:
            raise WhatsAppUnreachable(reason=str(error)) from error
        except Lost as error:
            raise WhatsAppLost(reason=str(error)) from error
        return _answered(answer)


def segment(identifier: str) -> str:
    return quote(identifier, safe="")


def fits_a_header(token: str) -> bool:
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
