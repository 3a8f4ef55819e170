"""Words of the audit trail: what a chain's head is, and what can be wrong with a chain."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

INSTALLATION = UUID(int=0)
"""The chain of what belongs to no organization."""


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
class Verification:
    """What looking through one chain or several has shown."""

    rows: int = 0
    chains: int = 0
    at: datetime | None = None
    """The database's clock when the last chain's head was read."""
    findings: list[Finding] = field(default_factory=list)
