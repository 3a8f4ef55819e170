"""`pytake inbound`: deliveries of Meta that could not be applied."""

from typing import TYPE_CHECKING, Annotated

import typer

from pytake.entrypoints.console import Json, reported, show, wait_for

if TYPE_CHECKING:
    from pytake.inbound.service import Parked

inbound = typer.Typer(help="Deliveries that could not be applied.", no_args_is_help=True)

Organization = Annotated[str, typer.Option(help="The slug of the organization.")]


@inbound.command()
@reported
def parked(*, organization: Organization, as_json: Json = False) -> None:
    """List what was put aside, oldest first, each with its reason."""
    items = wait_for(lambda: _parked(organization))
    written = [
        {
            "id": item.id,
            "received_at": item.received_at,
            "attempts": item.attempts,
            "reason": item.reason,
            "body": item.body.decode(errors="replace"),
        }
        for item in items
    ]
    lines = [f"{item.id}  {item.received_at:%Y-%m-%d %H:%M:%S}  {item.reason}" for item in items]
    show(as_json, {"items": written}, *(lines or ["Nothing is parked."]))


@inbound.command()
@reported
def replay(
    ids: Annotated[list[int] | None, typer.Argument(help="Their numbers; all when none is given.")] = None,
    *,
    organization: Organization,
    as_json: Json = False,
) -> None:
    """Apply parked deliveries again, after what was wrong is mended."""
    replayed = wait_for(lambda: _replay(organization, ids))
    show(as_json, {"replayed": replayed}, f"{len(replayed)} will be applied again.")


async def _parked(slug: str) -> "list[Parked]":
    from pytake.entrypoints.desk import opened, organization_id
    from pytake.inbound import service

    async with opened() as runtime, runtime.work(await organization_id(runtime, slug)) as work:
        return await service.parked(work)


async def _replay(slug: str, ids: list[int] | None) -> list[int]:
    from pytake.entrypoints.desk import opened, organization_id
    from pytake.inbound import service
    from pytake.kit.work import COMMAND

    async with opened() as runtime, runtime.work(await organization_id(runtime, slug), COMMAND) as work:
        replayed = await service.replay(work, ids or None)
        work.audit("delivery.replayed", metadata={"ids": replayed})
        return replayed
