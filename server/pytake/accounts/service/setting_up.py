"""The first organization and its owner: made once, by whoever holds the link that `pytake setup` printed.

Docs: docs/decisions/0041-an-empty-installation-is-nobody-s-to-take.md.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from pytake.accounts import marks
from pytake.accounts.errors import LinkUnusable
from pytake.accounts.reception import Reception
from pytake.accounts.repository import setting_up as links
from pytake.accounts.service import letters
from pytake.accounts.types import Founding, LinkPurpose, Locale, SetupLink, Template
from pytake.identity import organizations
from pytake.identity import service as identity
from pytake.identity.types import Role
from pytake.kit.ids import new_id
from pytake.kit.work import Actor, Work
from pytake.runtime import Runtime

INSTALLATION: Final = UUID(int=0)
"""Whose chain of the audit trail holds what belongs to no organization."""

PAGE: Final = "/setup"
HOURS: Final = 24


async def is_set_up(runtime: Runtime) -> bool:
    async with runtime.lookup() as connection:
        return await links.is_set_up(connection)


async def make_link(runtime: Runtime, actor: Actor) -> SetupLink | None:
    """The link before it ends. None when the installation is set up."""
    link_id = new_id()
    async with runtime.work(INSTALLATION, actor) as work:
        expires_at = await links.make_link(work.connection, link_id, HOURS)
        if expires_at is None:
            return None
        work.audit("installation.setup_link_made", link_id, after={"expires_at": expires_at.isoformat()})
    token = marks.setup_token(runtime.ports.digests, link_id)
    return SetupLink(f"{runtime.ports.mailer.web_url}{PAGE}#{token}", expires_at)


async def look_at_link(runtime: Runtime, token: str) -> datetime:
    """When it ends. Raises LinkUnusable; looking uses nothing up."""
    _, expires_at = await _find(runtime, token)
    return expires_at


async def set_up(runtime: Runtime, reception: Reception, token: str, founding: Founding) -> str:
    """Answers the address to sign in with. Whatever is refused leaves the link as it was.

    Raises LinkUnusable, PasswordUnacceptable, TimezoneUnknown.
    """
    link_id, _ = await _find(runtime, token)
    hashed = await reception.passwords.hash(founding.password, email=founding.email)
    async with runtime.work(new_id()) as work:
        if not await links.take_link(work.connection, link_id):
            raise LinkUnusable
        owner_id = await _found(work, founding, hashed)
        await letters.write_with_link(
            work,
            LinkPurpose.VERIFY_EMAIL,
            Template.VERIFY_EMAIL,
            founding.email,
            Locale(founding.locale),
            user_id=owner_id,
            full_name=founding.full_name,
        )
    return founding.email


async def _find(runtime: Runtime, token: str) -> tuple[UUID, datetime]:
    link_id = marks.read_setup_token(runtime.ports.digests, token)
    if link_id is not None:
        async with runtime.lookup() as connection:
            expires_at = await links.find_link(connection, link_id)
        if expires_at is not None:
            return link_id, expires_at
    raise LinkUnusable


async def _found(work: Work, founding: Founding, hashed: str) -> UUID:
    """Who sets the machine up owns all of it: the first user is a super administrator."""
    await organizations.check_timezone(work, founding.timezone)
    settings = {"timezone": founding.timezone, "locale": founding.locale}
    await identity.create_organization(work, name=founding.name, slug=founding.slug, settings=settings)
    created = await organizations.get(work)
    owner_id = await identity.create_user(
        work,
        full_name=founding.full_name,
        email=founding.email,
        password_hash=hashed,
        role=Role.SUPER_ADMIN,
    )
    owner = {"id": owner_id, "email": founding.email, "full_name": founding.full_name}
    work.audit(
        "organization.created",
        work.organization_id,
        user_id=owner_id,
        after={**organizations.of_itself(created), "owner": owner},
        metadata={"by": "setup_link"},
    )
    return owner_id
