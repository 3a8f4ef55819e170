"""What it means when a database does not let us in."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from pytake.entrypoints.application_role import UnusableRoleError
from pytake.kit.problem import Problem


@contextmanager
def database(url: str) -> Iterator[None]:
    try:
        yield
    except (asyncpg.PostgresError, OSError) as error:
        raise _problem(url, error) from error
    except DBAPIError as error:
        raise _problem(url, error.orig or error) from error
    except UnusableRoleError as error:
        raise Problem(f"{error}.", "Correct the role, then run `pytake db upgrade` again.") from error


def _problem(url: str, error: BaseException) -> Problem:
    where = make_url(url).render_as_string(hide_password=True)
    reason = str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
    return Problem(f"PostgreSQL at {where} refuses: {reason}.", "Is PYTAKE_DATABASE_URL right?")
