"""Organizations of an installation: a connected number, a published flow, registered with the simulator."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from pytake.chatbots.service import publish
from pytake.engine.flow_file import read_flow_file
from pytake.kit.ids import new_id
from pytake.runtime import Runtime
from pytake.whatsapp import service as whatsapp
from simulator.testing import ACCESS_TOKEN, APP_SECRET, VERIFY_TOKEN
from tests.faults.flows import Json

if TYPE_CHECKING:
    from tests.faults.installation import Installation

_numbers: Iterator[int] = itertools.count(10001)


@dataclass(frozen=True, slots=True)
class Tenant:
    organization_id: UUID
    number_id: UUID
    phone_number_id: str
    waba_id: str
    path: str
    """Of its webhook."""


async def open_tenant(
    installation: "Installation", flow: Json | None, *, app_secret: str = APP_SECRET
) -> Tenant:
    """An organization of its own. Its number may send as fast as any, and PyTake asks Meta whether it may."""
    serial = next(_numbers)
    tenant = await _in_pytake(installation.runtime, serial, flow, app_secret)
    await installation.owner.execute(
        "UPDATE whatsapp_numbers SET throughput_per_second = 1000 WHERE id = $1", tenant.number_id
    )
    await _in_meta(installation, tenant, serial, app_secret)
    return tenant


async def _in_pytake(runtime: Runtime, serial: int, flow: Json | None, app_secret: str) -> Tenant:
    organization_id = new_id()
    phone_number_id, waba_id = f"4559001122{serial}", f"3102774455{serial}"
    async with runtime.work(organization_id) as work:
        await work.execute(
            "INSERT INTO organizations (id, name, slug) VALUES ($1, $2, $2)",
            organization_id,
            f"padaria-{serial}",
        )
        channel_id, key = await whatsapp.open_channel(
            work, runtime.ports.secrets, name="app", app_secret=app_secret, verify_token=VERIFY_TOKEN
        )
        number_id = await whatsapp.connect_number(
            work,
            runtime.ports.secrets,
            channel_id=channel_id,
            phone_number_id=phone_number_id,
            phone_number=f"+5511300{serial}",
            display_name=f"Padaria {serial}",
            business_account_id=waba_id,
            access_token=f"{ACCESS_TOKEN}{serial}",
        )
        if flow:
            bot = await publish.create_bot(work, "Aurora")
            flow_id = await publish.import_flow(work, bot, read_flow_file(flow))
            await publish.publish(work, flow_id)
    return Tenant(organization_id, number_id, phone_number_id, waba_id, f"/webhooks/whatsapp/{key}")


async def _in_meta(installation: "Installation", tenant: Tenant, serial: int, app_secret: str) -> None:
    app = {
        "app_id": f"app-{serial}",
        "app_secret": app_secret,
        "verify_token": VERIFY_TOKEN,
        "callback_url": installation.url + tenant.path,
    }
    number = {
        "phone_number_id": tenant.phone_number_id,
        "waba_id": tenant.waba_id,
        "display_phone_number": f"+55 11 300{serial}",
        "access_token": f"{ACCESS_TOKEN}{serial}",
        "app_id": app["app_id"],
        "throughput": "HIGH",
        "messaging_limit": "TIER_UNLIMITED",
    }
    waba = {"waba_id": tenant.waba_id, "name": f"Padaria {serial}", "subscribed_apps": [app["app_id"]]}
    await installation.meta.setup(apps=[app], wabas=[waba], numbers=[number])
