"""Who asks, for deeds that speak with Meta: nothing may be called while a transaction is open."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pytake.kit.errors import NotFound
from pytake.kit.work import Actor, Work
from pytake.ports.whatsapp import Sender
from pytake.runtime import Runtime
from pytake.whatsapp.errors import NumberWithoutAppId, NumberWithoutToken
from pytake.whatsapp.numbers import rows


@dataclass(frozen=True, slots=True)
class Acting:
    runtime: Runtime
    organization_id: UUID
    actor: Actor

    def work(self) -> AbstractAsyncContextManager[Work]:
        return self.runtime.work(self.organization_id, self.actor)

    async def sender(self, number_id: UUID) -> Sender:
        """Raises NotFound and NumberWithoutToken."""
        async with self.work() as work:
            row = await rows.sealed(work, number_id)
            if row is None:
                raise NotFound
            return opened(self.runtime, self.organization_id, row)

    async def by_app(self, number_id: UUID) -> tuple[Sender, str]:
        """For what belongs to the number's Meta app, also its id.

        Raises NotFound, NumberWithoutToken and NumberWithoutAppId.
        """
        sender = await self.sender(number_id)
        async with self.work() as work:
            app_id = await rows.app_id(work, number_id)
        if app_id is None:
            raise NumberWithoutAppId
        return sender, app_id


def opened(runtime: Runtime, organization_id: UUID, row: Any) -> Sender:
    """Raises NumberWithoutToken."""
    if row["access_token_encrypted"] is None:
        raise NumberWithoutToken
    token = runtime.ports.secrets.open(
        row["access_token_encrypted"],
        organization_id=organization_id,
        table="whatsapp_numbers",
        column="access_token_encrypted",
        row_id=row["id"],
    )
    return Sender(row["phone_number_id"], token)


def sealed_token(runtime: Runtime, organization_id: UUID, number_id: UUID, token: str) -> str:
    return runtime.ports.secrets.seal(
        token,
        organization_id=organization_id,
        table="whatsapp_numbers",
        column="access_token_encrypted",
        row_id=number_id,
    )
