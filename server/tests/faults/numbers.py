"""Many numbers of one organization, each known to the simulator."""

from uuid import UUID

from pytake.whatsapp import service as whatsapp
from simulator.testing import ACCESS_TOKEN, WABA_ID
from tests.pipeline.office import Office, Tenant


async def numbers(office: Office, tenant: Tenant, count: int) -> dict[str, UUID]:
    """So many more, as Meta's id → our id."""
    found: dict[str, UUID] = {}
    async with office.runtime.work(tenant.organization_id) as work:
        for place in range(count):
            phone_number_id = f"4559001122{place:05d}"
            phone = f"+55114000{place:04d}"
            found[phone_number_id] = await whatsapp.connect_number(
                work,
                office.runtime.ports.secrets,
                channel_id=tenant.channel_id,
                phone_number_id=phone_number_id,
                phone_number=phone,
                display_name=None,
                business_account_id=WABA_ID,
                access_token=ACCESS_TOKEN,
            )
            office.sim.simulator.registration.number(
                {
                    "phone_number_id": phone_number_id,
                    "waba_id": WABA_ID,
                    "display_phone_number": phone,
                    "access_token": ACCESS_TOKEN,
                }
            )
    return found
