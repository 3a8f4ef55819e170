"""Whatever people are known by, and become known by, and whoever is merged and told apart: who is who."""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from pytake.contacts.types import MergeReason
from pytake.inbound import drain as draining
from pytake.merging.service.merge import merge
from pytake.merging.service.undo import unmerge
from pytake.merging.tasks import merge_what_is_proven
from tests.pipeline.lives import Human, Json, Lives
from tests.pipeline.office import Office, Tenant

Answer = TypeVar("Answer")
THOROUGH = settings.get_current_profile_name() == "thorough"
_serials = count()

WHO = st.integers(0, 9)
SHOWS = st.sampled_from(["phone", "user_id", "both"])


@dataclass(frozen=True)
class Merge:
    id: UUID
    of: set[str]
    """Whose contacts they were."""
    of_both: set[str]
    """Who were in the one and in the other: undoing it says that they are two people."""


class Town(RuleBasedStateMachine):
    office: Office
    loop: asyncio.AbstractEventLoop

    def __init__(self) -> None:
        super().__init__()
        self.tenant: Tenant
        self.lives: Lives
        self.waiting: list[Json] = []
        self.merges: list[Merge] = []
        """By hand, that stand."""

    def wait(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    @initialize()
    def opens(self) -> None:
        serial = next(_serials)
        number = f"4559{serial:08}"
        self.tenant = self.wait(
            self.office.tenant(f"vila-{serial}", flow=None, phone_number_id=number, register=False)
        )
        self.lives = Lives(number)
        for _ in range(2):
            self.lives.is_born()

    @rule()
    @precondition(lambda self: len(self.lives.humans) < 4)
    def somebody_is_born(self) -> None:
        self.lives.is_born()

    @rule(place=WHO, shows=SHOWS, later=st.booleans())
    def somebody_writes(self, place: int, shows: str, *, later: bool) -> None:
        who = self.human(place)
        if self.is_free(who) or self.is_told(who, shows):
            self.hears(self.lives.writes(who, shows), later=later)

    @rule(place=WHO, told=st.booleans(), to_given_up=st.booleans(), later=st.booleans())
    def somebody_changes_number(self, place: int, *, told: bool, to_given_up: bool, later: bool) -> None:
        who = self.human(place)
        if self.is_free(who) or self.is_told(who, "phone"):
            self.hears(self.lives.changes_number(who, told=told, to_given_up=to_given_up), later=later)

    @rule(place=WHO, shows_phone=st.booleans(), later=st.booleans())
    def somebody_gets_another_user_id(self, place: int, *, shows_phone: bool, later: bool) -> None:
        who = self.human(place)
        if self.is_free(who) or self.is_told(who, "both" if shows_phone else "user_id"):
            self.hears(self.lives.changes_user_id(who, shows_phone=shows_phone), later=later)

    @rule(one=WHO, other=WHO)
    def two_are_merged_by_hand(self, one: int, other: int) -> None:
        self.listen()
        living = self.living()
        if len(living) < 2:
            return
        kept = living[one % len(living)]
        gone = [each for each in living if each != kept][other % (len(living) - 1)]
        one_s, other_s = self.names_of(kept), self.names_of(gone)
        merge_id = self.wait(self._merge(kept, gone))
        self.merges.append(Merge(merge_id, one_s | other_s, one_s & other_s))

    @rule()
    @precondition(lambda self: self.merges)
    def the_last_merge_is_undone(self) -> None:
        self.listen()
        undone = self.merges.pop()
        self.wait(self._unmerge(undone.id))
        for human in self.lives.humans:
            human.is_told_apart |= human.name in undone.of_both

    @rule()
    def all_is_heard(self) -> None:
        self.listen()

    @invariant()
    def everybody_is_one(self) -> None:
        if not self.waiting:
            self.check()

    @override
    def teardown(self) -> None:
        if hasattr(self, "lives"):
            while self.merges:
                self.the_last_merge_is_undone()
            for human in self.lives.humans:
                self.hears(self.lives.writes(human, "both"), later=False)
            self.check()

    def human(self, place: int) -> Human:
        return self.lives.humans[place % len(self.lives.humans)]

    def is_free(self, who: Human) -> bool:
        """Not mistaken for somebody else: what they show anew then says nothing of who they are."""
        return not any(who.name in each.of for each in self.merges)

    def is_told(self, who: Human, shows: str) -> bool:
        """What they show is known to be one person's, but for a phone that comes with their user id."""
        *_, mark = marks = who.marks(shows)
        group = self.lives.group_of(mark)
        return bool(group) and all(each in group or not self.lives.group_of(each) for each in marks)

    def hears(self, delivery: Json | None, *, later: bool) -> None:
        if delivery is not None:
            self.waiting.append(delivery)
        if not later:
            self.listen()

    def listen(self) -> None:
        if self.waiting:
            self.wait(self._listen())

    async def _listen(self) -> None:
        for delivery in self.waiting:
            await self.office.deliver(self.tenant, delivery)
        self.waiting.clear()
        await draining.drain(self.office.runtime, self.tenant.organization_id)
        await merge_what_is_proven(self.office.runtime, self.tenant.organization_id)

    async def _merge(self, kept: UUID, gone: UUID) -> UUID:
        async with self.office.runtime.work(self.tenant.organization_id) as work:
            return await merge(work, kept, gone, MergeReason.BY_HAND)

    async def _unmerge(self, merge_id: UUID) -> None:
        async with self.office.runtime.work(self.tenant.organization_id) as work:
            await unmerge(work, merge_id)

    def rows(self, statement: str) -> list[dict[str, Any]]:
        return self.wait(self.office.rows(statement, self.tenant.organization_id))

    def living(self) -> list[UUID]:
        return [
            row["id"]
            for row in self.rows(
                "SELECT id FROM contacts WHERE organization_id = $1 AND deleted_at IS NULL "
                "ORDER BY created_at, id"
            )
        ]

    def names_of(self, contact: UUID) -> set[str]:
        values = {
            row["value"]
            for row in self.rows(
                "SELECT contact_id, value FROM contact_identities WHERE organization_id = $1"
            )
            if row["contact_id"] == contact
        }
        return {name for group in self.lives.groups for name, value, _ in group if value in values}

    def check(self) -> None:
        rows = self.rows(
            """
            SELECT m.content ->> 'text' AS text, m.contact_id, c.contact_id AS talks_with,
                   p.deleted_at IS NULL AS is_living
            FROM messages m JOIN conversations c ON c.id = m.conversation_id
            JOIN contacts p ON p.id = m.contact_id
            WHERE m.organization_id = $1 AND m.type = 'text' ORDER BY m.created_at, m.id
            """
        )
        whose = {row["text"]: row["contact_id"] for row in rows}
        assert len(rows) == len(whose) == len(self.lives.said), "each message is there once"
        assert all(row["is_living"] and row["talks_with"] == row["contact_id"] for row in rows)
        self.check_order([(row["text"], row["contact_id"]) for row in rows])
        self.check_people(whose)

    def check_order(self, rows: list[tuple[str, UUID]]) -> None:
        order = {text: place for place, (text, _) in enumerate(self.lives.said)}
        told: dict[UUID, list[int]] = defaultdict(list)
        for text, contact in rows:
            told[contact].append(order[text])
        assert all(places == sorted(places) for places in told.values()), "in the order said"

    def check_people(self, whose: dict[str, UUID]) -> None:
        authors: dict[UUID, set[str]] = defaultdict(set)
        homes: dict[int, set[UUID]] = defaultdict(set)
        apart = {human.name for human in self.lives.humans if human.is_told_apart}
        for text, mark in self.lives.said:
            authors[whose[text]].add(mark[0])
            if mark[0] not in apart:
                homes[id(self.lives.group_of(mark))].add(whose[text])
        assert all(len(contacts) == 1 for contacts in homes.values()), "who is one person has one contact"
        for contact, names in authors.items():
            mistaken = [each for each in self.merges if names <= each.of]
            assert len(names) == 1 or mistaken, f"{contact} is {names}"


@pytest.mark.timeout(180)
async def test_whatever_happens_everybody_is_one_contact_with_all_they_said(office: Office) -> None:
    await office.crew.stop(1)

    class ThisTown(Town):
        loop = asyncio.get_running_loop()

    ThisTown.office = office
    pace = settings(
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # to shrink a life takes minutes, and twenty steps can be read
        max_examples=600 if THOROUGH else 25,
        stateful_step_count=20,
        suppress_health_check=list(HealthCheck),
    )
    await asyncio.to_thread(run_state_machine_as_test, ThisTown, settings=pace)
