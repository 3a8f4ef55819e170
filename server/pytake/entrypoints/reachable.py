"""What it means when a database does not let us in."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from pytake.entrypoints.application_role import UnusableRoleError
from pytake.entrypoints.urls import without_password
from pytake.kit.problem import Problem


@contextmanager
def database(url: str) -> Iterator[None]:
    try:
        yield
    except (asyncpg.PostgresError, OSError) as error:
        raise _problem(url, error) from error
    except UnusableRoleError as error:
        raise Problem(f"{error}.", "Correct the role, then run `pytake db upgrade` again.") from error


def _problem(url: str, error: BaseException) -> Problem:
    where = without_password(url)
    reason = str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
    return Problem(f"PostgreSQL at {where} refuses: {reason}.", "Is PYTAKE_DATABASE_URL right?")
