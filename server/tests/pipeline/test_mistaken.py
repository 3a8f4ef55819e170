"""Two people merged by mistake change meanwhile what they are known by: each gets back what is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from pytake.contacts.types import MergeReason
from pytake.conversations.service import writing
from pytake.merging.service.merge import merge
from pytake.merging.service.undo import unmerge
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant
from tests.pipeline.test_merging import START, hear, moved, people, rotated, said, talks

ANA, BIA = "5511900000011", "5511900000099"
ANA_S, BIA_S = "BR.1001", "BR.2001"
SECOND, THIRD = "BR.3002", "BR.3003"
NEW, NEWER = "5511900000077", "5511900000078"

Names = tuple[str | None, str | None]


@dataclass
class Pair:
    """Ana wrote first: her contact is the older. `changing` is who changes what they are known by."""

    office: Office
    tenant: Tenant
    ids: dict[str, UUID]
    changing: str
    merge_id: UUID | None = None

    @property
    def phone(self) -> str:
        return ANA if self.changing == "ana" else BIA

    @property
    def user_id(self) -> str:
        return ANA_S if self.changing == "ana" else BIA_S

    @property
    def other(self) -> str:
        return "bia" if self.changing == "ana" else "ana"

    @property
    def other_s(self) -> Names:
        return (BIA, BIA_S) if self.changing == "ana" else (ANA, ANA_S)

    async def hear(self, *deliveries: Any) -> None:
        await hear(self.office, self.tenant, *deliveries)

    def rotated(self, before: str, after: str, at: int) -> Any:
        return rotated(self.tenant, self.phone, before, after, at)

    def says(self, text: str, wa_id: str | None, user_id: str | None, at: int) -> Any:
        return said(self.tenant, text, wa_id, user_id, at)

    async def tell_apart(self) -> dict[str, Names]:
        assert self.merge_id
        async with self.office.runtime.work(self.tenant.organization_id) as work:
            await unmerge(work, self.merge_id)
        return await self.known()

    async def known(self) -> dict[str, Names]:
        names = {contact_id: name for name, contact_id in self.ids.items()}
        return {
            names.get(row["id"], "somebody else"): (row["whatsapp_id"], row["whatsapp_user_id"])
            for row in await people(self.office)
        }

    async def said(self) -> dict[str, Sequence[str]]:
        found = await talks(self.office)
        return {name: found[contact_id] for name, contact_id in self.ids.items()}


@pytest.fixture(params=["ana", "bia"], ids=["the kept one changes", "the gone one changes"])
async def pair(office: Office, request: pytest.FixtureRequest) -> Pair:
    tenant = await office.tenant(flow=None)
    await hear(office, tenant, said(tenant, "a1", ANA, ANA_S, 1), said(tenant, "b1", BIA, BIA_S, 2))
    ana, bia = [row["id"] for row in await people(office)]
    async with office.runtime.work(tenant.organization_id) as work:
        merge_id = await merge(work, ana, bia, MergeReason.BY_HAND)
    return Pair(office, tenant, {"ana": ana, "bia": bia}, request.param, merge_id)


async def test_a_user_id_that_replaced_another_goes_with_whose_it_was(pair: Pair) -> None:
    await pair.hear(pair.rotated(pair.user_id, SECOND, 10))

    assert await pair.tell_apart() == {pair.changing: (pair.phone, SECOND), pair.other: pair.other_s}

    await pair.hear(pair.says("depois", None, SECOND, 20), pair.says("também", *pair.other_s, 21))
    assert {name: texts[1:] for name, texts in (await pair.said()).items()} == {
        pair.changing: ["depois"],
        pair.other: ["também"],
    }


async def test_without_the_phone_too(pair: Pair) -> None:
    told = pair.rotated(pair.user_id, SECOND, 10)
    del told["entry"][0]["changes"][0]["value"]["user_id_update"][0]["wa_id"]
    await pair.hear(told, pair.says("depois", None, SECOND, 20))

    assert await pair.tell_apart() == {pair.changing: (pair.phone, SECOND), pair.other: pair.other_s}
    assert (await pair.said())[pair.changing][1:] == ["depois"]


async def test_a_chain_of_user_ids_goes_with_whose_the_first_was(pair: Pair) -> None:
    await pair.hear(pair.rotated(pair.user_id, SECOND, 10), pair.rotated(SECOND, THIRD, 20))
    await pair.hear(pair.says("depois", None, THIRD, 30))

    assert await pair.tell_apart() == {pair.changing: (pair.phone, THIRD), pair.other: pair.other_s}
    assert (await pair.said())[pair.changing][1:] == ["depois"]


async def test_the_other_one_keeps_theirs_though_the_contact_showed_something_else(pair: Pair) -> None:
    """Who wrote last is what the merged contact is known by: a change of the other takes none of it."""
    await pair.hear(pair.says("antes", *pair.other_s, 9), pair.rotated(pair.user_id, SECOND, 10))
    await pair.hear(pair.says("depois", *pair.other_s, 20))

    assert await pair.tell_apart() == {pair.changing: (pair.phone, SECOND), pair.other: pair.other_s}
    given_up = await pair.office.rows(
        "SELECT contact_id, value FROM contact_identities WHERE state = 'given_up'"
    )
    assert [tuple(row.values()) for row in given_up] == [(pair.ids[pair.changing], pair.user_id)]


async def test_a_number_changed_and_changed_again(pair: Pair) -> None:
    await pair.hear(moved(pair.tenant, pair.phone, 10, type="user_changed_number", wa_id=NEW))
    await pair.hear(pair.says("antes", *pair.other_s, 11))
    await pair.hear(moved(pair.tenant, NEW, 20, type="user_changed_number", wa_id=NEWER))
    await pair.hear(pair.says("depois", NEWER, None, 21), pair.says("por fim", *pair.other_s, 22))

    assert await pair.tell_apart() == {pair.changing: (NEWER, pair.user_id), pair.other: pair.other_s}
    shown = {row["id"]: row["phone"] for row in await pair.office.rows("SELECT id, phone FROM contacts")}
    assert shown == {pair.ids[pair.changing]: f"+{NEWER}", pair.ids[pair.other]: f"+{pair.other_s[0]}"}
    assert {name: texts[1:] for name, texts in (await pair.said()).items()} == {
        pair.changing: ["depois"],
        pair.other: ["antes", "por fim"],
    }


async def test_another_number_and_another_user_id_of_one_message(pair: Pair) -> None:
    await pair.hear(moved(pair.tenant, pair.phone, 10, type="user_changed_number", wa_id=NEW, user_id=SECOND))
    await pair.hear(pair.says("depois", None, SECOND, 20), pair.says("também", NEW, None, 21))

    assert await pair.tell_apart() == {pair.changing: (NEW, SECOND), pair.other: pair.other_s}
    assert (await pair.said())[pair.changing][1:] == ["depois", "também"]


async def test_a_phone_that_went_from_the_one_to_the_other(pair: Pair) -> None:
    """Whoever had it gets another; then it is the other's, and what comes from it is theirs from then on."""
    their_phone, their_id = pair.other_s
    assert their_phone
    assert their_id
    await pair.hear(
        pair.says("ainda meu", their_phone, None, 9),
        moved(pair.tenant, their_phone, 10, type="user_changed_number", wa_id=NEW),
        moved(pair.tenant, pair.phone, 20, type="user_changed_number", wa_id=their_phone),
        pair.says("agora meu", their_phone, None, 30),
    )

    known = await pair.tell_apart()
    assert known == {pair.changing: (their_phone, pair.user_id), pair.other: (NEW, their_id)}
    assert {name: texts[1:] for name, texts in (await pair.said()).items()} == {
        pair.changing: ["agora meu"],
        pair.other: ["ainda meu"],
    }
    gave_up = await pair.office.rows(
        "SELECT value FROM contact_identities WHERE state = 'given_up' AND contact_id = "
        "(SELECT id FROM contacts WHERE whatsapp_user_id = $1)",
        their_id,
    )
    assert [row["value"] for row in gave_up] == [their_phone]


@pytest.mark.parametrize("told", ["before", "after"])
async def test_told_apart_layer_by_layer(pair: Pair, told: str) -> None:
    """The two, merged, are merged into somebody else too; before it, or after it, the change is told."""
    office, tenant = pair.office, pair.tenant
    carla = (NEW, "BR.9009")
    await pair.hear(pair.says("c1", *carla, 5))
    (carlas,) = [row["id"] for row in await people(office) if row["whatsapp_user_id"] == carla[1]]
    if told == "before":
        await pair.hear(pair.rotated(pair.user_id, SECOND, 10))
    async with office.runtime.work(tenant.organization_id) as work:
        over = await merge(work, carlas, pair.ids["ana"], MergeReason.BY_HAND)
    if told == "after":
        await pair.hear(pair.rotated(pair.user_id, SECOND, 10))
    await pair.hear(pair.says("depois", None, SECOND, 20))
    async with office.runtime.work(tenant.organization_id) as work:
        await unmerge(work, over)

    assert await pair.tell_apart() == {
        pair.changing: (pair.phone, SECOND),
        pair.other: pair.other_s,
        "somebody else": carla,
    }
    assert (await pair.said())[pair.changing][1:] == ["depois"]


async def test_a_phone_of_both_at_the_merge_is_whose_it_was_then(office: Office) -> None:
    """Ana gave it up, Bia got it; what is said from it while they are one is Bia's."""
    tenant = await office.tenant(flow=None)
    await hear(
        office,
        tenant,
        said(tenant, "a1", ANA, ANA_S, 1),
        moved(tenant, ANA, 2, type="user_changed_number", wa_id=NEW),
        said(tenant, "b1", ANA, BIA_S, 3),
    )
    ana, bia = [row["id"] for row in await people(office)]
    async with office.runtime.work(tenant.organization_id) as work:
        merge_id = await merge(work, ana, bia, MergeReason.BY_HAND)
    await hear(office, tenant, said(tenant, "b2", ANA, None, 10))
    async with office.runtime.work(tenant.organization_id) as work:
        await unmerge(work, merge_id)

    assert await talks(office) == {ana: ["a1"], bia: ["b1", "b2"]}
    known = {row["id"]: (row["whatsapp_id"], row["whatsapp_user_id"]) for row in await people(office)}
    assert known == {ana: (NEW, ANA_S), bia: (ANA, BIA_S)}
    states = await office.rows("SELECT contact_id, state FROM contact_identities WHERE value = $1", ANA)
    assert {row["contact_id"]: row["state"] for row in states} == {ana: "given_up", bia: "current"}


@pytest.mark.parametrize("last", ["ana", "bia"])
async def test_what_we_write_does_not_make_somebody_the_one_who_is_shown(office: Office, last: str) -> None:
    """Both contacts of one person: known is what they showed last, whichever of them we wrote to since."""
    tenant = await office.tenant(flow=None)
    today = meta.now() - START
    anas, bias = said(tenant, "a1", ANA, None, today), said(tenant, "b1", None, BIA_S, today)
    more = said(tenant, "a2", ANA, None, today) if last == "ana" else said(tenant, "b2", None, BIA_S, today)
    await hear(office, tenant, anas, bias, more)
    ana, bia = [row["id"] for row in await people(office)]
    await office.owner.execute("UPDATE contacts SET whatsapp_name = $2 WHERE id = $1", ana, "Ana")
    await office.owner.execute("UPDATE contacts SET whatsapp_name = $2 WHERE id = $1", bia, "Bia")
    other = bia if last == "ana" else ana
    talk = await office.owner.fetchval("SELECT id FROM conversations WHERE contact_id = $1", other)
    async with office.runtime.work(tenant.organization_id) as work:
        await writing.write_to_customer(work, talk, "text", {"text": "Posso ajudar?"})
        work.unaudited("a test")
    await office.settled()
    async with office.runtime.work(tenant.organization_id) as work:
        await merge(work, ana, bia, MergeReason.BY_HAND)

    shown = await office.rows("SELECT whatsapp_name FROM contacts WHERE deleted_at IS NULL")

    assert [row["whatsapp_name"] for row in shown] == [last.capitalize()]
