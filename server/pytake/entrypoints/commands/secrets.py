"""`pytake secrets`: the secrets in the database, and the keys that open them."""

from typing import TYPE_CHECKING, Annotated

import typer

from pytake.entrypoints.console import Json, reported, show, wait_for

if TYPE_CHECKING:
    from pytake.entrypoints.rotation import Outcome

secrets = typer.Typer(help="The secrets in the database, and the keys that open them.", no_args_is_help=True)

Batch = Annotated[int, typer.Option(min=1, max=10_000, help="Rows in one transaction.")]


@secrets.command()
@reported
def rotate(*, batch: Batch = 100, as_json: Json = False) -> None:
    """Seal everything anew with PYTAKE_SECRET_KEY; what is open in PYTAKE_OTHER_SECRET_KEYS can go then.

    May be stopped and begun again at any time. Exit 1 when a secret could not be opened; it is left alone.
    """
    outcome = wait_for(lambda: _rotate(batch))
    sentence = f"{outcome.older} secrets were sealed anew, {outcome.current} were current."
    _tell(outcome, sentence, as_json=as_json)


@secrets.command()
@reported
def check(*, as_json: Json = False) -> None:
    """Open every secret and change none. Exit 1 when one cannot be opened."""
    outcome = wait_for(_check)
    sentence = f"{outcome.current} secrets are sealed with the current key, {outcome.older} with another."
    _tell(outcome, sentence, as_json=as_json)


def _tell(outcome: "Outcome", sentence: str, *, as_json: bool) -> None:
    lines = [
        f"{each.column} of row {each.row_id} (organization {each.organization_id}) opens with no known key."
        for each in outcome.unreadable
    ]
    show(as_json, outcome.written(), sentence, *lines)
    if outcome.unreadable:
        raise typer.Exit(1)


async def _rotate(batch: int) -> "Outcome":
    from pytake.entrypoints import rotation
    from pytake.entrypoints.desk import opened

    async with opened() as runtime:
        return await rotation.rotate(runtime, batch)


async def _check() -> "Outcome":
    from pytake.entrypoints import rotation
    from pytake.entrypoints.desk import opened

    async with opened() as runtime:
        return await rotation.check(runtime)
