"""A new key for trails whose key is lost: without it nobody could do anything that leaves a row."""

from uuid import UUID

from pytake.audit import repository
from pytake.kit.work import COMMAND
from pytake.ports.secrets import SecretUnreadable
from pytake.runtime import Runtime, chain_key, fresh_chain_key


async def renew_lost_keys(runtime: Runtime) -> list[UUID]:
    """The organizations whose trail goes on with a new key. Verifying them will always tell of it."""
    async with runtime.lookup() as connection:
        organizations = await repository.organizations_ever(connection)
    return [each for each in organizations if await _renew(runtime, each)]


async def _renew(runtime: Runtime, organization_id: UUID) -> bool:
    secrets = runtime.ports.secrets
    async with runtime.work(organization_id, COMMAND) as work:
        head = await repository.head(work)
        if head["key_encrypted"] is None:
            return False
        try:
            chain_key(secrets, organization_id, head["key_encrypted"])
        except SecretUnreadable:
            await repository.renew(work, head["sequence"], fresh_chain_key(secrets, organization_id))
            work.audit("audit.key_renewed", metadata={"from_row": head["sequence"] + 1})
            return True
    return False
