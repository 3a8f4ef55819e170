"""Finding the link behind a token that came by mail."""

from typing import NamedTuple
from uuid import UUID

from pytake.accounts import marks
from pytake.accounts.errors import LinkUnusable
from pytake.accounts.repository import links, people
from pytake.accounts.types import Link
from pytake.runtime import Runtime


class Found(NamedTuple):
    organization_id: UUID
    link_id: UUID


class Shown(NamedTuple):
    organization_id: UUID
    organization_name: str
    link: Link


async def find(runtime: Runtime, token: str) -> Found:
    """Whether it can still be used is seen by who uses it. Raises LinkUnusable."""
    link_id = marks.read_link_token(runtime.ports.digests, token)
    if link_id is not None:
        async with runtime.lookup() as connection:
            organization_id = await links.find_organization(connection, link_id)
        if organization_id is not None:
            return Found(organization_id, link_id)
    raise LinkUnusable


async def look_at(runtime: Runtime, token: str) -> Shown:
    """What it is for and whom it was sent to; looking uses nothing up. Raises LinkUnusable."""
    organization_id, link_id = await find(runtime, token)
    async with runtime.work(organization_id) as work:
        link = await links.look_at(work, link_id)
        name = await people.organization_name(work)
    if link is None:
        raise LinkUnusable
    return Shown(organization_id, name, link)
