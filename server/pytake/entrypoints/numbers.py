"""Connecting a WhatsApp number: Meta is asked first, so that nobody connects what is not theirs."""

import re
from dataclasses import dataclass, field
from uuid import UUID

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.entrypoints.configuration import configured
from pytake.entrypoints.desk import opened, organization_id
from pytake.kit.problem import Problem
from pytake.kit.work import COMMAND
from pytake.ports.whatsapp import PhoneNumber, Sender
from pytake.whatsapp import service as whatsapp


@dataclass(frozen=True, slots=True)
class Application:
    phone_number_id: str
    display_phone: str
    name: str | None
    waba: str | None
    app: str
    access_token: str = field(repr=False)
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Connected:
    id: str
    verified_name: str | None
    webhook_path: str
    webhook_url: str


async def connect(slug: str, wanted: Application) -> Connected:
    """Raises what Meta answers, and Problem when the number is another than the one that was meant."""
    async with opened() as runtime:
        organization = await organization_id(runtime, slug)
        known = await runtime.meta.get_phone_number(Sender(wanted.phone_number_id, wanted.access_token))
        _same_number(known, wanted.display_phone)
        async with runtime.work(organization, COMMAND) as work:
            channel_id, key = await whatsapp.open_channel(
                work,
                runtime.ports.secrets,
                name=wanted.app,
                app_secret=wanted.app_secret,
                verify_token=wanted.verify_token,
            )
            number_id = await whatsapp.connect_number(
                work,
                runtime.ports.secrets,
                channel_id=channel_id,
                phone_number_id=wanted.phone_number_id,
                phone_number=wanted.display_phone,
                display_name=wanted.name or known.verified_name,
                business_account_id=wanted.waba,
                access_token=wanted.access_token,
            )
            work.audit("number.connected", number_id, after=_told(wanted, channel_id))
        await _subscribe(runtime, wanted)
    path = f"/webhooks/whatsapp/{key}"
    return Connected(str(number_id), known.verified_name, path, configured().public_url + path)


async def _subscribe(runtime: BuiltRuntime, wanted: Application) -> None:
    """Without it Meta verifies the webhook and then sends nothing."""
    if wanted.waba:
        await runtime.meta.subscribe(wanted.waba, wanted.access_token)


def _told(wanted: Application, channel_id: UUID) -> dict[str, object]:
    return {
        "phone_number": wanted.display_phone,
        "phone_number_id": wanted.phone_number_id,
        "whatsapp_business_account_id": wanted.waba,
        "channel_id": channel_id,
    }


def _same_number(known: PhoneNumber, meant: str) -> None:
    if _digits(known.display_phone_number) != _digits(meant):
        raise Problem(
            f"Meta knows {known.id} as {known.display_phone_number}, not as {meant}.",
            "Check --phone-number-id and --display-phone.",
        )


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)
