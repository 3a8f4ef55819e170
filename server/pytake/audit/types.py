"""Words of the audit trail: what a chain's head is, and what can be wrong with a chain."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pytake.kit.work import Actor

INSTALLATION = UUID(int=0)
"""The chain of what belongs to no organization."""


class ActorKind(StrEnum):
    """Of `kit.work.Actor`."""

    SYSTEM = "system"
    USER = "user"
    MACHINE = "machine"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for; None is whichever."""

    user_id: UUID | None = None
    action: str | None = None
    """`user.created`, or `user.` for all that begin so."""
    resource_type: str | None = None
    resource_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain has come. Kept outside the database, it shows when the newest rows are gone."""

    organization_id: UUID
    sequence: int
    hash: bytes

    def written(self) -> dict[str, Any]:
        return {
            "organization_id": str(self.organization_id),
            "sequence": self.sequence,
            "hash": self.hash.hex(),
        }


class Damage(StrEnum):
    CHANGED = "changed"
    """The row does not say what was hashed."""
    MISSING = "missing"
    """One or more rows before this one are gone."""
    FOREIGN = "foreign"
    """The row does not follow the one before it."""
    CUT = "cut"
    """The chain was longer, by its head or by a head that was kept outside."""
    UNREADABLE = "unreadable"
    """The chain's head or its key is gone, or sealed with a key that is not known here."""


@dataclass(frozen=True, slots=True)
class Finding:
    organization_id: UUID
    damage: Damage
    sequence: int
    """Where: the number of the row, or of the first one that is missing."""
    row_id: UUID | None = None

    @property
    def sentence(self) -> str:
        return f"organization {self.organization_id}, row {self.sequence}: {self.damage.value}"

    def written(self) -> dict[str, Any]:
        return {
            "organization_id": str(self.organization_id),
            "damage": self.damage.value,
            "sequence": self.sequence,
            "row_id": str(self.row_id) if self.row_id else None,
        }


@dataclass(slots=True)
class Checked:
    """What looking through one chain has shown."""

    organization_id: UUID
    by: Actor
    at: datetime
    """The database's clock when the chain's head was read."""
    rows: int = 0
    findings: dict[Finding, None] = field(default_factory=dict)
    """In the order they were found."""

    def written(self) -> list[Any]:
        return [
            str(self.organization_id),
            self.by.kind,
            str(self.by.user_id) if self.by.user_id else None,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.rows,
            [finding.written() for finding in self.findings],
        ]


@dataclass(slots=True)
class Verification:
    """What looking through one chain or several has shown."""

    checked: list[Checked] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.checked)

    @property
    def chains(self) -> int:
        return len(self.checked)

    @property
    def findings(self) -> list[Finding]:
        return [finding for each in self.checked for finding in each.findings]
