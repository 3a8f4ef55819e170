"""Every error leaves in one shape: `{"error": {"code", "message", "details"}}`."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException as HttpRefusal
from starlette.requests import HTTPConnection
from starlette.responses import Response

from pytake.kit.errors import Invalid, PyTakeError

_CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}


class ErrorDetail(BaseModel):
    code: str
    message: str
    details: dict[str, Any]


class ErrorBody(BaseModel):
    error: ErrorDetail


class Refusal(Response):
    """An error on its way out."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        details: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        body = {"error": {"code": code, "message": message, "details": details or {}}}
        super().__init__(
            orjson.dumps(body, default=str), status, headers=headers, media_type="application/json"
        )


def refuse(error: PyTakeError) -> Refusal:
    return Refusal(error.status, error.code, str(error), error.details, _headers(error))


def _headers(error: PyTakeError) -> dict[str, str]:
    headers = {}
    if error.status == 401:  # noqa: PLR2004 - RFC 9110 asks for the header with this status
        headers["www-authenticate"] = "Bearer"
    if (seconds := error.details.get("retry_after")) is not None:
        headers["retry-after"] = str(max(1, round(seconds)))
    return headers


def install_errors(app: FastAPI) -> None:
    app.add_exception_handler(PyTakeError, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HttpRefusal, _on_http)


async def _on_refusal(_: HTTPConnection[Any], error: Exception) -> Response:
    assert isinstance(error, PyTakeError)
    return refuse(error)


async def _on_invalid(_: HTTPConnection[Any], error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return Refusal(Invalid.status, Invalid.code, Invalid.message, {"fields": invalid_fields(error.errors())})


async def _on_http(_: HTTPConnection[Any], error: Exception) -> Response:
    """What the framework itself refuses: unknown routes, wrong methods, unreadable bodies."""
    assert isinstance(error, HttpRefusal)
    code = _CODES.get(error.status_code, f"http_{error.status_code}")
    return Refusal(error.status_code, code, f"{error.detail}.", headers=error.headers)


def invalid_fields(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Where each mistake is and what would be allowed. Never what was sent: it may be a secret."""
    return [
        {
            "field": ".".join(str(part) for part in error["loc"]),
            "code": error["type"],
            "message": error["msg"],
            "allowed": _allowed(error.get("ctx", {})),
        }
        for error in errors
    ]


def _allowed(context: Mapping[str, Any]) -> dict[str, Any]:
    """Pydantic's context, without the exception object some validators leave in it."""
    return {name: _plain(value) for name, value in context.items() if name != "error"}


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, float, bool, list, dict)) else str(value)
