"""Guesses, counted before anything is checked. Of no organization: what is guessed at may not exist."""

from collections.abc import Sequence
from dataclasses import dataclass

from pytake.kit.database import Connection


@dataclass(frozen=True, slots=True)
class Counted:
    subject: str
    allowance: int
    """Attempts until it is locked."""
    memory: int
    """Seconds without an attempt after which it is all forgotten."""


async def take(
    connection: Connection,
    counted: Sequence[Counted],
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
