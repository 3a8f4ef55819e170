"""Sealing every stored secret anew with the current key, while everything runs."""

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from pytake.audit import repository as audit
from pytake.audit.types import INSTALLATION
from pytake.kit.work import COMMAND, Work
from pytake.ports.secrets import Place, SecretUnreadable
from pytake.runtime import Runtime

BATCH: Final = 100
_WHY: Final = "the secret stays what it is; only what it is sealed with changes"


@dataclass(frozen=True, slots=True)
class SealedColumn:
    table: str
    column: str
    row_id: str = "id"
    """The column that tells the row in the place a secret is bound to."""

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"


SEALED: Final = (
    SealedColumn("channels", "app_secret_encrypted"),
    SealedColumn("channels", "previous_app_secret_encrypted"),
    SealedColumn("channels", "verify_token_encrypted"),
    SealedColumn("whatsapp_numbers", "access_token_encrypted"),
    SealedColumn("chatbots", "ai_api_key_encrypted"),
    SealedColumn("integrations", "credentials_encrypted"),
    SealedColumn("webhooks", "secret"),
    SealedColumn("idempotency_keys", "response_encrypted"),
    SealedColumn("totp_factors", "secret_encrypted"),
    SealedColumn("audit_chains", "key_encrypted", row_id="organization_id"),
)
"""Every column that holds a sealed secret. A test finds columns that look like one and are not here."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A secret that none of the known keys opens at its place. It was left as it is."""

    organization_id: UUID
    column: str
    row_id: UUID

    def written(self) -> dict[str, str]:
        return {
            "organization_id": str(self.organization_id),
            "column": self.column,
            "row_id": str(self.row_id),
        }


@dataclass(slots=True)
class Outcome:
    current: int = 0
    """Sealed with the current key when they were looked at."""
    older: int = 0
    """Sealed with another key that is known. A rotation has sealed them anew."""
    unreadable: list[Unreadable] = field(default_factory=list)

    def written(self) -> dict[str, Any]:
        return {
            "current": self.current,
            "older": self.older,
            "unreadable": [each.written() for each in self.unreadable],
        }


async def check(runtime: Runtime) -> Outcome:
    """Open every secret and change none."""
    return await _go_round(runtime, BATCH, seal=False)


async def rotate(runtime: Runtime, batch: int = BATCH) -> Outcome:
    """Seal anew what older keys sealed. What was done stays done when it is cut off; the rest is found again.

    Every process must know both keys: what is sealed anew has to be opened by those that were not restarted.
    """
    outcome = await _go_round(runtime, batch, seal=True)
    if any(each.organization_id == INSTALLATION for each in outcome.unreadable):
        return outcome  # the trail it would be told in cannot be written
    async with runtime.work(INSTALLATION, COMMAND) as work:
        counts = {"sealed_anew": outcome.older, "unreadable": len(outcome.unreadable)}
        work.audit("encryption.rotated", metadata=counts)
    return outcome


async def _go_round(runtime: Runtime, batch: int, *, seal: bool) -> Outcome:
    async with runtime.lookup() as connection:
        organizations = await audit.organizations_ever(connection)
    outcome = Outcome()
    for organization_id in organizations:
        for column in SEALED:
            await _Walk(runtime, organization_id, column, outcome, batch, seal=seal).to_the_end()
    return outcome


@dataclass(slots=True)
class _Walk:
    """Through one column of one organization, a batch of rows and one short transaction at a time."""

    runtime: Runtime
    organization_id: UUID
    column: SealedColumn
    outcome: Outcome
    batch: int
    seal: bool = field(kw_only=True)

    async def to_the_end(self) -> None:
        last: UUID | None = None
        full = True
        while full:
            async with self.runtime.work(self.organization_id) as work:
                work.unaudited(_WHY)
                rows = await self._rows(work, last)
                await self._seal_anew(work, rows)
            full = len(rows) == self.batch
            last = rows[-1]["id"] if rows else None

    async def _seal_anew(self, work: Work, rows: list[Any]) -> None:
        fresh = {row["id"]: sealed for row in rows if (sealed := self._anew(row)) is not None}
        if fresh and self.seal:
            await self._store(work, fresh)

    def _anew(self, row: Any) -> str | None:
        secrets = self.runtime.ports.secrets
        place = Place(
            organization_id=self.organization_id,
            table=self.column.table,
            column=self.column.column,
            row_id=row["id"],
        )
        try:
            opened = secrets.open(row["sealed"], **place)
        except SecretUnreadable:
            self.outcome.unreadable.append(Unreadable(self.organization_id, self.column.name, row["id"]))
            return None
        if secrets.is_current(row["sealed"]):
            self.outcome.current += 1
            return None
        self.outcome.older += 1
        return secrets.seal(opened, **place)

    async def _rows(self, work: Work, after: UUID | None) -> list[Any]:
        """Locked, so that nobody stores another secret in between; others may refer to the row meanwhile."""
        table, column, row_id = self.column.table, self.column.column, self.column.row_id
        lock = "FOR NO KEY UPDATE" if self.seal else ""
        return await work.fetch(
            f"""
            SELECT {row_id} AS id, {column} AS sealed FROM {table}
            WHERE organization_id = $1 AND ($2::uuid IS NULL OR {row_id} > $2) AND {column} IS NOT NULL
            ORDER BY {row_id} LIMIT $3 {lock}
            """,  # noqa: S608 - the three names are of SEALED, written above; no input reaches them
            self.organization_id,
            after,
            self.batch,
        )

    async def _store(self, work: Work, fresh: dict[UUID, str]) -> None:
        table, column, row_id = self.column.table, self.column.column, self.column.row_id
        await work.execute(
            f"""
            UPDATE {table} t SET {column} = fresh.sealed
            FROM unnest($2::uuid[], $3::text[]) AS fresh (id, sealed)
            WHERE t.organization_id = $1 AND t.{row_id} = fresh.id
            """,  # noqa: S608 - the three names are of SEALED, written above; no input reaches them
            self.organization_id,
            list(fresh),
            list(fresh.values()),
        )
