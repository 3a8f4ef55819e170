"""A trail whose key is lost goes on with a new one, by hand, and never looks as if nothing had happened."""

import pytest

from pytake.audit.renewal import renew_lost_keys
from pytake.audit.types import Damage
from pytake.audit.verification import verify
from pytake.kit.work import Actor
from pytake.ports.secrets import SecretUnreadable
from tests.factories import an_organization
from tests.secrets.conftest import NEW, OLD, Holding, holding

__all__ = ["holding"]


async def test_what_was_written_before_stays_named(holding: Holding) -> None:
    old, new = await holding(OLD), await holding(NEW)
    lost, fine = await an_organization(old), await an_organization(old)
    for runtime, organization_id in ((old, lost), (old, lost), (new, fine)):
        async with runtime.work(organization_id, Actor("user")) as work:
            work.audit("thing.done")

    async def do() -> None:
        async with new.work(lost, Actor("user")) as work:
            work.audit("thing.done")

    with pytest.raises(SecretUnreadable):
        await do()
    assert await renew_lost_keys(new) == [lost]
    await do()

    found = await verify(new)
    assert (found.rows, found.chains) == (5, 2)
    assert [(each.organization_id, each.damage, each.sequence) for each in found.findings] == [
        (lost, Damage.UNREADABLE, 1)
    ]
    assert await renew_lost_keys(new) == [], "nothing is renewed twice"


async def test_moving_the_mark_hides_nothing(holding: Holding) -> None:
    """Somebody with SQL says that the key began later than it did."""
    runtime = await holding(OLD)
    organization_id = await an_organization(runtime)
    for _ in range(3):
        async with runtime.work(organization_id, Actor("user")) as work:
            work.audit("thing.done")
    async with runtime.work(organization_id) as work:
        await work.execute("UPDATE audit_chains SET key_since = 3")

    (finding,) = (await verify(runtime)).findings
    assert (finding.damage, finding.sequence) == (Damage.UNREADABLE, 1)
