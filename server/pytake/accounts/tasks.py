"""How the jobs of this domain are done."""

from uuid import UUID

from pytake.accounts import jobs
from pytake.accounts.repository import attempts, mails
from pytake.accounts.service import failures, letters, passwords
from pytake.kit.jobs import Nudge
from pytake.runtime import Runtime, handles, sweep

DAYS_KEPT = 30

TIDIED_AT_ONCE = 5_000
"""Rows of each table in one transaction."""


@handles(jobs.answer_resets)
async def answer_resets(runtime: Runtime) -> None:
    await passwords.answer_resets(runtime)


@handles(jobs.tell_sign_in_failures)
async def tell_sign_in_failures(runtime: Runtime) -> None:
    await failures.tell(runtime)


@handles(jobs.send_mails)
async def send_mails(runtime: Runtime, organization_id: UUID) -> None:
    await letters.send_due(runtime, organization_id)


@handles(jobs.tidy)
async def tidy(runtime: Runtime) -> None:
    deleted = TIDIED_AT_ONCE
    while deleted == TIDIED_AT_ONCE:
        async with runtime.lookup() as connection:
            deleted = await connection.fetchval("SELECT tidy_accounts($1, $2)", DAYS_KEPT, TIDIED_AT_ONCE)


@sweep(every=5.0)
async def unanswered(runtime: Runtime) -> list[Nudge]:
    """Requests for new passwords, wrong passwords, and letters that are due, that nobody was told about."""
    async with runtime.lookup() as connection:
        waiting = await mails.reset_requests(connection, 1)
        guessed = await attempts.failures(connection, 1)
        due = await mails.organizations_with_mail(connection, 100)
    resets = [jobs.answer_resets()] if waiting else []
    told = [jobs.tell_sign_in_failures()] if guessed else []
    return [*resets, *told, *(jobs.send_mails(organization_id) for organization_id in due)]
