"""A new e-mail address: asked for by who knows the password, confirmed by who reads its mail."""

from uuid import UUID

from pytake.accounts.errors import EmailUnchanged, LinkUnusable, TooManyAttempts
from pytake.accounts.reception import Reception
from pytake.accounts.repository import links, people
from pytake.accounts.service import guesses, letters, passwords
from pytake.accounts.service.links import find
from pytake.accounts.types import Link, LinkPurpose, Template, Visitor
from pytake.identity.errors import EmailTaken
from pytake.identity.types import PERSON_CHANGED
from pytake.kit.errors import NotFound
from pytake.kit.work import Actor, Work
from pytake.runtime import Runtime

_ENDED = (LinkPurpose.CHANGE_EMAIL, LinkPurpose.VERIFY_EMAIL, LinkPurpose.RESET_PASSWORD)
"""What letters to the old address were good for."""


async def ask(
    runtime: Runtime,
    reception: Reception,
    visitor: Visitor,
    organization_id: UUID,
    user_id: UUID,
    *,
    email: str,
    password: str,
) -> None:
    """Nothing changes before the letter to the new address was opened. Who works elsewhere is nobody's
    business here: that an address is taken is told of colleagues' only.

    Raises WrongPassword, TooManyAttempts, EmailUnchanged and EmailTaken.
    """
    present = await passwords.check_again(runtime, reception, organization_id, user_id, password)
    if email.casefold() == present.casefold():
        raise EmailUnchanged
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        if await people.works_here(work, email):
            raise EmailTaken
    if not await guesses.may_ask_for_letter(runtime, visitor, LinkPurpose.CHANGE_EMAIL, email):
        raise TooManyAttempts(retry_after=guesses.HOUR)
    async with runtime.work(organization_id, Actor("user", user_id)) as work:
        known = await people.find_credentials(work, user_id)
        if known is None:
            raise LinkUnusable
        await links.withdraw(work, LinkPurpose.CHANGE_EMAIL, user_id=user_id)
        await letters.write_with_link(
            work,
            LinkPurpose.CHANGE_EMAIL,
            Template.CHANGE_EMAIL,
            email,
            visitor.locale,
            user_id=user_id,
            full_name=known["full_name"],
        )
        await letters.tell(work, user_id, present, Template.EMAIL_CHANGE_ASKED, visitor.locale, email=email)
        work.audit("user.email_change_asked", user_id, before={"email": present}, after={"email": email})


async def asked(work: Work) -> Link | None:
    """The change that waits for its letter to be opened, if any."""
    assert work.actor.user_id is not None
    return await links.find_open(work, LinkPurpose.CHANGE_EMAIL, work.actor.user_id)


async def withdraw(work: Work) -> None:
    """Raises NotFound."""
    user_id = work.actor.user_id
    if user_id is None or not await links.withdraw(work, LinkPurpose.CHANGE_EMAIL, user_id=user_id):
        raise NotFound
    work.audit("user.email_change_withdrawn", user_id)


async def confirm(runtime: Runtime, visitor: Visitor, token: str) -> str:
    """Answers the address to sign in with. Raises LinkUnusable, and EmailTaken when somebody has it by now:
    only who reads its mail gets to hear that.
    """
    organization_id, link_id = await find(runtime, token)
    async with runtime.work(organization_id) as work:
        used = await links.use(work, link_id, LinkPurpose.CHANGE_EMAIL)
        known = await people.find_credentials(work, used.user_id) if used and used.user_id else None
        if used is None or used.user_id is None or known is None:
            raise LinkUnusable
        user_id = used.user_id
        if not await people.change_email(work, user_id, used.email):
            raise EmailTaken
        for purpose in _ENDED:
            await links.withdraw(work, purpose, user_id=user_id)
        await letters.tell(
            work, user_id, known["email"], Template.EMAIL_CHANGED, visitor.locale, email=used.email
        )
        before, after = {"email": known["email"]}, {"email": used.email}
        work.audit("user.email_changed", user_id, user_id=user_id, before=before, after=after)
        work.publish(PERSON_CHANGED, {"user_id": user_id})
    return used.email
