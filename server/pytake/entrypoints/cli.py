"""The command line. Importing it must stay cheap: commands import what they need when they run."""

import typer

from pytake.entrypoints.commands import (
    audit,
    db,
    demo,
    doctor,
    flow,
    inbound,
    number,
    openapi,
    people,
    processes,
    secrets,
    setup,
    up,
)

PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}

app = typer.Typer(
    name="pytake",
    help="A self-hosted WhatsApp Business platform.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
app.command()(up.up)
app.command()(processes.api)
app.command()(processes.worker)
app.command()(processes.beat)
app.command(context_settings=PASSED_ON, add_help_option=False)(processes.simulator)
app.command()(doctor.doctor)
app.add_typer(db.db, name="db")
app.command()(demo.demo)
app.command()(setup.setup)
app.add_typer(people.organization, name="organization")
app.add_typer(people.user, name="user")
app.add_typer(number.number, name="number")
app.add_typer(flow.flow, name="flow")
app.add_typer(inbound.inbound, name="inbound")
app.add_typer(audit.audit, name="audit")
app.add_typer(secrets.secrets, name="secrets")
app.command()(openapi.openapi)


def main() -> None:
    app()


if __name__ == "__main__":
    main()
