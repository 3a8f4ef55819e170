"""The monthly meter of messages: one more reader of the journal, so that no message pays for being counted.

The count and the cursor move in one transaction: a crash counts nothing twice and leaves nothing out.
"""

from typing import Final
from uuid import UUID

from pytake.analytics import repository
from pytake.identity import limits
from pytake.identity.types import DEFAULT_TIMEZONE
from pytake.kit import journal
from pytake.runtime import Runtime

READER: Final = "meter"
BATCH: Final = 10_000
"""They are counted where they are; only the sums travel."""


async def count(runtime: Runtime, organization_id: UUID) -> None:
    """Until the meter is level with the journal."""
    while await _count_some(runtime, organization_id) == BATCH:
        pass


async def _count_some(runtime: Runtime, organization_id: UUID) -> int:
    async with runtime.work(organization_id) as work:
        after = await journal.cursor_of(work.connection, organization_id, READER)
        read, reached = await repository.meter(work, after, BATCH, DEFAULT_TIMEZONE)
        if reached is not None:
            await journal.move_cursor(work.connection, organization_id, READER, reached)
            await limits.settle_pause(work)
    return read
