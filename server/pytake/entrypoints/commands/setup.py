"""`pytake setup`: the way into an installation that nobody has set up."""

from typing import TYPE_CHECKING

from pytake.entrypoints.console import Json, reported, show, wait_for

if TYPE_CHECKING:
    from pytake.accounts.types import SetupLink


@reported
def setup(*, as_json: Json = False) -> None:
    """Print a link to set an empty installation up with. It is good once and for a day; a new one ends it."""
    link = wait_for(_make_link)
    if link is None:
        show(as_json, {"setup_url": None}, "This installation is set up already: sign in.")
        return
    show(
        as_json,
        {"setup_url": link.url, "expires_at": link.expires_at},
        "Open this address to create the first organization and its owner. It is good once, until "
        f"{link.expires_at:%Y-%m-%d %H:%M} UTC:",
        link.url,
    )


async def _make_link() -> "SetupLink | None":
    from pytake.accounts.service import setting_up
    from pytake.entrypoints.desk import opened
    from pytake.kit.work import COMMAND

    async with opened() as runtime:
        return await setting_up.make_link(runtime, COMMAND)
