"""Organizations and users: who they are, and what they may do."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

from pytake.identity import repository
from pytake.identity.errors import (
    EmailTaken,
    InvalidToken,
    PermissionMissing,
    SlugTaken,
)
from pytake.identity.limits import make_room
from pytake.identity.permissions import Permission
from pytake.identity.types import UNLIMITED, Limit, Limits, PlanType, Role, User
from pytake.kit.work import Work
from pytake.runtime import Runtime


async def find_user(runtime: Runtime, email: str) -> tuple[UUID, UUID] | None:
    """The user and the organization behind an address, whichever organization it is."""
    async with runtime.lookup() as connection:
        return await repository.find_by_email(connection, email)


async def find_user_by_id(work: Work, user_id: UUID) -> User | None:
    """None when they are gone or switched off."""
    return await repository.find_user(work, user_id)


async def me(work: Work) -> User:
    user = await repository.find_user(work, work.actor.user_id) if work.actor.user_id else None
    if user is None:
        raise InvalidToken
    return user


def let_in(work: Work, granted: frozenset[Permission], permission: Permission) -> None:
    """Note what the work's actor may do. Raises PermissionMissing."""
    work.actor = replace(work.actor, grants=granted)
    if permission not in granted:
        raise PermissionMissing(permission=permission.value)


async def grants(work: Work, user_ids: Collection[UUID]) -> dict[UUID, frozenset[Permission]]:
    """What each of them may do who is still active; the others are missing."""
    return await repository.grants(work, user_ids)


async def find_organization(runtime: Runtime, slug: str) -> UUID | None:
    async with runtime.lookup() as connection:
        return await repository.find_organization(connection, slug)


async def create_organization(
    work: Work,
    *,
    name: str,
    slug: str,
    plan_type: PlanType = PlanType.FREE,
    limits: Limits = UNLIMITED,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Create the work's own organization: open the work with a new id. Raises SlugTaken."""
    if not await repository.insert_organization(work, name, slug, plan_type, limits, settings):
        raise SlugTaken(slug=slug)


async def create_user(
    work: Work, *, full_name: str, email: str, password_hash: str, role: Role = Role.AGENT
) -> UUID:
    """`password_hash` comes from `Passwords.hash`, made before the transaction.

    Raises EmailTaken, and LimitReached when one more who answers customers would be too many.
    """
    if role is not Role.VIEWER:
        await make_room(work, Limit.AGENTS)
    user_id = await repository.insert_user(
        work, full_name=full_name, email=email.strip(), password_hash=password_hash, role=role
    )
    if user_id is None:
        raise EmailTaken
    return user_id
