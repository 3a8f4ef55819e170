"""New passwords: by who knows the old one, and by who reads the mail."""

from uuid import UUID

from pytake.accounts import jobs
from pytake.accounts.errors import AlreadyVerified, LinkUnusable, WrongPassword
from pytake.accounts.reception import Reception
from pytake.accounts.repository import links, mails, people
from pytake.accounts.service import guesses, letters, staying
from pytake.accounts.service.links import find, look_at
from pytake.accounts.types import LinkPurpose, Locale, Template, Visitor
from pytake.identity import sessions
from pytake.identity.errors import InvalidToken
from pytake.kit.work import Actor
from pytake.runtime import Runtime

_MOST = 100
_ENDED = (LinkPurpose.RESET_PASSWORD, LinkPurpose.CHANGE_EMAIL)
"""What somebody else may have asked for who knew the old password."""


async def check_again(
    runtime: Runtime, reception: Reception, organization_id: UUID, user_id: UUID, password: str
) -> str:
    """Somebody who is signed in proves once more who they are; answers their e-mail address.

    Raises WrongPassword and TooManyAttempts.
    """
    counted = await guesses.count_password(runtime, user_id)
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        known = await people.find_credentials(work, user_id)
    if known is None:
        raise InvalidToken
    right, _ = await reception.passwords.verify(password, known["password_hash"])
    if not right:
        raise WrongPassword
    await guesses.forget(runtime, counted)
    email: str = known["email"]
    return email


async def change(
    runtime: Runtime,
    reception: Reception,
    visitor: Visitor,
    organization_id: UUID,
    user_id: UUID,
    session_id: UUID,
    *,
    present: str,
    new: str,
) -> None:
    """Ends every other session. Raises WrongPassword, TooManyAttempts and PasswordUnacceptable."""
    email = await check_again(runtime, reception, organization_id, user_id, present)
    hashed = await reception.passwords.hash(new, email=email)
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        await people.set_password(work, user_id, hashed)
        for purpose in _ENDED:
            await links.withdraw(work, purpose, user_id=user_id)
        ended = await sessions.revoke(work, user_id, "password_changed", besides=session_id)
        work.audit("user.password_changed", user_id)
        await letters.tell(work, user_id, email, Template.PASSWORD_CHANGED, visitor.locale)
    await staying.announce(runtime, user_id, ended)


async def ask_for_reset(runtime: Runtime, visitor: Visitor, email: str) -> None:
    """The same steps whether anybody has the address: a worker finds out who. Raises TooManyAttempts."""
    if await guesses.may_ask_for_letter(runtime, visitor, LinkPurpose.RESET_PASSWORD, email):
        async with runtime.lookup() as connection:
            await mails.ask_for_reset(connection, email, visitor.locale)
        await runtime.jobs.push([jobs.answer_resets()])


async def answer_resets(runtime: Runtime) -> None:
    """A request, its link and its letter change hands in one transaction."""
    async with runtime.lookup() as connection:
        requests = await mails.reset_requests(connection, _MOST)
    for request in requests:
        if request["user_id"] is None:
            async with runtime.lookup() as connection:
                await mails.finish_reset_request(connection, request["id"])
            continue
        async with runtime.work(request["organization_id"]) as work:
            if not await mails.finish_reset_request(work.connection, request["id"]):
                continue
            known = await people.find_credentials(work, request["user_id"])
            if known is not None:
                await letters.write_with_link(
                    work,
                    LinkPurpose.RESET_PASSWORD,
                    Template.RESET_PASSWORD,
                    known["email"],
                    await letters.language_for(work, request["user_id"], Locale(request["locale"])),
                    user_id=request["user_id"],
                    full_name=known["full_name"],
                )


async def reset(runtime: Runtime, reception: Reception, visitor: Visitor, token: str, password: str) -> str:
    """Ends every session and every lock; answers the address. Raises LinkUnusable, PasswordUnacceptable."""
    organization_id, _, link = await look_at(runtime, token)
    hashed = await reception.passwords.hash(password, email=link.email)
    async with runtime.work(organization_id) as work:
        used = await links.use(work, link.id, LinkPurpose.RESET_PASSWORD)
        known = await people.find_credentials(work, used.user_id) if used and used.user_id else None
        if used is None or used.user_id is None or known is None or known["email"] != used.email:
            raise LinkUnusable
        user_id = used.user_id
        await people.set_password(work, user_id, hashed)
        await people.verify_email(work, user_id, used.email)
        for purpose in _ENDED:
            await links.withdraw(work, purpose, user_id=user_id)
        ended = await sessions.revoke(work, user_id, "password_reset")
        work.audit("user.password_reset", user_id, user_id=user_id)
        await letters.tell(work, user_id, used.email, Template.PASSWORD_CHANGED, visitor.locale)
    await staying.announce(runtime, user_id, ended)
    await guesses.forget(runtime, guesses.strangers_at(runtime.ports.digests, used.email))
    return used.email


async def ask_for_verification(
    runtime: Runtime, visitor: Visitor, organization_id: UUID, user_id: UUID
) -> None:
    """Raises AlreadyVerified, and TooManyAttempts for who asks again and again."""
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        known = await people.find_credentials(work, user_id)
        if known is None:
            raise InvalidToken
        if known["email_verified"]:
            raise AlreadyVerified
    if not await guesses.may_ask_for_letter(runtime, visitor, LinkPurpose.VERIFY_EMAIL, known["email"]):
        return
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        await letters.write_with_link(
            work,
            LinkPurpose.VERIFY_EMAIL,
            Template.VERIFY_EMAIL,
            known["email"],
            visitor.locale,
            user_id=user_id,
            full_name=known["full_name"],
        )
        work.audit("user.email_verification_asked", user_id)


async def verify_email(runtime: Runtime, token: str) -> None:
    """Raises LinkUnusable."""
    organization_id, link_id = await find(runtime, token)
    async with runtime.work(organization_id) as work:
        used = await links.use(work, link_id, LinkPurpose.VERIFY_EMAIL)
        if used is None or used.user_id is None:
            raise LinkUnusable
        if not await people.verify_email(work, used.user_id, used.email):
            raise LinkUnusable
        await links.withdraw(work, LinkPurpose.VERIFY_EMAIL, user_id=used.user_id)
        work.audit("user.email_verified", used.user_id, user_id=used.user_id)
