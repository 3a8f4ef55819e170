"""The audit trail of an organization: a chain of rows, each with a keyed hash over itself and the one before.

The key is the chain's own, sealed like every secret. So whoever can write to the database but does not have
the secret key cannot make rows that fit, and a new secret key leaves what was written verifiable.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from math import isfinite
from typing import Any, Final
from uuid import UUID

import orjson

from pytake.kit.redaction import redacted

KEY_BYTES: Final = 32
START: Final = bytes(32)
"""What the first row names as the hash before it."""

_LONGEST_TEXT: Final = 2_000
_LARGEST_EXACT: Final = 2**53

HEAD = "SELECT sequence, hash, key_encrypted FROM audit_chains WHERE organization_id = $1 FOR NO KEY UPDATE"
BEGIN = "INSERT INTO audit_chains (organization_id, key_encrypted) VALUES ($1, $2) ON CONFLICT DO NOTHING"
APPEND = """
    WITH head AS (
        UPDATE audit_chains SET sequence = $2, hash = $4, updated_at = now() WHERE organization_id = $1
    )
    INSERT INTO audit_logs (organization_id, sequence, previous_hash, hash, id, user_id, action,
                            resource_type, resource_id, description, changes, metadata, ip_address,
                            user_agent, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12::jsonb, $13, $14, $15)
"""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did, ready to be chained. Every value is one that PostgreSQL gives back unchanged."""

    id: UUID
    organization_id: UUID
    user_id: UUID | None
    action: str
    resource_type: str | None
    resource_id: UUID | None
    description: str | None
    changes: dict[str, Any] | None
    metadata: dict[str, Any]
    ip_address: str | None
    user_agent: str | None
    created_at: datetime

    def hash(self, key: bytes, sequence: int, previous: bytes) -> bytes:
        content = [
            sequence,
            str(self.id),
            str(self.organization_id),
            _text(self.user_id),
            self.action,
            self.resource_type,
            _text(self.resource_id),
            self.description,
            self.changes,
            self.metadata,
            self.ip_address,
            self.user_agent,
            self.created_at.astimezone(UTC).isoformat(timespec="microseconds"),
        ]
        return hmac.digest(key, previous + orjson.dumps(content, option=orjson.OPT_SORT_KEYS), hashlib.sha256)

    def arguments(self, sequence: int, previous: bytes, hashed: bytes) -> tuple[Any, ...]:
        """Of APPEND."""
        return (
            self.organization_id,
            sequence,
            previous,
            hashed,
            self.id,
            self.user_id,
            self.action,
            self.resource_type,
            self.resource_id,
            self.description,
            None if self.changes is None else orjson.dumps(self.changes).decode(),
            orjson.dumps(self.metadata).decode(),
            None if self.ip_address is None else ip_address(self.ip_address),
            self.user_agent,
            self.created_at,
        )


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What is different, as JSON that may be shown: no secrets, no endless texts.

    Of a secret that changed only this is told: that it did.
    """
    if before is None and after is None:
        return None
    old, new = dict(before or {}), dict(after or {})
    if before is not None and after is not None:
        same = {name for name in old.keys() & new.keys() if old[name] == new[name]}
        old, new = ({n: v for n, v in each.items() if n not in same} for each in (old, new))
    sides = {"before": old if before is not None else None, "after": new if after is not None else None}
    return {side: plain(redacted(values)) for side, values in sides.items() if values is not None}


def plain(value: Any) -> Any:
    """As JSON that reads the same after PostgreSQL has kept it: jsonb writes numbers in a way of its own, and
    holds no NUL.
    """
    match value:
        case None | bool():
            return value
        case Mapping():
            return {readable(str(name)): plain(item) for name, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]
        case int() | float():
            return _number(value)
        case _:
            return readable(str(value))


def _number(value: float) -> int | float | str | None:
    if not isfinite(value):
        return None
    if abs(value) >= _LARGEST_EXACT:
        return str(value)
    return int(value) if value == int(value) else value


def readable(text: str) -> str:
    """Of a length somebody reads, and without what PostgreSQL cannot hold."""
    text = text[: _LONGEST_TEXT * 2].encode(errors="replace").decode().replace("\0", "�")
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
