"""`pytake db`: the shape of the database."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from pytake.entrypoints.configuration import configured
from pytake.entrypoints.console import Json, reported, show, wait_for
from pytake.entrypoints.supervisor import done

T = TypeVar("T")

db = typer.Typer(help="Bring the database to the shape this version expects.", no_args_is_help=True)


@db.command()
@reported
def upgrade(*, as_json: Json = False) -> None:
    """Migrate upwards, and let the application's login in."""
    from pytake.entrypoints import migrations

    settings = configured()
    key = settings.secret_key.get_secret_value()
    _on(settings.database_url, lambda: migrations.upgrade(settings.database_url, key))
    _state(settings.database_url, as_json)


@db.command()
@reported
def downgrade(
    revision: Annotated[str, typer.Argument(help="A revision such as 004, or `base` to remove every table.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Migrate downwards. What the removed tables and columns held is lost."""
    from pytake.entrypoints import migrations

    settings = configured()
    if not yes:
        typer.confirm(f"Go down to {revision}? What newer tables hold is lost.", abort=True, err=True)
    (settings.data_dir / done.FILE).unlink(missing_ok=True)
    _on(settings.database_url, lambda: migrations.downgrade(settings.database_url, revision))
    _state(settings.database_url, as_json)


@db.command()
@reported
def check(*, as_json: Json = False) -> None:
    """Say which shape the database has; exit 1 when it is not the newest."""
    if not _state(configured().database_url, as_json):
        raise typer.Exit(1)


def _state(url: str, as_json: bool) -> bool:
    from pytake.entrypoints import migrations

    found = _on(url, lambda: migrations.check(url))
    sentence = f"The database is up to date ({found.head})."
    if not found.up_to_date:
        sentence = (
            f"The database is at {found.current or 'nothing'}; `pytake db upgrade` brings it to {found.head}."
        )
    show(as_json, {"current": found.current, "head": found.head, "up_to_date": found.up_to_date}, sentence)
    return found.up_to_date


def _on(url: str, deed: Callable[[], Awaitable[T]]) -> T:
    """Do it, and say what is wrong with the server instead of a traceback."""
    from pytake.entrypoints import reachable

    with reachable.database(url):
        return wait_for(deed)
