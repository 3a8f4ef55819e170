"""Signing in: the right password, and the second factor of those who have one."""

from uuid import UUID

from pytake.accounts import marks
from pytake.accounts.errors import SecondFactorNeeded, WrongCode
from pytake.accounts.reception import Reception
from pytake.accounts.repository import people, refreshing
from pytake.accounts.service import failures, guesses, two_factor
from pytake.accounts.types import REFRESH_LIFETIME, SignedIn, Tokens, Visitor
from pytake.identity import service as identity
from pytake.identity import sessions
from pytake.identity.errors import WrongCredentials
from pytake.kit.work import Actor, Work
from pytake.ports.gate import Device
from pytake.runtime import Runtime

_NOBODY = (UUID(int=0), UUID(int=0))


async def sign_in(
    runtime: Runtime,
    reception: Reception,
    visitor: Visitor,
    *,
    email: str,
    password: str,
    code: str | None,
    device_mark: str | None,
) -> SignedIn:
    """Raises TooManyAttempts before anything is checked, and WrongCredentials after the same questions and
    the same time whatever is wrong; then SecondFactorNeeded and WrongCode. No transaction is open meanwhile.
    """
    guess = await guesses.count_sign_in(runtime, visitor, email, device_mark)
    user_id, organization_id = await identity.find_user(runtime, email) or _NOBODY
    async with runtime.work(organization_id) as work:
        known = await people.find_credentials(work, user_id)
    right, fresh = await reception.passwords.verify(password, known["password_hash"] if known else None)
    if known is None or not right:
        await failures.note(runtime, visitor, email, is_known_device=guess.is_known_device)
        raise WrongCredentials
    await guess.forgive(runtime)
    if known["has_second_factor"]:
        await _check_code(runtime, organization_id, user_id, code)
    return await enter(
        runtime,
        reception,
        visitor,
        organization_id,
        user_id,
        checked_hash=known["password_hash"],
        fresh_hash=fresh,
    )


async def _check_code(runtime: Runtime, organization_id: UUID, user_id: UUID, code: str | None) -> None:
    if code is None:
        raise SecondFactorNeeded
    if not await two_factor.accepts(runtime, organization_id, user_id, code):
        await failures.tell_wrong_code(runtime, organization_id, user_id)
        raise WrongCode


async def enter(
    runtime: Runtime,
    reception: Reception,
    visitor: Visitor,
    organization_id: UUID,
    user_id: UUID,
    *,
    checked_hash: str,
    fresh_hash: str | None,
) -> SignedIn:
    """Raises WrongCredentials when they are gone, or have a new password, since theirs was checked: a reset
    ends every session, and none of the old password may begin behind it.
    """
    refresh = marks.new_refresh_token()
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        still_right = await people.note_sign_in(
            work, user_id, visitor.ip_address, checked_hash=checked_hash, fresh_hash=fresh_hash
        )
        user = await identity.find_user_by_id(work, user_id)
        if user is None or not still_right:
            raise WrongCredentials
        session_id, _ = await sessions.open_session(
            work, user_id, user_agent=visitor.user_agent, ip_address=visitor.ip_address
        )
        access = reception.tokens.issue(user_id, organization_id, session_id, work.now)
        await _keep(work, visitor, session_id, access, refresh)
        work.audit("session.opened", session_id)
    await remember(runtime, visitor, user_id, access, refresh, work)
    return SignedIn(tokens(reception, access, refresh), user)


async def _keep(work: Work, visitor: Visitor, session_id: UUID, access: str, refresh: str) -> None:
    assert work.actor.user_id is not None
    expires_at = work.now + REFRESH_LIFETIME
    hashed = marks.token_hash(refresh)
    await refreshing.insert(work, work.actor.user_id, session_id, hashed, expires_at, visitor)
    await refreshing.note_use(work, session_id, marks.token_hash(access), visitor)


def tokens(reception: Reception, access: str, refresh: str) -> Tokens:
    lifetime = reception.tokens.lifetime
    return Tokens(access, refresh, int(lifetime.total_seconds()), int(REFRESH_LIFETIME.total_seconds()))


async def remember(
    runtime: Runtime, visitor: Visitor, user_id: UUID, access: str, refresh: str, work: Work
) -> None:
    """The user's newest session, by digests, for whoever watches Redis."""
    device = Device(
        marks.token_hash(access),
        marks.token_hash(refresh),
        work.now + REFRESH_LIFETIME,
        visitor.user_agent,
        visitor.ip_address,
    )
    await runtime.ports.gate.remember(user_id, device)
