"""What endpoints ask for: the process's runtime, and a transaction for whoever is signed in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import Annotated, ClassVar, TypeVar
from uuid import UUID

from fastapi import Depends, Security
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from fastapi.security.base import SecurityBase
from starlette.requests import HTTPConnection, Request

from pytake.http.rates import RateLimits
from pytake.identity import keys, service, sessions
from pytake.identity.errors import InvalidToken
from pytake.identity.permissions import Permission
from pytake.identity.premises import Premises
from pytake.identity.presence import Presence
from pytake.identity.schemas import UserRead
from pytake.identity.tokens import AccessTokens
from pytake.identity.types import Caller, Claims, User
from pytake.kit.errors import PyTakeError, Unauthenticated
from pytake.kit.glances import Overtaken
from pytake.kit.work import Actor, Work
from pytake.runtime import Runtime

T = TypeVar("T")

_BEARER = HTTPBearer(auto_error=False, description="The `access_token` of a sign-in.")


def runtime_of(connection: HTTPConnection) -> Runtime:
    runtime: Runtime = connection.app.state.runtime
    return runtime


def tokens_of(connection: HTTPConnection) -> AccessTokens:
    tokens: AccessTokens = connection.app.state.tokens
    return tokens


def user_read(connection: HTTPConnection, user: User) -> UserRead:
    shown = UserRead.model_validate(user)
    shown.simulator_url = connection.app.state.simulator_url
    return shown


async def claims_of(
    request: Request, bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]
) -> Claims:
    """What the token says. Proves nothing about today: use `allowed`."""
    if bearer is None:
        raise Unauthenticated
    if bearer.scheme.lower() != "bearer":
        raise InvalidToken
    return tokens_of(request).read(bearer.credentials)


async def _caller_of(request: Request) -> Caller:
    """Whoever the token or the API key says it is. Proves nothing about today."""
    bearer = await _BEARER(request)
    if bearer is not None and keys.is_key(bearer.credentials):
        return await keys.whose(runtime_of(request), bearer.credentials)
    claims = await claims_of(request, bearer)
    return Caller(claims.organization_id, claims.actor, claims=claims)


async def _count(request: Request, organization_id: UUID, actor: Actor, claims: Claims | None = None) -> None:
    """Raises RateLimitExceeded, and InvalidToken when the token is known to be revoked."""
    limits: RateLimits = request.app.state.rate_limits
    if not await limits.spend(request, organization_id, actor, claims.token_hash if claims else None):
        raise InvalidToken


@asynccontextmanager
async def _persons_work(request: Request, claims: Claims, permission: Permission) -> AsyncIterator[Work]:
    """Their token is proven, so they are counted before PostgreSQL is asked."""
    await _count(request, claims.organization_id, claims.actor, claims)
    async with _counted_work(request, claims, permission) as work:
        yield work


@asynccontextmanager
async def _counted_work(request: Request, claims: Claims, permission: Permission) -> AsyncIterator[Work]:
    organization_id = claims.organization_id
    question = sessions.standing(organization_id, claims.user_id, claims.session_id)
    async with runtime_of(request).work(organization_id, claims.actor, question) as work:
        granted = sessions.granted(work)
        service.let_in(work, granted, permission)
        _premises_of(request).learn(claims, sessions.answered(work), granted)
        _presence_of(request).saw(organization_id, claims.user_id)
        yield work


async def _persons_reading(
    request: Request, claims: Claims, permission: Permission, read: Callable[[Work], Awaitable[T]]
) -> T:
    await _count(request, claims.organization_id, claims.actor, claims)
    glance = _premises_of(request).glance(runtime_of(request), claims, permission)
    if glance is not None:
        with suppress(Overtaken):
            try:
                answer = await read(glance)
            except (PyTakeError, RequestValidationError):
                if glance.is_proven:
                    raise
            else:
                if glance.is_proven:
                    _presence_of(request).saw(claims.organization_id, claims.user_id)
                    return answer
    async with _counted_work(request, claims, permission) as work:
        return await read(work)


@asynccontextmanager
async def _machines_work(request: Request, caller: Caller, permission: Permission) -> AsyncIterator[Work]:
    """A key is counted after it is checked, or anybody who knows how it begins could use up its
    organization's share.
    """
    organization_id, key_id = caller.organization_id, caller.actor.api_key_id
    assert key_id is not None
    question = keys.living(organization_id, key_id)
    async with runtime_of(request).work(organization_id, caller.actor, question) as work:
        granted = keys.granted(work, caller.key_hash)
        await _count(request, organization_id, caller.actor)
        service.let_in(work, granted, permission)
        _presence_of(request).used(organization_id, key_id)
        yield work


def _premises_of(request: Request) -> Premises:
    premises: Premises = request.app.state.premises
    return premises


def _presence_of(request: Request) -> Presence:
    presence: Presence = request.app.state.presence
    return presence


class _Door(SecurityBase):
    """A security scheme itself, which depends on nothing: the framework takes as long for each dependency as
    PostgreSQL for a question.
    """

    guards: ClassVar[bool] = True

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        self.model, self.scheme_name = _BEARER.model, _BEARER.scheme_name

    @asynccontextmanager
    async def opened(self, request: Request) -> AsyncIterator[Work]:
        caller = await _caller_of(request)
        opened = (
            _persons_work(request, caller.claims, self.permission)
            if caller.claims is not None
            else _machines_work(request, caller, self.permission)
        )
        async with opened as work:
            yield work


class Allowed(_Door):
    """Opens a `Work` for the organization of an active user or a living API key that holds the permission.

    Use it with `scope="function"`: the commit of what was written then happens before the answer leaves, not
    after.
    """

    async def __call__(self, request: Request) -> AsyncIterator[Work]:
        async with self.opened(request) as work:
            yield work

    async def reading(self, request: Request, read: Callable[[Work], Awaitable[T]]) -> T:
        """What `read` makes of what it finds. It is called again, in a transaction, when it had only glanced
        and the glance proved nothing.
        """
        caller = await _caller_of(request)
        if caller.claims is not None:
            return await _persons_reading(request, caller.claims, self.permission, read)
        async with _machines_work(request, caller, self.permission) as work:
            return await read(work)


@cache
def allowed(permission: Permission) -> Allowed:
    return Allowed(permission)


class Admitted(_Door):
    """Like `Allowed`, with the transaction over when the endpoint begins: what takes long keeps no other
    waiting.
    """

    async def __call__(self, request: Request) -> Caller:
        async with self.opened(request) as work:
            return Caller(work.organization_id, work.actor)


@cache
def admitted(permission: Permission) -> Admitted:
    return Admitted(permission)


class Checked:
    """For people only: like `Allowed`, with the transaction over when the endpoint begins.

    For those that call somebody, and for those that work for another organization.
    """

    guards: ClassVar[bool] = True

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(self, request: Request, claims: Annotated[Claims, Depends(claims_of)]) -> Claims:
        async with _persons_work(request, claims, self.permission):
            return claims


@cache
def checked(permission: Permission) -> Checked:
    return Checked(permission)
