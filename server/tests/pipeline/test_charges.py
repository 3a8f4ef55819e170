"""What messages cost: each counted once, whatever order its statuses come in and however often."""

import itertools
import random
from typing import Any

import pytest

from pytake.analytics import charges, meter
from tests.factories import until_readable
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant
from tests.pipeline.told import a_message_out, hear

MARIA = "5511900000011"
PRICE = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "utility"}


@pytest.fixture
def office(told_office: Office) -> Office:
    return told_office


@pytest.fixture
async def tenant(office: Office) -> Tenant:
    made = await office.tenant(flow=None, register=False)
    await hear(office, made, messages=[meta.text(MARIA, "Oi")])
    return made


async def wamids(office: Office, tenant: Tenant, many: int) -> list[str]:
    async with office.runtime.work(tenant.organization_id) as work:
        return [await a_message_out(work, tenant, MARIA) for _ in range(many)]


async def counted(office: Office, tenant: Tenant) -> dict[tuple[str, str], int]:
    await until_readable(office.runtime, tenant.organization_id)
    await meter.count(office.runtime, tenant.organization_id)
    rows = await office.rows("SELECT category, type, messages FROM message_charges")
    return {(row["category"], row["type"]): row["messages"] for row in rows}


def statuses(wamid: str, *which: str, priced: tuple[str, ...] = (), price: Any = PRICE) -> list[Any]:
    return [meta.status(wamid, each, pricing=price if each in priced else None) for each in which]


async def test_every_message_counts_once_in_every_order_and_however_often(
    office: Office, tenant: Tenant
) -> None:
    dice = random.Random(7)
    orders = list(itertools.permutations(("sent", "delivered", "read")))
    priced = (("sent",), ("delivered",), ("read",), ("sent", "delivered"), ("sent", "delivered", "read"))
    cases = list(itertools.product(orders, priced, (True, False)))
    for wamid, (order, with_price, together) in zip(
        await wamids(office, tenant, len(cases)), cases, strict=True
    ):
        told = statuses(wamid, *order, priced=with_price)
        told += dice.sample(told, 2)
        if together:
            await hear(office, tenant, statuses=told)
        else:
            for each in told:
                await hear(office, tenant, statuses=[each])
        await hear(office, tenant, statuses=told)

    assert await counted(office, tenant) == {("utility", "regular"): len(cases)}


async def test_what_did_not_arrive_is_not_charged(office: Office, tenant: Tenant) -> None:
    failed, late, gone = await wamids(office, tenant, 3)
    await hear(office, tenant, statuses=statuses(failed, "sent", "failed", priced=("sent",)))
    await hear(office, tenant, statuses=statuses(late, "sent", "failed", priced=("sent",)))
    await hear(office, tenant, statuses=statuses(late, "delivered"))
    await hear(office, tenant, statuses=statuses(gone, "sent", priced=("sent",)))

    assert await counted(office, tenant) == {("utility", "regular"): 1}


async def test_meta_s_spellings_are_one_and_a_price_without_a_type_is_asked_what_it_costs(
    office: Office, tenant: Tenant
) -> None:
    prices = [
        {"category": "authentication-international", "type": "regular"},
        {"category": "authentication_international", "type": "regular"},
        {"category": "service", "billable": False},
        {"category": "service", "billable": True},
        {"category": "service", "type": "free_entry_point", "billable": True},
        {"type": "free_customer_service"},
    ]
    for wamid, price in zip(await wamids(office, tenant, len(prices)), prices, strict=True):
        await hear(office, tenant, statuses=statuses(wamid, "delivered", priced=("delivered",), price=price))

    assert await counted(office, tenant) == {
        ("authentication_international", "regular"): 2,
        ("service", "free"): 1,
        ("service", "regular"): 1,
        ("service", "free_entry_point"): 1,
        ("unknown", "free_customer_service"): 1,
    }
    async with office.runtime.work(tenant.organization_id) as work:
        told = {row["category"]: (row["charged"], row["free"]) for row in await charges.report(work)}
    assert told == {"authentication_international": (2, 0), "service": (1, 2), "unknown": (0, 1)}
