"""How the jobs of this domain are done."""

from uuid import UUID

import structlog

from pytake.audit import jobs, repository, verification
from pytake.runtime import Runtime, handles

log = structlog.get_logger(__name__)


@handles(jobs.tell_heads)
async def tell_heads(runtime: Runtime) -> None:
    """`pytake audit verify --heads` takes these lines: it finds a chain that was cut short."""
    for head in await verification.heads(runtime):
        log.info("audit_head", **head.written())


@handles(jobs.verify_all)
async def verify_all(runtime: Runtime) -> None:
    async with runtime.lookup() as connection:
        organizations = await repository.organizations_ever(connection)
    await runtime.jobs.push([jobs.verify(organization_id) for organization_id in organizations])


@handles(jobs.verify)
async def verify(runtime: Runtime, organization_id: UUID) -> None:
    found = await verification.verify(runtime, [organization_id])
    for finding in found.findings:
        log.error("audit_damaged", **finding.written())
