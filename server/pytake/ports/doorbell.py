"""Tells other processes that an organization's journal has news. Losing a ring costs delay, never data."""

from collections.abc import AsyncGenerator
from typing import Protocol
from uuid import UUID


class Doorbell(Protocol):
    async def ring(self, *organization_ids: UUID) -> None:
        """Say that these organizations have news. Never raises, never waits long."""
        ...

    def listen(self) -> AsyncGenerator[frozenset[UUID], None]:
        """Who has news, for ever. An empty set means: rings may have been missed, look at everyone's.

        It comes once the line stands and each time the line was restored. Close the generator to hang up.
        """
        ...
