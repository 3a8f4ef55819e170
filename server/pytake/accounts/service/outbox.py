"""Letters as they would have been read."""

from datetime import datetime
from typing import Final

from pytake.accounts.repository import mails
from pytake.accounts.service.letters import written
from pytake.ports.mail import Letter
from pytake.runtime import Runtime

MOST: Final = 50


async def newest(runtime: Runtime) -> list[tuple[Letter, str, datetime]]:
    """With their status and when they were put down, the newest first."""
    async with runtime.lookup() as connection:
        organizations = await mails.organizations(connection)
    rows = []
    for organization_id in organizations:
        async with runtime.work(organization_id) as work:
            rows += await mails.newest(work, MOST)
    rows.sort(key=lambda row: row["created_at"], reverse=True)
    return [(written(runtime, row), row["status"], row["created_at"]) for row in rows[:MOST]]
