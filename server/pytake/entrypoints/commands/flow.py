"""`pytake flow`: flows in files."""

from pathlib import Path
from typing import Annotated

import typer

from pytake.entrypoints.console import Json, reported, show, wait_for

flow = typer.Typer(help="Flows in files.", no_args_is_help=True)

FlowPath = Annotated[Path, typer.Argument(help="A flow file (JSON).", exists=True, dir_okay=False)]


@flow.command("import")
@reported
def import_file(
    file: FlowPath,
    *,
    organization: Annotated[str, typer.Option(help="The slug of the organization.")],
    bot: Annotated[str, typer.Option(help="The bot it belongs to; made when there is none.")] = "Bot",
    publish: Annotated[bool, typer.Option("--publish", help="Let new conversations use it at once.")] = False,
    as_json: Json = False,
) -> None:
    """Import a flow as a draft; the bot's flow of the same name is replaced."""
    from pytake.entrypoints.flow_files import import_flow

    flow_id, version = wait_for(lambda: import_flow(file, organization, bot, publish=publish))
    done = f"published as version {version}" if publish else "a draft; --publish lets it run"
    show(as_json, {"id": flow_id, "version": version}, f"{file.name} is flow {flow_id}, {done}.")


@flow.command()
@reported
def play(
    file: FlowPath,
    *,
    name: Annotated[str, typer.Option(help="What the contact is called.")] = "Maria",
    as_json: Json = False,
) -> None:
    """Talk to a flow in the terminal. Nothing is stored or sent: it is the engine alone.

    Answer with a text, or with the number of an option. An empty line lets the time run out.
    """
    from pytake.entrypoints.flow_player import play_file

    play_file(file, name, as_json=as_json)
