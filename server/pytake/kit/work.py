"""One transaction, for one organization, by one actor, with the news and the nudges it will release."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import asyncpg

from pytake.kit.database import Connection
from pytake.kit.jobs import Nudge
from pytake.kit.journal import News


@dataclass(frozen=True, slots=True)
class Actor:
    kind: Literal["system", "user", "customer"]
    user_id: UUID | None = None


SYSTEM = Actor("system")


@dataclass(slots=True)
class Work:
    """Made by `Runtime.work` only. Committed by it, once, when its block ends without an error."""

    connection: Connection
    organization_id: UUID
    actor: Actor
    now: datetime
    """The database's clock when the transaction began; the only clock rules are measured by."""
    news: list[News] = field(default_factory=list)
    nudges: set[Nudge] = field(default_factory=set)

    async def fetch(self, statement: str, *arguments: Any) -> list[asyncpg.Record]:
        """Run one set statement, in this transaction."""
        rows: list[asyncpg.Record] = await self.connection.fetch(statement, *arguments)
        return rows

    async def execute(self, statement: str, *arguments: Any) -> None:
        await self.connection.execute(statement, *arguments)

    def publish(self, type_: str, payload: dict[str, Any]) -> None:
        """Write a fact to the journal, in this transaction."""
        self.news.append(News(type_, payload))

    def enqueue(self, *nudges: Nudge) -> None:
        """Nudge somebody after the commit. The same nudge twice is one."""
        self.nudges.update(nudges)
