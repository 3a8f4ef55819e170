"""Wrong passwords, told in the audit trail of the organization whose account was guessed at.

Docs: docs/decisions/0020-a-stranger-locks-nobody-out.md.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

import structlog

from pytake.accounts.repository import attempts
from pytake.accounts.types import Visitor
from pytake.kit.origin import ORIGIN, Origin
from pytake.ports.secrets import SecretUnreadable
from pytake.runtime import Runtime

log = structlog.get_logger(__name__)

_MOST: Final = 100


async def note(runtime: Runtime, visitor: Visitor, email: str, *, is_known_device: bool) -> None:
    """The same statement whether anybody has the address or not: a worker finds out who."""
    origin = ORIGIN.get()
    async with runtime.lookup() as connection:
        await attempts.note_failure(
            connection,
            email,
            is_known_device=is_known_device,
            ip_address=visitor.ip_address,
            user_agent=visitor.user_agent,
            request_id=origin.request_id if origin else None,
        )


async def tell(runtime: Runtime) -> None:
    """A failure and its row change hands in one transaction. A guess at nobody's address is forgotten."""
    async with runtime.lookup() as connection:
        failures = await attempts.failures(connection, _MOST)
    for failure in failures:
        if failure["user_id"] is None:
            await _forget(runtime, failure)
            continue
        try:
            await _tell_of(runtime, failure)
        except SecretUnreadable:
            # Nobody can write to this trail until it is renewed; the others must not wait for it.
            log.warning("sign_in_failure_untold", organization_id=str(failure["organization_id"]))
            await _forget(runtime, failure)


async def _tell_of(runtime: Runtime, failure: Mapping[str, Any]) -> None:
    with _on_behalf_of(failure):
        async with runtime.work(failure["organization_id"]) as work:
            if not await attempts.finish_failure(work.connection, failure["id"]):
                work.unaudited("another worker told it first")
                return
            work.audit(
                "session.sign_in_failed",
                failure["user_id"],
                resource_type="user",
                metadata={
                    "actor": "stranger",
                    "is_known_device": failure["is_known_device"],
                    "tried_at": failure["created_at"].isoformat(),
                },
            )


async def _forget(runtime: Runtime, failure: Mapping[str, Any]) -> None:
    async with runtime.lookup() as connection:
        await attempts.finish_failure(connection, failure["id"])


async def tell_wrong_code(runtime: Runtime, organization_id: UUID, user_id: UUID) -> None:
    """Whoever sent it holds the password, so this may be told at once, and must be."""
    async with runtime.work(organization_id) as work:
        work.audit(
            "session.second_factor_failed", user_id, resource_type="user", metadata={"actor": "stranger"}
        )


@contextmanager
def _on_behalf_of(failure: Mapping[str, Any]) -> Iterator[None]:
    """The trail says where the guess came from, not which worker told of it."""
    origin = Origin(
        "http",
        "POST",
        writes=True,
        ip_address=failure["ip_address"],
        user_agent=failure["user_agent"],
        request_id=failure["request_id"],
    )
    token = ORIGIN.set(origin)
    try:
        yield
    finally:
        ORIGIN.reset(token)
