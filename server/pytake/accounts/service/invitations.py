"""Colleagues: invited by mail, with a role, and in once they have chosen a password."""

from uuid import UUID

from pytake.accounts.errors import LinkUnusable
from pytake.accounts.reception import Reception
from pytake.accounts.repository import links, people
from pytake.accounts.service import letters
from pytake.accounts.service.links import look_at
from pytake.accounts.types import Invitation, LinkPurpose, Template, Visitor
from pytake.identity import organizations
from pytake.identity import service as identity
from pytake.identity.errors import BeyondYourOwn, EmailTaken
from pytake.identity.limits import make_room
from pytake.identity.permissions import OF_ROLE
from pytake.identity.types import Claims, Limit, Role
from pytake.kit.errors import NotFound
from pytake.kit.work import Work
from pytake.runtime import Runtime


async def invite(work: Work, visitor: Visitor, *, email: str, full_name: str, role: Role) -> Invitation:
    """Raises EmailTaken for a colleague's address only: who works elsewhere is nobody's business here. Raises
    BeyondYourOwn for a role that may what the inviter may not, and LimitReached when nobody could accept.
    """
    inviter = await identity.me(work)
    if beyond := OF_ROLE[role] - work.actor.grants:
        raise BeyondYourOwn(permissions=", ".join(sorted(beyond)))
    return await _write(work, visitor, inviter.full_name, email=email, full_name=full_name, role=role)


async def invite_administrator(
    runtime: Runtime, claims: Claims, visitor: Visitor, organization_id: UUID, *, email: str, full_name: str
) -> Invitation:
    """By a super administrator, who works elsewhere: of an organization that has nobody yet.

    Raises NotFound, EmailTaken, LimitReached.
    """
    async with runtime.work(claims.organization_id, claims.actor) as work:
        inviter = await identity.me(work)
    async with runtime.work(organization_id, claims.actor) as work:
        await organizations.get(work)
        return await _write(
            work, visitor, inviter.full_name, email=email, full_name=full_name, role=Role.ORG_ADMIN
        )


async def list_invitations_of(runtime: Runtime, claims: Claims, organization_id: UUID) -> list[Invitation]:
    """For a super administrator. Raises NotFound."""
    async with runtime.work(organization_id, claims.actor) as work:
        await organizations.get(work)
        return await links.list_invitations(work)


async def _write(
    work: Work, visitor: Visitor, inviter: str, *, email: str, full_name: str, role: Role
) -> Invitation:
    if await people.works_here(work, email):
        raise EmailTaken
    if role is not Role.VIEWER:
        await make_room(work, Limit.AGENTS)
    await links.withdraw(work, LinkPurpose.INVITATION, email=email)
    link_id = await letters.write_with_link(
        work,
        LinkPurpose.INVITATION,
        Template.INVITATION,
        email,
        await letters.language_for(work, None, visitor.locale),
        full_name=full_name,
        role=role,
        context={"inviter": inviter},
    )
    said = {"email": email, "full_name": full_name, "role": role.value}
    work.audit("user.invited", link_id, resource_type="invitation", after=said)
    return (await links.list_invitations(work, link_id))[0]


async def list_invitations(work: Work) -> list[Invitation]:
    return await links.list_invitations(work)


async def withdraw(work: Work, link_id: UUID) -> None:
    """Raises NotFound."""
    if not await links.withdraw(work, LinkPurpose.INVITATION, link_id=link_id):
        raise NotFound
    work.audit("user.invitation_withdrawn", link_id, resource_type="invitation")


async def accept(
    runtime: Runtime,
    reception: Reception,
    token: str,
    *,
    full_name: str | None,
    password: str,
) -> str:
    """Answers the address to sign in with. Raises LinkUnusable, PasswordUnacceptable, LimitReached, and
    EmailTaken when the address belongs to an account by now: only who reads its mail gets to hear that.
    """
    organization_id, _, link = await look_at(runtime, token)
    hashed = await reception.passwords.hash(password, email=link.email)
    async with runtime.work(organization_id) as work:
        used = await links.use(work, link.id, LinkPurpose.INVITATION)
        if used is None or used.role is None:
            raise LinkUnusable
        user_id = await identity.create_user(
            work,
            full_name=full_name or used.full_name or used.email,
            email=used.email,
            password_hash=hashed,
            role=used.role,
        )
        await people.verify_email(work, user_id, used.email)
        await people.teach_language(work, user_id)
        said = {"email": used.email, "role": used.role.value}
        work.audit("user.created", user_id, user_id=user_id, after=said)
    return used.email
