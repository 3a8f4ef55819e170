"""Removing files that no message carries: those that somebody uploaded and never sent, and those whose
conversations are gone.

The bytes go first and the row after them, so that nothing is left behind that nobody knows of.
"""

import asyncio
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog

from pytake.media import repository
from pytake.ports.storage import StorageAway, file_key, thumbnail_key
from pytake.runtime import Runtime

AT_ONCE: Final = 50
AGAIN: Final = timedelta(days=30)
"""A file that is used is looked at again after so long."""
LEASE: Final = timedelta(minutes=10)
PATIENCE: Final = 60.0
"""Seconds that the storage may take, well within the lease: nobody else removes the same meanwhile."""

log = structlog.get_logger(__name__)


async def clear_unused(runtime: Runtime, organization_id: UUID) -> None:
    """Look at every file that is due."""
    while True:
        async with runtime.work(organization_id) as work:
            checked, leaving = await repository.check_due(work, AT_ONCE, LEASE, AGAIN)
        if not checked:
            return
        makers = (file_key, thumbnail_key)
        keys = [make(organization_id, file.sha256) for file in leaving for make in makers]
        try:
            async with asyncio.timeout(PATIENCE):
                await runtime.ports.storage.remove(*keys)
        except (StorageAway, TimeoutError):
            log.warning("unused_files_not_removed", organization_id=str(organization_id))
            return  # they are leaving, and due again after the lease
        async with runtime.work(organization_id) as work:
            await repository.remove(work, [file.id for file in leaving])
