"""What endpoints ask for: the process's runtime, and a transaction for whoever is signed in."""

from collections.abc import AsyncIterator
from functools import cache
from typing import Annotated, ClassVar

from fastapi import Depends, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import HTTPConnection, Request

from pytake.identity import service
from pytake.identity.errors import InvalidToken
from pytake.identity.passwords import Passwords
from pytake.identity.permissions import Permission
from pytake.identity.tokens import AccessTokens
from pytake.identity.types import Claims
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


def passwords_of(connection: HTTPConnection) -> Passwords:
    passwords: Passwords = connection.app.state.passwords
    return passwords


async def claims_of(
    request: Request, bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]
) -> Claims:
    """What the token says. Proves nothing about today: use `allowed`."""
    if bearer is None:
        raise Unauthenticated
    if bearer.scheme.lower() != "bearer":
        raise InvalidToken
    return tokens_of(request).read(bearer.credentials)


class Allowed:
    """Opens a `Work` for the organization of a signed-in, active user who holds the permission.

    Use it with `scope="function"`: the commit then happens before the answer leaves, not after.
    """

    guards: ClassVar[bool] = True

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(
        self, request: Request, claims: Annotated[Claims, Depends(claims_of)]
    ) -> AsyncIterator[Work]:
        actor = Actor("user", claims.user_id)
        async with runtime_of(request).work(claims.organization_id, actor) as work:
            await service.admit(work, self.permission)
            yield work


@cache
def allowed(permission: Permission) -> Allowed:
    return Allowed(permission)


class Checked:
    """Like `Allowed`, with the transaction over when the endpoint begins: for those that call somebody."""

    guards: ClassVar[bool] = True

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(self, request: Request, claims: Annotated[Claims, Depends(claims_of)]) -> Claims:
        actor = Actor("user", claims.user_id)
        async with runtime_of(request).work(claims.organization_id, actor) as work:
            await service.admit(work, self.permission)
        return claims


@cache
def checked(permission: Permission) -> Checked:
    return Checked(permission)
