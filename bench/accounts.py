"""People of an organization, signed in."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from bench.processes import SECRET_KEY
from pytake.identity import service as identity
from pytake.identity import sessions
from pytake.identity.tokens import AccessTokens

if TYPE_CHECKING:
    from bench.processes import PyTake

NO_PASSWORD = "!"  # noqa: S105 - no password has this hash
LIFETIME = timedelta(hours=12)


async def sign_in(pytake: "PyTake", organization_id: UUID, name: str) -> str:
    """Make a user and answer an access token of theirs; checking passwords is not measured."""
    async with pytake.runtime.work(organization_id) as work:
        user_id = await identity.create_user(
            work, full_name=name, email=f"{name}@{organization_id}.example", password_hash=NO_PASSWORD
        )
        session_id, _ = await sessions.open_session(work, user_id)
    return AccessTokens(LIFETIME, SECRET_KEY).issue(user_id, organization_id, session_id, work.now)
