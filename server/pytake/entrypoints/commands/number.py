"""`pytake number`: WhatsApp numbers."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from pytake.entrypoints.console import Json, reported, show, wait_for

number = typer.Typer(help="WhatsApp numbers.", no_args_is_help=True)


def secret(meaning: str) -> Any:
    """Asked for when it is not given: what is typed as an argument stays in the shell's history."""
    return typer.Option(prompt=True, hide_input=True, help=meaning)


@number.command("connect")
@reported
def connect_number(
    *,
    organization: Annotated[str, typer.Option(help="The slug of the organization.")],
    phone_number_id: Annotated[str, typer.Option(help="Meta's id of the number.")],
    display_phone: Annotated[str, typer.Option(help="As people dial it: +55 11 3000-0100.")],
    access_token: Annotated[str, secret("A system user's token.")],
    app_secret: Annotated[str, secret("The Meta app's; deliveries are signed with it.")],
    verify_token: Annotated[str, secret("A word of yours that Meta repeats when it first asks.")],
    app: Annotated[
        str, typer.Option(help="A name for the Meta app; numbers of one app share a webhook.")
    ] = "whatsapp",
    waba: Annotated[
        str | None, typer.Option(help="Meta's id of the business account, to have its events sent here.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="What to call the number here.")] = None,
    as_json: Json = False,
) -> None:
    """Ask Meta whether the token may speak for the number, connect it, and print its webhook."""
    from pytake.entrypoints.numbers import Application, connect

    wanted = Application(
        phone_number_id, display_phone, name, waba, app, access_token, app_secret, verify_token
    )
    connected = wait_for(lambda: connect(organization, wanted))
    show(
        as_json,
        asdict(connected),
        f"{display_phone} ({connected.verified_name}) is connected.",
        f"Webhook: {connected.webhook_path}",
        f"Tell Meta to send its webhooks to {connected.webhook_url}",
    )
