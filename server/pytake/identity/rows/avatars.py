"""Pictures of people."""

from uuid import UUID

from pytake.kit.database import Connection
from pytake.kit.ids import new_id
from pytake.kit.work import Work


async def find_organization(connection: Connection, address: str) -> UUID | None:
    found: UUID | None = await connection.fetchval("SELECT find_avatar($1)", address)
    return found


async def read(work: Work, address: str) -> bytes | None:
    rows = await work.fetch(
        "SELECT content FROM avatars WHERE organization_id = $1 AND address = $2",
        work.organization_id,
        address,
    )
    return bytes(rows[0]["content"]) if rows else None


async def replace(work: Work, user_id: UUID, address: str, content: bytes) -> None:
    """Whatever was there before is nowhere any more."""
    await work.execute(
        """
        INSERT INTO avatars (id, organization_id, user_id, address, content) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (user_id) DO UPDATE
        SET address = EXCLUDED.address, content = EXCLUDED.content, created_at = now()
        """,
        new_id(),
        work.organization_id,
        user_id,
        address,
        content,
    )


async def remove(work: Work, user_id: UUID) -> bool:
    """False when there was none."""
    rows = await work.fetch(
        "DELETE FROM avatars WHERE organization_id = $1 AND user_id = $2 RETURNING id",
        work.organization_id,
        user_id,
    )
    return bool(rows)


async def tell_address(work: Work, user_id: UUID, url: str | None) -> None:
    await work.execute(
        "UPDATE users SET avatar_url = $3, updated_at = now() WHERE organization_id = $1 AND id = $2",
        work.organization_id,
        user_id,
        url,
    )
