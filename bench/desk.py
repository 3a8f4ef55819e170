"""Setting PyTake up: organizations with a connected number and a published flow, by its own services."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from pytake.chatbots.service import publish
from pytake.engine.flow_file import read_flow_file
from pytake.kit.ids import new_id
from pytake.kit.jobs import Nudge
from pytake.whatsapp import service as whatsapp

if TYPE_CHECKING:
    from bench.processes import PyTake

FLOWS = Path(__file__).parent / "flows"
APP_SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of servers that live for a run
ACCESS_TOKEN = "EAAbenchmark"  # noqa: S105 - of our stand-in for Graph, which asks nobody
LIFTED = 100_000
"""Messages per second of a number: what Meta would allow is not what is measured."""


class LeftToSweeps:
    """What this process makes necessary, PyTake's own processes find."""

    async def push(self, nudges: Sequence[Nudge]) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Tenant:
    organization_id: UUID
    channel_id: UUID
    number_id: UUID
    phone_number_id: str
    path: str
    """Of its webhook."""


async def make_tenant(pytake: "PyTake", place: int = 0, *, flow: str | None = "echo") -> Tenant:
    """An organization with a connected number and, if a flow of `flows/` is named, a bot that runs it."""
    organization_id, phone_number_id = new_id(), f"4559{place:011d}"
    async with pytake.runtime.work(organization_id) as work:
        await work.execute(
            "INSERT INTO organizations (id, name, slug) VALUES ($1, $2, $3)",
            organization_id,
            f"Padaria {place}",
            f"padaria-{place}-{organization_id.hex[-6:]}",
        )
        channel_id, key = await whatsapp.open_channel(
            work, pytake.runtime.ports.secrets, name="app", app_secret=APP_SECRET, verify_token=APP_SECRET
        )
        number_id = await whatsapp.connect_number(
            work,
            pytake.runtime.ports.secrets,
            channel_id=channel_id,
            phone_number_id=phone_number_id,
            phone_number=f"+55113000{place:04d}",
            display_name="Padaria",
            business_account_id="310277445566100",
            access_token=ACCESS_TOKEN,
        )
        await work.execute(
            "UPDATE whatsapp_numbers SET throughput_per_second = $2 WHERE organization_id = $1",
            organization_id,
            LIFTED,
        )
    if flow:
        await publish_flow(pytake, organization_id, flow)
    return Tenant(organization_id, channel_id, number_id, phone_number_id, f"/webhooks/whatsapp/{key}")


async def publish_flow(pytake: "PyTake", organization_id: UUID, name: str) -> UUID:
    file = read_flow_file((FLOWS / f"{name}.json").read_bytes())
    async with pytake.runtime.work(organization_id) as work:
        bot = await publish.create_bot(work, name)
        flow_id = await publish.import_flow(work, bot, file)
        await publish.publish(work, flow_id)
    return flow_id
