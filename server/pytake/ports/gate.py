"""Which tokens are known to be revoked, and everybody's newest session.

It may forget everything: what has to hold even then is PostgreSQL's to say.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Device:
    """A user's newest session."""

    access_token_hash: str
    refresh_token_hash: str
    expires_at: datetime
    user_agent: str | None
    ip_address: str | None


class Gate(Protocol):
    """Nothing here raises when the store is away. Revoked tokens are asked for where requests are counted."""

    async def remember(self, user_id: UUID, device: Device) -> None: ...

    async def refuse(self, user_id: UUID, revoked: dict[str, timedelta]) -> None:
        """Refuse these access tokens, by hash, for as long as they may live; forget the newest session."""
        ...
