"""Pictures of people: small, square, and at an address that nobody guesses.

Docs: docs/decisions/0043-a-picture-is-a-jpeg-at-a-secret-address.md.
"""

import secrets
from typing import Final
from uuid import UUID

from pytake.identity import jpeg
from pytake.identity.errors import AvatarTooLarge, AvatarUnacceptable
from pytake.identity.rows import avatars as rows
from pytake.identity.types import PERSON_CHANGED
from pytake.kit.errors import NotFound
from pytake.kit.work import Work
from pytake.runtime import Runtime

SMALLEST, LARGEST = 32, 512
"""Pixels, of each side."""
MOST_BYTES: Final = 64 * 1024
PLACE: Final = "/api/v1/avatars/"
_ADDRESS_BYTES: Final = 32


def accepted(content: bytes) -> bytes:
    """What is kept of it. Raises AvatarTooLarge and AvatarUnacceptable."""
    if len(content) > MOST_BYTES:
        raise AvatarTooLarge(limit=MOST_BYTES)
    try:
        return jpeg.portrait(content, SMALLEST, LARGEST)
    except jpeg.NotAPortrait as error:
        raise AvatarUnacceptable(reason=str(error), smallest=SMALLEST, largest=LARGEST) from None


async def keep(work: Work, user_id: UUID, content: bytes) -> None:
    """`content` comes from `accepted`. Each has an address of its own, so that it can be cached for ever."""
    address = secrets.token_urlsafe(_ADDRESS_BYTES)
    await rows.replace(work, user_id, address, content)
    await rows.tell_address(work, user_id, f"{PLACE}{address}")
    work.audit("user.avatar_changed", user_id)
    work.publish(PERSON_CHANGED, {"user_id": user_id})


async def remove(work: Work, user_id: UUID) -> None:
    """Raises NotFound."""
    if not await forget(work, user_id):
        raise NotFound
    work.audit("user.avatar_removed", user_id)
    work.publish(PERSON_CHANGED, {"user_id": user_id})


async def forget(work: Work, user_id: UUID) -> bool:
    """As part of something else. False when there was none."""
    await rows.tell_address(work, user_id, None)
    return await rows.remove(work, user_id)


async def read(runtime: Runtime, address: str) -> bytes:
    """Raises NotFound."""
    async with runtime.lookup() as connection:
        organization_id = await rows.find_organization(connection, address)
    if organization_id is not None:
        async with runtime.work(organization_id) as work:
            content = await rows.read(work, address)
        if content is not None:
            return content
    raise NotFound
