"""The journal and the statements of a transaction, as tests meet them."""

import asyncio
import re
from uuid import UUID

from pytake.runtime import Runtime


async def until_readable(runtime: Runtime, organization_id: UUID) -> None:
    """Until readers may read every fact there is so far.

    They wait for every older transaction of the whole server, those of tests that run beside this one too.
    """
    while await _has_unreadable(runtime, organization_id):
        await asyncio.sleep(0.01)


async def _has_unreadable(runtime: Runtime, organization_id: UUID) -> bool:
    async with runtime.work(organization_id) as work:
        rows = await work.fetch(
            "SELECT FROM events WHERE transaction_id >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        )
    return bool(rows)


def whoever(statement: str) -> str:
    """Without the organization that its transaction belongs to."""
    return re.sub(r"(app\.org = )'[0-9a-f-]{36}'", r"\1'whoever'", statement)
