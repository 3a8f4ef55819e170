"""Finding numbers, opening their secrets, connecting and stopping them."""

import secrets as entropy
from collections.abc import Collection
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from pytake.identity import limits
from pytake.identity.types import Limit
from pytake.kit.database import Connection
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.ports.secrets import Secrets
from pytake.ports.whatsapp import Sender
from pytake.whatsapp import repository
from pytake.whatsapp.errors import NumberTaken
from pytake.whatsapp.templates import syncs
from pytake.whatsapp.types import Channel, Number, SendingNumber, people_of_tier

FIRST_SYNC: Final = timedelta(seconds=30)
"""After a number is connected its account's templates are read; a page that waits for them may ask sooner."""


async def numbers(work: Work, phone_number_ids: Collection[str]) -> dict[str, Number]:
    """The organization's own numbers among these ids; an id that is missing here is not ours."""
    rows = await repository.numbers(work, list(phone_number_ids))
    return {
        row["phone_number_id"]: Number(row["id"], row["phone_number_id"], row["is_active"]) for row in rows
    }


async def every(work: Work) -> list[dict[str, Any]]:
    return [dict(row) for row in await repository.every(work)]


async def sending_number(work: Work, secrets: Secrets, number_id: UUID) -> SendingNumber | None:
    """The number with its token opened; None when it may not send (stopped, inactive, without a token)."""
    row = await repository.sending_number(work, number_id)
    if row is None:
        return None
    token = secrets.open(
        row["access_token_encrypted"],
        organization_id=work.organization_id,
        table="whatsapp_numbers",
        column="access_token_encrypted",
        row_id=row["id"],
    )
    return SendingNumber(
        row["id"],
        Sender(row["phone_number_id"], token),
        row["throughput_per_second"],
        people_of_tier(row["messaging_limit_tier"]),
    )


async def sender(work: Work, secrets: Secrets, number_id: UUID) -> Sender | None:
    """As whom a number asks Meta, whether or not it may send. None when it has no token."""
    row = await repository.sender(work, number_id)
    if row is None:
        return None
    token = secrets.open(
        row["access_token_encrypted"],
        organization_id=work.organization_id,
        table="whatsapp_numbers",
        column="access_token_encrypted",
        row_id=row["id"],
    )
    return Sender(row["phone_number_id"], token)


async def account_token(work: Work, secrets: Secrets, waba_id: str) -> str | None:
    """A token that may speak for the business account, opened."""
    row = await repository.account_number(work, waba_id)
    if row is None:
        return None
    return secrets.open(
        row["access_token_encrypted"],
        organization_id=work.organization_id,
        table="whatsapp_numbers",
        column="access_token_encrypted",
        row_id=row["id"],
    )


async def find_channel(connection: Connection, secrets: Secrets, channel_key: str) -> Channel | None:
    """Who owns this webhook address, with the secrets to check a delivery by. None when nobody does."""
    row = await repository.find_channel(connection, channel_key)
    if row is None or row["id"] is None or not row["is_active"]:
        return None

    def opened(column: str) -> str | None:
        sealed = row[column]
        if sealed is None:
            return None
        return secrets.open(
            sealed, organization_id=row["organization_id"], table="channels", column=column, row_id=row["id"]
        )

    app_secrets = (opened("app_secret_encrypted"), opened("previous_app_secret_encrypted"))
    return Channel(
        row["id"],
        row["organization_id"],
        tuple(secret for secret in app_secrets if secret),
        opened("verify_token_encrypted") or "",
    )


async def open_channel(
    work: Work,
    secrets: Secrets,
    *,
    name: str,
    app_secret: str,
    verify_token: str,
    meta_app_id: str | None = None,
) -> tuple[UUID, str]:
    """Make a Meta app known, or find it by name. Answers its id and the key in its webhook address."""
    if found := await repository.channel_of_app_secret(work, name):
        return found["id"], found["channel_key"]
    channel_id, channel_key = new_id(), entropy.token_urlsafe(24)

    def sealed(plain: str, column: str) -> str:
        return secrets.seal(
            plain, organization_id=work.organization_id, table="channels", column=column, row_id=channel_id
        )

    await repository.insert_channel(
        work,
        channel_id,
        channel_key=channel_key,
        name=name,
        meta_app_id=meta_app_id,
        app_secret_encrypted=sealed(app_secret, "app_secret_encrypted"),
        verify_token_encrypted=sealed(verify_token, "verify_token_encrypted"),
    )
    return channel_id, channel_key


async def connect_number(
    work: Work,
    secrets: Secrets,
    *,
    channel_id: UUID,
    phone_number_id: str,
    phone_number: str,
    display_name: str | None,
    business_account_id: str | None,
    access_token: str,
) -> UUID:
    """Add a number whose ownership Meta has confirmed.

    Raises NumberTaken when anyone has it already, and LimitReached.
    """
    await limits.make_room(work, Limit.NUMBERS)
    number_id = new_id()
    token = secrets.seal(
        access_token,
        organization_id=work.organization_id,
        table="whatsapp_numbers",
        column="access_token_encrypted",
        row_id=number_id,
    )
    added = await repository.insert_number(
        work,
        number_id,
        channel_id=channel_id,
        phone_number_id=phone_number_id,
        phone_number=phone_number,
        display_name=display_name,
        business_account_id=business_account_id,
        access_token_encrypted=token,
    )
    if not added:
        raise NumberTaken(phone_number_id=phone_number_id)
    if business_account_id:
        await syncs.watch(work, business_account_id, FIRST_SYNC)
    return number_id
