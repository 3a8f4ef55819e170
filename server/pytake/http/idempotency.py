"""A request that is sent again is answered again and not done again: `Idempotency-Key`, kept for a day.

The key, the answer and what was done are one transaction. Whoever sends the same key at the same moment waits
for the first to end; a refusal is not kept, so the same request may be tried again.
"""

import hashlib
import inspect
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from functools import wraps
from typing import Annotated, Any, Final, Protocol
from uuid import UUID

from fastapi import Header
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from pytake.http import repeats
from pytake.http.repeats import Repeat
from pytake.kit.errors import Conflict, Invalid
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.ports.secrets import Secrets

KEPT_HOURS: Final = 24
DEAD_AFTER: Final = 180
"""Seconds. Longer than anybody outside is waited for: whoever has not ended by then never will."""
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


class IdempotencyKeyInUse(Conflict):
    code = "idempotency_key_in_use"
    message = "The first request with this Idempotency-Key is still under way; ask again in a moment."


class Opens(Protocol):
    """Whoever opens transactions for an endpoint, one after the other."""

    def work(self) -> AbstractAsyncContextManager[Work]: ...


def once(endpoint: Endpoint) -> Callable[..., Awaitable[Any]]:
    """For an endpoint that makes or sends something. It takes its transaction as `work`."""

    @wraps(endpoint)
    async def answer(*, request: Request, idempotency_key: str | None, **given: Any) -> Any:
        work: Work = given["work"]
        if idempotency_key is None:
            return await endpoint(**given)
        secrets = _secrets_of(request)
        repeat = await _claim(work, idempotency_key, await fingerprint(request), new_id())
        if repeat.sealed is not None:
            work.unaudited("an answer given again")
            return _as_answered(repeat.status, _opened(secrets, work, repeat), replayed=True)
        body = (await endpoint(**given)).model_dump_json()
        status = await _keep(work, secrets, request, repeat.id, body)
        return _as_answered(status, body, replayed=False)

    return _taking_a_key(answer, endpoint)


def once_outside(endpoint: Endpoint) -> Callable[..., Awaitable[Any]]:
    """Like `once`, for an endpoint that asks somebody outside, so that no transaction may be open meanwhile.

    It opens its own as `keeper`. The key is committed before anybody is asked: nobody is asked twice, and a
    twin is told to come back. A process that dies meanwhile leaves a key that is good again after DEAD_AFTER.
    """

    @wraps(endpoint)
    async def answer(*, request: Request, idempotency_key: str | None, **given: Any) -> Any:
        keeper: Opens = given["keeper"]
        if idempotency_key is None:
            return await endpoint(**given)
        own_id = new_id()
        if (before := await _begin(keeper, request, idempotency_key, own_id)) is not None:
            return before
        try:
            body = (await endpoint(**given)).model_dump_json()
        except Exception:
            async with keeper.work() as work:
                work.unaudited("a refusal is not kept")
                await repeats.forget(work, own_id)
            raise
        async with keeper.work() as work:
            work.unaudited("an answer is kept")
            status = await _keep(work, _secrets_of(request), request, own_id, body)
        return _as_answered(status, body, replayed=False)

    return _taking_a_key(answer, endpoint)


async def _begin(keeper: Opens, request: Request, key: str, own_id: UUID) -> Response | None:
    """What was answered before. Raises IdempotencyKeyReused and IdempotencyKeyInUse."""
    async with keeper.work() as work:
        work.unaudited("a request begins, or is answered again")
        repeat = await _claim(work, key, await fingerprint(request), own_id)
        if repeat.sealed is not None:
            answered = _opened(_secrets_of(request), work, repeat)
            return _as_answered(repeat.status, answered, replayed=True)
        if repeat.id != own_id:
            raise IdempotencyKeyInUse
    return None


def _secrets_of(request: Request) -> Secrets:
    secrets: Secrets = request.app.state.runtime.ports.secrets
    return secrets


async def fingerprint(request: Request) -> str:
    """What makes two requests the same."""
    what = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return hashlib.sha256(what + await request.body()).hexdigest()


async def _claim(work: Work, key: str, request_hash: str, own_id: UUID) -> Repeat:
    """Raises IdempotencyKeyReused."""
    actor_id = work.actor.id
    assert actor_id is not None, "only a guard opens such a work"
    repeat = await repeats.claim(work, own_id, actor_id, key, request_hash, KEPT_HOURS, DEAD_AFTER)
    if repeat.request_hash != request_hash:
        raise IdempotencyKeyReused
    return repeat


async def _keep(work: Work, secrets: Secrets, request: Request, row_id: UUID, body: str) -> int:
    """Answers the status that goes with it."""
    status: int = request.scope["route"].status_code or 200
    await repeats.keep(work, row_id, status, secrets.seal(body, **_place(work, row_id)))
    return status


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


def _taking_a_key(answer: Callable[..., Awaitable[Any]], endpoint: Endpoint) -> Callable[..., Awaitable[Any]]:
    vars(answer)["__signature__"] = _with_header(inspect.signature(endpoint))  # FastAPI asks for it
    return answer


def _with_header(signature: inspect.Signature) -> inspect.Signature:
    named = inspect.Parameter.KEYWORD_ONLY
    own = [parameter.replace(kind=named) for parameter in signature.parameters.values()]
    added = [
        inspect.Parameter("request", named, annotation=Request),
        inspect.Parameter("idempotency_key", named, annotation=IdempotencyKey, default=None),
    ]
    return signature.replace(parameters=[*own, *added])
