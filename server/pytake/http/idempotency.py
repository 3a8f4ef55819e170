"""A request that is sent again is answered again and not done again: `Idempotency-Key`, kept for a day.

The key, the answer and what was done are one transaction. Whoever sends the same key at the same moment waits
for the first to end; a refusal is not kept, so the same request may be tried again.
"""

import hashlib
import inspect
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Header
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from pytake.http import repeats
from pytake.http.repeats import Repeat
from pytake.kit.errors import Invalid
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.ports.secrets import Secrets

KEPT_HOURS: Final = 24
REPLAYED: Final = {"idempotent-replayed": "true"}
"""What an answer carries that was given before."""

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="A word of yours for this request, such as a UUID. The same word and the same request "
        "within a day are answered with the first answer, and nothing is done twice.",
    ),
]

Endpoint = Callable[..., Awaitable[BaseModel]]


class IdempotencyKeyReused(Invalid):
    code = "idempotency_key_reused"
    message = "This Idempotency-Key was used for another request; every request has its own."


def once(endpoint: Endpoint) -> Callable[..., Awaitable[Any]]:
    """For an endpoint that makes or sends something. It takes its transaction as `work`."""

    @wraps(endpoint)
    async def answer(*, request: Request, idempotency_key: str | None, **given: Any) -> Any:
        work: Work = given["work"]
        if idempotency_key is None:
            return await endpoint(**given)
        secrets: Secrets = request.app.state.runtime.ports.secrets
        repeat = await _claim(work, idempotency_key, await fingerprint(request))
        if repeat.sealed is not None:
            work.unaudited("an answer given again")
            return _as_answered(repeat.status, _opened(secrets, work, repeat), replayed=True)
        body = (await endpoint(**given)).model_dump_json()
        status = request.scope["route"].status_code or 200
        sealed = secrets.seal(body, **_place(work, repeat.id))
        await repeats.keep(work, repeat.id, status, sealed)
        return _as_answered(status, body, replayed=False)

    answer.__signature__ = _with_header(inspect.signature(endpoint))  # type: ignore[attr-defined] # FastAPI reads it
    return answer


async def fingerprint(request: Request) -> str:
    """What makes two requests the same."""
    what = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return hashlib.sha256(what + await request.body()).hexdigest()


async def _claim(work: Work, key: str, request_hash: str) -> Repeat:
    """Raises IdempotencyKeyReused."""
    actor_id = work.actor.id
    assert actor_id is not None, "only a guard opens such a work"
    repeat = await repeats.claim(work, new_id(), actor_id, key, request_hash, KEPT_HOURS)
    if repeat.request_hash != request_hash:
        raise IdempotencyKeyReused
    return repeat


def _opened(secrets: Secrets, work: Work, repeat: Repeat) -> str:
    return secrets.open(repeat.sealed or "", **_place(work, repeat.id))


def _place(work: Work, row_id: UUID) -> dict[str, Any]:
    """Answers may hold what is shown only once, so they are sealed."""
    return {
        "organization_id": work.organization_id,
        "table": "idempotency_keys",
        "column": "response_encrypted",
        "row_id": row_id,
    }


def _as_answered(status: int, body: str, *, replayed: bool) -> Response:
    return Response(body, status, headers=REPLAYED if replayed else None, media_type="application/json")


def _with_header(signature: inspect.Signature) -> inspect.Signature:
    named = inspect.Parameter.KEYWORD_ONLY
    own = [parameter.replace(kind=named) for parameter in signature.parameters.values()]
    added = [
        inspect.Parameter("request", named, annotation=Request),
        inspect.Parameter("idempotency_key", named, annotation=IdempotencyKey, default=None),
    ]
    return signature.replace(parameters=[*own, *added])
