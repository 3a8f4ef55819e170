"""Who waits for whom in PostgreSQL."""

from pytake.runtime import Runtime


async def waiting(runtime: Runtime) -> int:
    """How many wait for a lock. Asked anew each time: within a transaction the answer would stay the same."""
    async with runtime.lookup() as connection:
        count: int = await connection.fetchval(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
            """
        )
    return count
