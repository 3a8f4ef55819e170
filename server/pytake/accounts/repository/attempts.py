"""Guesses, counted before anything is checked. Of no organization: what is guessed at may not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pytake.kit.database import Connection


@dataclass(frozen=True, slots=True)
class Guessed:
    subject: str
    allowance: int
    """Attempts until it is locked."""
    memory: int
    """Seconds without an attempt after which it is all forgotten."""


async def take(
    connection: Connection,
    counted: Sequence[Guessed],
    *,
    pause: int,
    longest: int,
    shown_at: str | None = None,
) -> int:
    """Count one attempt at all of them, or say for how many seconds one of them is locked.

    Each lock is twice as long as the one before, from `pause` up to `longest` seconds. What becomes of the
    first is shown in the row of the user who has the address `shown_at`, if anybody has.
    """
    wait: int = await connection.fetchval(
        "SELECT take_attempts($1, $2, $3, $4, $5, $6)",
        [each.subject for each in counted],
        [each.allowance for each in counted],
        [each.memory for each in counted],
        pause,
        longest,
        shown_at,
    )
    return wait


async def forgive(connection: Connection, forgotten: Sequence[str], given_back: Sequence[str] = ()) -> None:
    await connection.execute("SELECT forgive_attempts($1, $2)", list(forgotten), list(given_back))


async def note_failure(
    connection: Connection,
    email: str,
    *,
    is_known_device: bool,
    ip_address: str,
    user_agent: str | None,
    request_id: str | None,
) -> None:
    await connection.execute(
        "SELECT note_sign_in_failure($1, $2, $3, $4, $5)",
        email,
        is_known_device,
        ip_address,
        user_agent,
        request_id,
    )


async def failures(connection: Connection, most: int) -> Sequence[Any]:
    """The oldest first, each with the user who has the address, if anybody has."""
    rows: Sequence[Any] = await connection.fetch("SELECT * FROM list_sign_in_failures($1)", most)
    return rows


async def finish_failure(connection: Connection, failure_id: UUID) -> bool:
    """False when somebody else was first."""
    was_there: bool = await connection.fetchval("SELECT finish_sign_in_failure($1)", failure_id)
    return was_there
