"""How the jobs of this room are done."""

from typing import Final

from pytake.http import jobs
from pytake.http.idempotency import KEPT_HOURS
from pytake.runtime import Runtime, handles

_PART: Final = 5_000


@handles(jobs.forget_repeats)
async def forget_repeats(runtime: Runtime) -> None:
    """A part at a time, so that no lock is held for long."""
    gone = _PART
    while gone == _PART:
        async with runtime.lookup() as connection:
            gone = await connection.fetchval("SELECT forget_idempotency_keys($1, $2)", KEPT_HOURS, _PART)
