"""Single-use tickets that open a WebSocket: a browser cannot send headers with one."""

from typing import Any, Protocol


class Tickets(Protocol):
    async def issue(self, payload: dict[str, Any]) -> str:
        """A ticket for one connection within 30 seconds. Raises Unavailable."""
        ...

    async def redeem(self, ticket: str) -> dict[str, Any] | None:
        """What the ticket was issued for, once; None when used, expired or invented. Raises Unavailable."""
        ...
