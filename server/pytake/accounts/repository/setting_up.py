"""The link to set an empty installation up with."""

from datetime import datetime
from uuid import UUID

from pytake.kit.database import Connection


async def is_set_up(connection: Connection) -> bool:
    """Whether there is an organization, or was one that is deleted."""
    found: bool = await connection.fetchval("SELECT is_set_up()")
    return found


async def make_link(connection: Connection, link_id: UUID, hours: int) -> datetime | None:
    """When it ends; the link before it ends at once. None when the installation is set up."""
    expires_at: datetime | None = await connection.fetchval("SELECT make_setup_link($1, $2)", link_id, hours)
    return expires_at


async def find_link(connection: Connection, link_id: UUID) -> datetime | None:
    """When it ends. None when it has, was replaced or used, or the installation is set up."""
    expires_at: datetime | None = await connection.fetchval("SELECT find_setup_link($1)", link_id)
    return expires_at


async def take_link(connection: Connection, link_id: UUID) -> bool:
    """Until the end of the transaction nobody else makes an organization. False when somebody was first."""
    taken: bool = await connection.fetchval("SELECT take_setup_link($1)", link_id)
    return taken
