"""What endpoints ask for: the process's runtime, and a transaction for whoever is signed in."""

from collections.abc import AsyncIterator
from functools import cache
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Depends, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import HTTPConnection, Request

from pytake.http.rates import RateLimits
from pytake.identity import keys, service, sessions
from pytake.identity.errors import InvalidToken
from pytake.identity.permissions import Permission
from pytake.identity.presence import Presence
from pytake.identity.schemas import UserRead
from pytake.identity.tokens import AccessTokens
from pytake.identity.types import Caller, Claims, User
from pytake.kit.errors import Unauthenticated
from pytake.kit.work import Actor, Work
from pytake.runtime import Runtime

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


async def caller_of(
    request: Request, bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]
) -> Caller:
    """Whoever the token or the API key says it is. Proves nothing about today: use `allowed`."""
    if bearer is not None and keys.is_key(bearer.credentials):
        return await keys.whose(runtime_of(request), bearer.credentials)
    claims = await claims_of(request, bearer)
    return Caller(claims.organization_id, Actor("user", claims.user_id), claims=claims)


async def _count(request: Request, organization_id: UUID, actor: Actor, claims: Claims | None = None) -> None:
    """Raises RateLimitExceeded, and InvalidToken when the token is known to be revoked."""
    limits: RateLimits = request.app.state.rate_limits
    if not await limits.spend(request, organization_id, actor, claims.token_hash if claims else None):
        raise InvalidToken


async def _admit(request: Request, work: Work, claims: Claims, permission: Permission) -> None:
    """Raises InvalidToken when the session has ended or its user is gone, and PermissionMissing."""
    granted = await sessions.granted(work, claims.user_id, claims.session_id)
    service.let_in(work, granted, permission)
    presence: Presence = request.app.state.presence
    presence.saw(claims.organization_id, claims.user_id)


def _note_use(request: Request, caller: Caller) -> None:
    assert caller.actor.api_key_id is not None
    presence: Presence = request.app.state.presence
    presence.used(caller.organization_id, caller.actor.api_key_id)


class Allowed:
    """Opens a `Work` for the organization of an active user or a living API key that holds the permission.

    Use it with `scope="function"`: the commit then happens before the answer leaves, not after.
    """

    guards: ClassVar[bool] = True

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(
        self, request: Request, caller: Annotated[Caller, Depends(caller_of)]
    ) -> AsyncIterator[Work]:
        """A person's token is proven, so they are counted before PostgreSQL is asked; a key is counted after,
        or anybody who knows how it begins could use up its organization's share.
        """
        claims = caller.claims
        if claims is not None:
            await _count(request, caller.organization_id, caller.actor, claims)
        async with runtime_of(request).work(caller.organization_id, caller.actor) as work:
            if claims is not None:
                await _admit(request, work, claims, self.permission)
            else:
                granted = await keys.granted(work, caller.key_hash)
                await _count(request, caller.organization_id, caller.actor)
                service.let_in(work, granted, self.permission)
                _note_use(request, caller)
            yield work


@cache
def allowed(permission: Permission) -> Allowed:
    return Allowed(permission)


class Checked:
    """For people only: like `Allowed`, with the transaction over when the endpoint begins.

    For those that call somebody, and for those that work for another organization.
    """

    guards: ClassVar[bool] = True

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(self, request: Request, claims: Annotated[Claims, Depends(claims_of)]) -> Claims:
        actor = Actor("user", claims.user_id)
        await _count(request, claims.organization_id, actor, claims)
        async with runtime_of(request).work(claims.organization_id, actor) as work:
            await _admit(request, work, claims, self.permission)
        return claims


@cache
def checked(permission: Permission) -> Checked:
    return Checked(permission)
