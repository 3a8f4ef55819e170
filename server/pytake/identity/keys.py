"""API keys: made once and shown once; what is kept is the beginning, to find it by, and a hash."""

import hashlib
import hmac
import secrets as entropy
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from pytake.identity.errors import AlreadyExpired, BeyondYourOwn, InvalidToken, ScopeNotForKeys
from pytake.identity.permissions import SCOPES, Permission, of_key
from pytake.identity.rows import keys as rows
from pytake.identity.types import Caller
from pytake.kit.database import Question
from pytake.kit.errors import NotFound
from pytake.kit.ids import new_id
from pytake.kit.pages import Position, cut
from pytake.kit.work import Actor, Work
from pytake.runtime import Runtime

BEGINNING: Final = "ptk_"
_PREFIX: Final = len(BEGINNING) + 12
_LONGEST: Final = 100

Json = dict[str, Any]


def is_key(credentials: str) -> bool:
    return credentials.startswith(BEGINNING)


async def whose(runtime: Runtime, key: str) -> Caller:
    """Whom a key speaks for, if it is right: `granted` checks that. Raises InvalidToken."""
    if not _might_be(key):
        raise InvalidToken
    async with runtime.lookup() as connection:
        found = await rows.whose(connection, key[:_PREFIX])
    if found is None:
        raise InvalidToken
    key_id, organization_id = found
    return Caller(organization_id, Actor("machine", api_key_id=key_id), key_hash=_hash(key))


def living(organization_id: UUID, key_id: UUID) -> Question:
    """What `granted` reads."""
    return rows.living(organization_id, key_id)


def granted(work: Work, key_hash: str) -> frozenset[Permission]:
    """What the actor of a work that was opened with `living` may do. Raises InvalidToken, whatever is wrong
    with the key.
    """
    known = work.first["key_hash"]
    if known is None or not hmac.compare_digest(known, key_hash):
        raise InvalidToken
    return of_key(work.first["scopes"])


async def page(work: Work, cursor: str | None, limit: int) -> Json:
    shown, last = cut(await rows.page(work, Position.behind(cursor), limit + 1), limit)
    following = str(Position(last["created_at"], last["id"])) if last else None
    return {"items": [dict(row) for row in shown], "next": following}


async def create(
    work: Work, *, name: str, scopes: Collection[Permission], expires_at: datetime | None
) -> Json:
    """The key is in the answer and nowhere else. Raises ScopeNotForKeys, BeyondYourOwn, AlreadyExpired."""
    _check(work, scopes, expires_at)
    key_id, key = new_id(), BEGINNING + entropy.token_hex(6) + "_" + entropy.token_urlsafe(32)
    wanted = sorted({scope.value for scope in scopes})
    await rows.insert(
        work,
        key_id,
        name=name,
        prefix=key[:_PREFIX],
        key_hash=_hash(key),
        scopes=wanted,
        expires_at=expires_at,
    )
    work.audit("api_key.created", key_id, after={"name": name, "scopes": wanted, "expires_at": expires_at})
    return {**(await get(work, key_id)), "key": key}


async def get(work: Work, key_id: UUID) -> Json:
    """Raises NotFound."""
    row = await rows.find(work, key_id)
    if row is None:
        raise NotFound
    return dict(row)


async def rename(work: Work, key_id: UUID, name: str) -> Json:
    """Raises NotFound. What a key may do never changes: make another."""
    before = await get(work, key_id)
    await rows.rename(work, key_id, name)
    work.audit("api_key.updated", key_id, before={"name": before["name"]}, after={"name": name})
    return await get(work, key_id)


async def revoke(work: Work, key_id: UUID) -> None:
    """At once, and for ever. Raises NotFound, also for one that is revoked already."""
    before = await get(work, key_id)
    if not await rows.revoke(work, key_id):
        raise NotFound
    work.audit("api_key.revoked", key_id, before={"name": before["name"], "scopes": before["scopes"]})


def _check(work: Work, scopes: Collection[Permission], expires_at: datetime | None) -> None:
    if forbidden := sorted(set(scopes) - SCOPES):
        raise ScopeNotForKeys(scopes=", ".join(forbidden))
    if beyond := sorted(set(scopes) - work.actor.grants):
        raise BeyondYourOwn(permissions=", ".join(beyond))
    if expires_at is not None and expires_at <= work.now:
        raise AlreadyExpired


def _might_be(key: str) -> bool:
    return len(key) <= _LONGEST and key.isascii() and key.isprintable()


def _hash(key: str) -> str:
    """A key has 256 bits nobody can guess, so a fast hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()
