"""`pytake number`: WhatsApp numbers."""

from typing import Annotated, Any

import typer

from pytake.entrypoints.console import Json, reported, show, wait_for

number = typer.Typer(help="WhatsApp numbers.", no_args_is_help=True)


def secret(meaning: str) -> Any:
    """Asked for when it is not given: what is typed as an argument stays in the shell's history."""
    return typer.Option(prompt=True, hide_input=True, help=meaning)


@number.command()
@reported
def connect(
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
    waba: Annotated[str | None, typer.Option(help="Meta's id of the business account.")] = None,
    name: Annotated[str | None, typer.Option(help="What to call the number here.")] = None,
    as_json: Json = False,
) -> None:
    """Connect a number, and print where its webhooks must be sent."""
    details = {
        "phone_number_id": phone_number_id,
        "phone_number": display_phone,
        "display_name": name,
        "business_account_id": waba,
        "access_token": access_token,
    }
    number_id, path, url = wait_for(lambda: _connect(organization, app, app_secret, verify_token, details))
    show(
        as_json,
        {"id": number_id, "webhook_path": path, "webhook_url": url},
        f"{display_phone} is connected ({number_id}).",
        f"Tell Meta to send its webhooks to {url}",
    )


async def _connect(
    slug: str, app: str, app_secret: str, verify_token: str, details: dict[str, str | None]
) -> tuple[str, str, str]:
    from pytake.entrypoints.configuration import configured
    from pytake.entrypoints.desk import opened, organization_id
    from pytake.whatsapp import service

    async with opened() as runtime, runtime.work(await organization_id(runtime, slug)) as work:
        secrets = runtime.ports.secrets
        channel_id, key = await service.open_channel(
            work, secrets, name=app, app_secret=app_secret, verify_token=verify_token
        )
        number_id = await service.connect_number(work, secrets, channel_id=channel_id, **details)  # type: ignore[arg-type] # optional values are the optional parameters
    path = f"/webhooks/whatsapp/{key}"
    return str(number_id), path, configured().public_url + path
