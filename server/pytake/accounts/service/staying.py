"""Staying signed in, and ending it: rotation of refresh tokens, the list of devices, signing out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog

from pytake.accounts import marks
from pytake.accounts.reception import Reception
from pytake.accounts.repository import refreshing
from pytake.accounts.service import signing_in
from pytake.accounts.types import REFRESH_LIFETIME, Session, SignedIn, Visitor
from pytake.identity import service as identity
from pytake.identity import sessions
from pytake.identity.errors import InvalidToken
from pytake.identity.types import User
from pytake.kit.errors import NotFound
from pytake.kit.work import Actor, Work
from pytake.runtime import Runtime

log = structlog.get_logger(__name__)

_ACCESS_LIVES = timedelta(minutes=15)
"""At the longest."""


@dataclass(frozen=True, slots=True)
class _Rotated:
    user: User
    access: str
    refresh: str


async def refresh(runtime: Runtime, reception: Reception, visitor: Visitor, token: str | None) -> SignedIn:
    """New tokens for old. Raises InvalidToken; a token that was replaced before also ends its family."""
    token_hash = marks.token_hash(token or "")
    async with runtime.lookup() as connection:
        found = await refreshing.find(connection, token_hash)
    if found is None or token is None:
        raise InvalidToken
    organization_id, session_id = found
    async with runtime.work(organization_id) as work:
        work.unaudited("somebody stays in; that they came in is told already")
        session = await refreshing.lock_session(work, session_id)
        known = await refreshing.read_token(work, token_hash)
        if session is None or known is None:
            raise InvalidToken
        rotated = await _rotate(work, runtime, reception, visitor, session, known, token)
        ended = {} if rotated else await _end_family(work, session["user_id"], session_id)
    if rotated is None:
        await announce(runtime, session["user_id"], ended)
        raise InvalidToken
    await signing_in.remember(runtime, visitor, session["user_id"], rotated.access, rotated.refresh, work)
    return SignedIn(signing_in.tokens(reception, rotated.access, rotated.refresh), rotated.user)


async def _rotate(
    work: Work,
    runtime: Runtime,
    reception: Reception,
    visitor: Visitor,
    session: Mapping[str, Any],
    known: Mapping[str, Any],
    token: str,
) -> _Rotated | None:
    """None when the token is a replay. Requests that raced each other with one token share its successor."""
    possible = marks.successors(runtime.ports.digests, token)
    user = await identity.find_user_by_id(work, session["user_id"])
    if user is None or not known["is_fresh"]:
        raise InvalidToken
    if known["revoked"]:
        if not known["was_just_replaced"] or (successor := await _living(work, possible)) is None:
            return None
    else:
        successor = possible[0]
        await refreshing.retire(work, marks.token_hash(token))
        expires_at = min(work.now + REFRESH_LIFETIME, session["expires_at"])
        await refreshing.insert(
            work, user.id, session["id"], marks.token_hash(successor), expires_at, visitor
        )
    access = reception.tokens.issue(user.id, work.organization_id, session["id"], work.now)
    await refreshing.note_use(work, session["id"], marks.token_hash(access), visitor)
    return _Rotated(user, access, successor)


async def _living(work: Work, refresh_tokens: Iterable[str]) -> str | None:
    for token in refresh_tokens:
        if await refreshing.is_live(work, marks.token_hash(token)):
            return token
    return None


async def _end_family(work: Work, user_id: UUID, session_id: UUID) -> dict[UUID, str | None]:
    """Somebody has a copy; which of the two is the thief, nobody can tell."""
    log.warning("refresh_token_replayed", user_id=str(user_id), session_id=str(session_id))
    ended = await sessions.revoke(work, user_id, "replayed", only=session_id)
    work.audit("session.replay_refused", session_id, user_id=user_id)
    return ended


async def list_sessions(work: Work) -> list[Session]:
    assert work.actor.user_id is not None
    return await refreshing.list_sessions(work, work.actor.user_id)


async def end_one(runtime: Runtime, organization_id: UUID, user_id: UUID, session_id: UUID) -> None:
    """Raises NotFound, alike for what is no session, has ended, or is somebody else's."""
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        ended = await sessions.revoke(work, user_id, "signed_out", only=session_id)
        if not ended:
            raise NotFound
        work.audit("session.ended", session_id)
    await announce(runtime, user_id, ended)


async def end_all(
    runtime: Runtime, organization_id: UUID, user_id: UUID, *, besides: UUID | None = None
) -> None:
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        ended = await sessions.revoke(work, user_id, "signed_out_everywhere", besides=besides)
        work.audit("user.signed_out_everywhere", user_id, metadata={"sessions": list(ended)})
    await announce(runtime, user_id, ended)


async def end_by_token(runtime: Runtime, token: str) -> None:
    """Does nothing for a token that opens nothing any more."""
    async with runtime.lookup() as connection:
        found = await refreshing.find(connection, marks.token_hash(token))
    if found is None:
        return
    organization_id, session_id = found
    async with runtime.work(organization_id) as work:
        session = await refreshing.lock_session(work, session_id)
        if session is None:
            return
        ended = await sessions.revoke(work, session["user_id"], "signed_out", only=session_id)
        work.audit("session.ended", session_id, user_id=session["user_id"])
    await announce(runtime, session["user_id"], ended)


async def announce(runtime: Runtime, user_id: UUID, ended: dict[UUID, str | None]) -> None:
    """Redis refuses the access tokens from now on; without it, PostgreSQL does so at their next use."""
    revoked = {access_hash: _ACCESS_LIVES for access_hash in ended.values() if access_hash}
    await runtime.ports.gate.refuse(user_id, revoked)
