"""One transaction, for one organization, by one actor, with the news and the nudges it will release."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

import asyncpg

from pytake.kit import trail
from pytake.kit.database import Connection
from pytake.kit.ids import new_id
from pytake.kit.jobs import Nudge
from pytake.kit.journal import News
from pytake.kit.origin import ORIGIN
from pytake.kit.redaction import redacted, redacted_text
from pytake.kit.trail import Deed

_LONGEST_AGENT: Final = 500


@dataclass(frozen=True, slots=True)
class Actor:
    kind: Literal["system", "user", "machine", "command"]
    user_id: UUID | None = None
    api_key_id: UUID | None = None
    grants: frozenset[str] = frozenset()
    """The permissions they were let in with; what the query layer shows them depends on it."""

    @property
    def id(self) -> UUID | None:
        """Whoever it is, person or machine."""
        return self.user_id or self.api_key_id


SYSTEM = Actor("system")
COMMAND = Actor("command")
"""Somebody at the command line of the server."""


@dataclass(slots=True)
class Work:
    """Made by `Runtime.work` only. Committed by it, once, when its block ends without an error."""

    connection: Connection
    organization_id: UUID
    actor: Actor
    now: datetime
    """The database's clock when the transaction began, or got its turn. Rules are measured by no other."""
    first: asyncpg.Record
    """What answered the question it was opened with; all columns are NULL where no row did."""
    news: list[News] = field(default_factory=list)
    nudges: set[Nudge] = field(default_factory=set)
    deed: Deed | None = None
    """The one row this transaction adds to the audit trail."""
    housekeeping: str | None = None
    """Why what it writes needs no such row."""

    async def fetch(self, statement: str, *arguments: Any) -> list[asyncpg.Record]:
        """Run one set statement, in this transaction."""
        rows: list[asyncpg.Record] = await self.connection.fetch(statement, *arguments)
        return rows

    async def wait_over(self) -> None:
        """For behind a lock: what is written from now on is younger than what was waited for."""
        self.now = await self.connection.fetchval("SELECT clock_timestamp()")

    async def execute(self, statement: str, *arguments: Any) -> None:
        await self.connection.execute(statement, *arguments)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What the block has written is undone when it raises, and the transaction goes on."""
        await self.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            await self.execute("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt")
            raise
        await self.execute("RELEASE SAVEPOINT attempt")

    def publish(self, type_: str, payload: dict[str, Any]) -> None:
        """Write a fact to the journal, in this transaction."""
        self.news.append(News(type_, payload))

    def enqueue(self, *nudges: Nudge) -> None:
        """Nudge somebody after the commit. The same nudge twice is one."""
        self.nudges.update(nudges)

    def audit(
        self,
        action: str,
        resource_id: UUID | None = None,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        description: str | None = None,
        resource_type: str | None = None,
        user_id: UUID | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        """Say what is done here: `user.created`. It is written to the audit trail in this transaction, once.

        Of `before` and `after` only what differs is kept, without secrets. Who, when and from where is known;
        `user_id` says who where it is not the work's actor: somebody who is only just coming in.
        """
        if self.deed is not None:
            raise RuntimeError(f"a second deed in one transaction: {self.deed.action}, then {action}")
        origin = ORIGIN.get()
        context: dict[str, Any] = {"actor": self.actor.kind}
        if self.actor.api_key_id is not None:
            context["api_key_id"] = self.actor.api_key_id
        if origin is not None:
            context |= {"request_id": origin.request_id} if origin.request_id else {}
            context |= {"door": origin.name, **origin.details}
        self.deed = Deed(
            id=new_id(),
            organization_id=self.organization_id,
            user_id=user_id or self.actor.user_id,
            action=action,
            resource_type=resource_type or action.partition(".")[0],
            resource_id=resource_id,
            description=trail.readable(redacted_text(description)) if description else None,
            changes=trail.changes(before, after),
            metadata=trail.plain(redacted({**context, **(metadata or {})})),
            ip_address=origin.ip_address if origin else None,
            user_agent=_cut(origin.user_agent) if origin else None,
            created_at=self.now,
        )

    def unaudited(self, reason: str) -> None:
        """What this transaction writes is nobody's deed: a last-seen time, a counter of failed tries."""
        self.housekeeping = reason


def _cut(agent: str | None) -> str | None:
    return trail.readable(redacted_text(agent[:_LONGEST_AGENT])) if agent else None
