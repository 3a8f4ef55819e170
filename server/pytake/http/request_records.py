"""A request as `api_request_logs` remembers it: what was asked and how it ended, without secrets."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson
from starlette.types import Scope

from pytake.kit.ids import new_id
from pytake.kit.nesting import is_too_deep
from pytake.kit.origin import Origin
from pytake.kit.redaction import REDACTED, is_secret, redacted, redacted_text
from pytake.kit.trail import plain, readable

BODY_SHOWN: Final = 16_384
"""Bytes of a body; of a larger one only the size is kept."""

_HEADERS: Final = frozenset(
    {
        "accept",
        "accept-language",
        "content-length",
        "content-type",
        "host",
        "idempotency-key",
        "origin",
        "sec-fetch-site",
        "x-request-id",
    }
)
"""Headers that are kept. Every other one may hold a secret, whatever it is called."""

_ALSO_SECRET: Final = frozenset({"code", "state", "credential", "assertion"})
"""Names of a request's values that prove who somebody is."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the edge has seen of a request; nothing is worked on while anybody waits for the answer."""

    scope: Scope
    origin: Origin
    at: float
    """Seconds since 1970, by the process's clock."""
    milliseconds: int
    status: int
    body: bytes
    body_size: int
    error: bytes
    """The beginning of the answer, when it is a refusal."""

    @property
    def weight(self) -> int:
        """Bytes it takes to remember it, roughly."""
        return 2_048 + len(self.body) + len(self.error) + len(self.scope["query_string"])


def record(seen: Seen) -> dict[str, Any]:
    scope, origin = seen.scope, seen.origin
    headers = {str(name, "latin-1"): str(value, "latin-1") for name, value in scope["headers"]}
    return {
        "_id": new_id(),
        "organization_id": origin.organization_id,
        "user_id": origin.user_id,
        "api_key_id": origin.api_key_id,
        "method": scope["method"],
        "path": path_told(scope),
        "query_params": _safe(_query(scope["query_string"])),
        "headers": _safe({name: value for name, value in headers.items() if name in _HEADERS}),
        "body": _body(seen, headers.get("content-type", "")),
        "status_code": seen.status,
        "response_time_ms": seen.milliseconds,
        "ip_address": origin.ip_address,
        "user_agent": told(origin.user_agent) if origin.user_agent else None,
        "success": seen.status < 400,  # noqa: PLR2004 - HTTP
        "error_message": _error(seen.error),
        "request_id": origin.request_id,
        "created_at": datetime.fromtimestamp(seen.at, UTC),
    }


def path_told(scope: Scope) -> str:
    """A part of the path may be a secret, too: whoever knows a picture's address may see it."""
    path: str = scope["path"]
    for name, value in scope.get("path_params", {}).items():
        if is_secret(name) or name in _ALSO_SECRET:
            path = path.replace(f"/{value}", f"/{REDACTED}")
    return told(path)


def told(text: str) -> str:
    return readable(redacted_text(text))


def _query(query: bytes) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def _body(seen: Seen, content_type: str) -> Any:
    if not seen.body_size:
        return None
    if seen.body_size > BODY_SHOWN:
        return {"omitted": f"{seen.body_size} bytes"}
    try:
        value = orjson.loads(seen.body)
    except orjson.JSONDecodeError:
        return {"omitted": f"{seen.body_size} bytes of {told(content_type) or 'something'}"}
    return {"omitted": "nested too deeply"} if is_too_deep(value) else _safe(value)


def _safe(value: Any) -> Any:
    return plain(redacted(value, also=_ALSO_SECRET))


def _error(body: bytes) -> str | None:
    if not body:
        return None
    try:
        error = orjson.loads(body)["error"]
        return told(f"{error['code']}: {error['message']}")
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
