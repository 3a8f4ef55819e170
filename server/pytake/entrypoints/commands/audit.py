"""`pytake audit`: is the record of who did what whole?"""

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pytake.entrypoints.console import Json, reported, show, wait_for
from pytake.kit.problem import Problem

if TYPE_CHECKING:
    from pytake.audit.types import Head, Verification

audit = typer.Typer(help="The record of who did what.", no_args_is_help=True)

Organization = Annotated[
    str | None, typer.Option(help="The slug of one organization; all when none is given, deleted ones too.")
]
Heads = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        dir_okay=False,
        help="What `pytake audit heads --json` said earlier, or log lines of `audit_head`: finds a cut end.",
    ),
]


@audit.command()
@reported
def verify(*, organization: Organization = None, heads: Heads = None, as_json: Json = False) -> None:
    """Look through the audit trail; exit 1 when a row was changed, added or taken away."""
    kept = _read(heads) if heads else []
    result = wait_for(lambda: _verify(organization, kept))
    lines = [finding.sentence for finding in result.findings]
    if not lines:
        lines = [f"{result.rows} rows in {result.chains} chains: nothing was changed, added or taken away."]
    written = {
        "intact": not result.findings,
        "rows": result.rows,
        "chains": result.chains,
        "findings": [finding.written() for finding in result.findings],
    }
    show(as_json, written, *lines)
    if result.findings:
        raise typer.Exit(1)


@audit.command("heads")
@reported
def list_heads(*, as_json: Json = False) -> None:
    """Print how far every chain has come, to be kept somewhere else."""
    found = wait_for(_heads)
    show(
        as_json,
        {"heads": [head.written() for head in found]},
        *(json.dumps(head.written()) for head in found),
    )


@audit.command()
@reported
def renew(
    *, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False, as_json: Json = False
) -> None:
    """Begin with a new key where the old one is lost; until then nobody there can change anything.

    What was written before can never be checked again, and `verify` says so. Look for the secret key first.
    """
    if not yes:
        typer.confirm("Give up the keys that no known secret key opens?", abort=True, err=True)
    renewed = wait_for(_renew)
    lines = [f"The trail of organization {each} goes on with a new key." for each in renewed]
    show(as_json, {"renewed": renewed}, *(lines or ["Every key can be opened; nothing was changed."]))


def _read(path: Path) -> "list[Head]":
    """One JSON document, or one object a line among whatever else a log holds."""
    text = path.read_text(errors="replace")
    with suppress(ValueError, TypeError, KeyError):
        return [_head(item) for item in json.loads(text)["heads"]]
    heads = []
    for line in text.splitlines():
        with suppress(ValueError, TypeError, KeyError):
            heads.append(_head(json.loads(line)))
    if not heads:
        raise Problem(f"{path} holds no heads.", "Make it with `pytake audit heads --json`.")
    return heads


def _head(item: "dict[str, str | int]") -> "Head":
    from uuid import UUID

    from pytake.audit.types import Head

    return Head(UUID(str(item["organization_id"])), int(item["sequence"]), bytes.fromhex(str(item["hash"])))


async def _verify(slug: str | None, kept: "list[Head]") -> "Verification":
    from pytake.audit import verification
    from pytake.entrypoints.desk import opened, organization_id
    from pytake.kit.work import COMMAND

    async with opened() as runtime:
        chosen = None if slug is None else [await organization_id(runtime, slug)]
        wanted = [head for head in kept if chosen is None or head.organization_id in chosen]
        return await verification.verify(runtime, chosen, wanted, COMMAND)


async def _renew() -> "list[str]":
    from pytake.audit.renewal import renew_lost_keys
    from pytake.entrypoints.desk import opened

    async with opened() as runtime:
        return [str(each) for each in await renew_lost_keys(runtime)]


async def _heads() -> "list[Head]":
    from pytake.audit import verification
    from pytake.entrypoints.desk import opened

    async with opened() as runtime:
        return await verification.heads(runtime)
