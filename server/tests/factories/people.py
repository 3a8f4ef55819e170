"""Organizations and the people who work there."""

import itertools
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from pytake.identity import service as identity
from pytake.identity import sessions
from pytake.identity.tokens import AccessTokens
from pytake.identity.types import Role
from pytake.kit.ids import new_id
from pytake.runtime import Runtime
from tests.servers import SECRET_KEY

PASSWORD = "correct horse battery"
_HASH = PasswordHash([Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1)]).hash(PASSWORD)

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A signed-in user."""

    id: UUID
    organization_id: UUID
    email: str
    headers: dict[str, str]


async def an_organization(runtime: Runtime, name: str = "Padaria Aurora") -> UUID:
    organization_id = new_id()
    async with runtime.work(organization_id) as work:
        await identity.create_organization(work, name=name, slug=f"organization-{next(_numbers)}")
    return organization_id


async def a_user(
    runtime: Runtime, organization_id: UUID, *, role: Role = Role.AGENT, email: str | None = None
) -> tuple[UUID, str]:
    """Their password is PASSWORD."""
    email = email or f"user-{next(_numbers)}@padaria-aurora.example"
    async with runtime.work(organization_id) as work:
        user_id = await identity.create_user(
            work, full_name="Ana Souza", email=email, password_hash=_HASH, role=role
        )
    return user_id, email


async def bearer(runtime: Runtime, organization_id: UUID, user_id: UUID) -> dict[str, str]:
    async with runtime.work(organization_id) as work:
        session_id, _ = await sessions.open_session(work, user_id)
        token = AccessTokens(timedelta(hours=1), SECRET_KEY).issue(
            user_id, organization_id, session_id, work.now
        )
    return {"authorization": f"Bearer {token}"}


async def somebody(
    runtime: Runtime, organization_id: UUID | None = None, *, role: Role = Role.AGENT
) -> Somebody:
    """A user, of a new organization when none is named."""
    organization_id = organization_id or await an_organization(runtime)
    user_id, email = await a_user(runtime, organization_id, role=role)
    return Somebody(user_id, organization_id, email, await bearer(runtime, organization_id, user_id))
