"""How the jobs of this domain are done."""

import structlog

from pytake.audit import jobs
from pytake.audit.verification import heads
from pytake.runtime import Runtime, handles

log = structlog.get_logger(__name__)


@handles(jobs.tell_heads)
async def tell_heads(runtime: Runtime) -> None:
    """`pytake audit verify --heads` takes these lines: it finds a chain that was cut short."""
    for head in await heads(runtime):
        log.info("audit_head", **head.written())
