"""Meta apps: made, renamed, their secrets replaced, and whether Meta has been heard through them."""

import secrets as entropy
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from pytake.kit.errors import NotFound
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.ports.secrets import Secrets
from pytake.whatsapp.channels import rows
from pytake.whatsapp.errors import ChannelInUse, ChannelNameTaken

Json = dict[str, Any]

BOTH_SECRETS_FOR: Final = timedelta(days=7)
"""As long as Meta repeats a delivery that it has signed."""


async def every(work: Work) -> list[Json]:
    return [dict(row) for row in await rows.every(work)]


async def get(work: Work, channel_id: UUID) -> Json:
    """Raises NotFound."""
    row = await rows.find(work, channel_id)
    if row is None:
        raise NotFound
    return dict(row)


async def create(
    work: Work, secrets: Secrets, *, name: str, meta_app_id: str | None, app_secret: str
) -> Json:
    """With the verify token, which is told now and never again. Raises ChannelNameTaken."""
    await _free(work, name)
    channel_id, verify_token = new_id(), entropy.token_urlsafe(24)
    sealed = {
        "name": name,
        "meta_app_id": meta_app_id,
        "app_secret_encrypted": _seal(work, secrets, channel_id, "app_secret_encrypted", app_secret),
        "verify_token_encrypted": _seal(work, secrets, channel_id, "verify_token_encrypted", verify_token),
    }
    await rows.insert(work, channel_id, entropy.token_urlsafe(24), sealed)
    work.audit("channel.created", channel_id, after={"name": name, "meta_app_id": meta_app_id})
    return {**await get(work, channel_id), "verify_token": verify_token}


async def change(work: Work, channel_id: UUID, changes: Mapping[str, Any]) -> Json:
    """Raises NotFound and ChannelNameTaken."""
    row = await _locked(work, channel_id)
    before = {"name": row["name"], "meta_app_id": row["meta_app_id"]}
    after = {**before, **changes}
    await _free(work, after["name"], channel_id)
    await rows.save(work, channel_id, after["name"], after["meta_app_id"])
    work.audit("channel.updated", channel_id, before=before, after=after)
    return await get(work, channel_id)


async def replace_secret(work: Work, secrets: Secrets, channel_id: UUID, app_secret: str) -> Json:
    """Both are good for a while: Meta repeats what it signed with the one before. Raises NotFound."""
    row = await _locked(work, channel_id)
    previous = secrets.open(row["app_secret_encrypted"], **_place(work, channel_id, "app_secret_encrypted"))
    until = await rows.keep_secret(
        work,
        channel_id,
        _seal(work, secrets, channel_id, "app_secret_encrypted", app_secret),
        _seal(work, secrets, channel_id, "previous_app_secret_encrypted", previous),
        BOTH_SECRETS_FOR,
    )
    work.audit("channel.secret_replaced", channel_id, after={"previous_until": until})
    return await get(work, channel_id)


async def forget_previous_secret(work: Work, channel_id: UUID) -> None:
    """Raises NotFound."""
    await _locked(work, channel_id)
    await rows.forget_previous_secret(work, channel_id)
    work.audit("channel.previous_secret_forgotten", channel_id)


async def renew_verify_token(work: Work, secrets: Secrets, channel_id: UUID) -> Json:
    """For who has lost it. Raises NotFound."""
    await _locked(work, channel_id)
    verify_token = entropy.token_urlsafe(24)
    sealed = _seal(work, secrets, channel_id, "verify_token_encrypted", verify_token)
    await rows.keep_verify_token(work, channel_id, sealed)
    work.audit("channel.verify_token_renewed", channel_id)
    return {**await get(work, channel_id), "verify_token": verify_token}


async def delete(work: Work, channel_id: UUID) -> None:
    """Raises NotFound and ChannelInUse."""
    row = await _locked(work, channel_id)
    if (await get(work, channel_id))["numbers"]:
        raise ChannelInUse
    await rows.delete(work, channel_id)
    work.audit("channel.deleted", channel_id, before={"name": row["name"]})


async def note_verified(work: Work, channel_id: UUID) -> None:
    """Meta has asked whether the address is ours, and knew the token."""
    await rows.note_verified(work, channel_id)
    work.unaudited("Meta's handshake")


async def note_heard(work: Work, channel_id: UUID) -> None:
    await rows.note_heard(work, channel_id)
    work.unaudited("when Meta was last heard")


async def _free(work: Work, name: str, but: UUID | None = None) -> None:
    if await rows.is_named(work, name, but):
        raise ChannelNameTaken


async def _locked(work: Work, channel_id: UUID) -> Any:
    row = await rows.lock(work, channel_id)
    if row is None:
        raise NotFound
    return row


def _seal(work: Work, secrets: Secrets, channel_id: UUID, column: str, plain: str) -> str:
    return secrets.seal(plain, **_place(work, channel_id, column))


def _place(work: Work, channel_id: UUID, column: str) -> dict[str, Any]:
    return {
        "organization_id": work.organization_id,
        "table": "channels",
        "column": column,
        "row_id": channel_id,
    }
