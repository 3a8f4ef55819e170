"""Whoever can write to the database cannot change the audit trail unseen (A64)."""

import json
import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from pytake.audit import verification
from pytake.audit.types import Damage, Head
from pytake.audit.verification import heads, verify
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.kit.ids import new_id
from pytake.kit.work import Actor
from tests.factories import an_organization
from tests.sizes import SEED, Figure, full_or_tenth

ROWS = 40
GUESSED = bytes(32)
"""The key is the one thing an intruder does not have."""

TAMPERINGS = full_or_tenth(1_000)


@pytest.fixture
async def chains(runtime: BuiltRuntime) -> list[UUID]:
    """Two organizations whose trails look alike."""
    organizations = [await an_organization(runtime) for _ in range(2)]
    for number in range(ROWS):
        for organization_id in organizations:
            async with runtime.work(organization_id, Actor("user", new_id())) as work:
                work.audit(
                    "contact.updated",
                    new_id(),
                    before={"name": f"João {number}", "n": number},
                    after={"name": f"Maria {number}", "n": number + 1},
                    description="By hand",
                )
    return organizations


async def unlock(owner: asyncpg.Connection) -> None:
    """What somebody with the owner's login would do first."""
    await owner.execute("ALTER TABLE audit_logs DISABLE TRIGGER USER")
    await owner.execute("ALTER TABLE audit_logs DROP CONSTRAINT audit_logs_organization_id_sequence_key")


CHANGES: dict[str, str] = {
    "action": "'user.deleted'",
    "description": "description || ' '",
    "user_id": "gen_random_uuid()",
    "resource_type": "'user'",
    "resource_id": "gen_random_uuid()",
    "changes": "jsonb_set(changes, '{after,n}', '999')",
    "metadata": 'metadata || \'{"actor": "system"}\'',
    "ip_address": "'203.0.113.9'",
    "user_agent": "'Chrome'",
    "created_at": "created_at + interval '1 microsecond'",
    "id": "gen_random_uuid()",
    "hash": "sha256(hash)",
    "previous_hash": "sha256(previous_hash)",
    "sequence": "sequence + 100",
}


class Intruder:
    """Does one random thing to a trail, and says at which row it must be noticed at the latest."""

    def __init__(self, owner: asyncpg.Connection, chance: random.Random, chains: list[UUID]) -> None:
        self.owner, self.chance, self.chains = owner, chance, chains

    async def act(self) -> tuple[str, int]:
        deeds: list[Callable[[UUID, int], Any]] = [
            self.change,
            self.change,
            self.delete,
            self.swap,
            self.copy,
            self.move,
            self.forge,
        ]
        deed = self.chance.choice(deeds)
        return deed.__name__, await deed(self.chance.choice(self.chains), self.chance.randrange(1, ROWS - 1))

    async def change(self, organization_id: UUID, row: int) -> int:
        column = self.chance.choice(sorted(CHANGES))
        statement = f"UPDATE audit_logs SET {column} = {CHANGES[column]}"  # noqa: S608 - both are of CHANGES, above
        await self._at(organization_id, row, statement)
        return row

    async def delete(self, organization_id: UUID, row: int) -> int:
        await self._at(organization_id, row, "DELETE FROM audit_logs")
        return row

    async def swap(self, organization_id: UUID, row: int) -> int:
        """Two rows change places."""
        await self.owner.execute(
            """
            UPDATE audit_logs SET sequence = CASE sequence WHEN $2 THEN $3 ELSE $2 END
            WHERE organization_id = $1 AND sequence IN ($2, $3)
            """,
            organization_id,
            row,
            row + 1,
        )
        return row

    async def copy(self, organization_id: UUID, row: int) -> int:
        """A true row once more, at the end, with the head moved along."""
        await self.owner.execute(
            """
            WITH head AS (
                UPDATE audit_chains SET sequence = sequence + 1,
                    hash = (SELECT hash FROM audit_logs WHERE organization_id = $1 AND sequence = $2)
                WHERE organization_id = $1
            )
            INSERT INTO audit_logs (organization_id, sequence, previous_hash, hash, action, changes, metadata)
            SELECT organization_id, $3, previous_hash, hash, action, changes, metadata FROM audit_logs
            WHERE organization_id = $1 AND sequence = $2
            """,
            organization_id,
            row,
            ROWS + 1,
        )
        return ROWS + 1

    async def move(self, organization_id: UUID, row: int) -> int:
        """The other organization's row of the same number instead of this one."""
        other = next(each for each in self.chains if each != organization_id)
        await self._at(organization_id, row, "DELETE FROM audit_logs")
        moving = f"UPDATE audit_logs SET organization_id = '{organization_id}'"  # noqa: S608 - the id this test made
        await self._at(other, row, moving)
        return row

    async def forge(self, organization_id: UUID, row: int) -> int:
        """A changed row and all that follow it hashed anew, head and all, with everything but the key."""
        await self._at(organization_id, row, "UPDATE audit_logs SET action = 'nothing.happened'")
        rows = await self.owner.fetch(
            "SELECT * FROM audit_logs WHERE organization_id = $1 AND sequence >= $2 ORDER BY sequence",
            organization_id,
            row,
        )
        previous = rows[0]["previous_hash"]
        for each in rows:
            told = {name: json.loads(each[name] or "null") for name in ("changes", "metadata")}
            hashed = verification._deed({**each, **told}).hash(GUESSED, each["sequence"], previous)
            await self.owner.execute(
                "UPDATE audit_logs SET previous_hash = $2, hash = $3 WHERE id = $1",
                each["id"],
                previous,
                hashed,
            )
            previous = hashed
        await self.owner.execute(
            "UPDATE audit_chains SET hash = $2 WHERE organization_id = $1", organization_id, previous
        )
        return row

    async def _at(self, organization_id: UUID, row: int, statement: str) -> None:
        where = " WHERE organization_id = $1 AND sequence = $2"
        await self.owner.execute(statement + where, organization_id, row)


async def test_every_tampering_is_found_and_its_first_row_is_named(
    runtime: BuiltRuntime, owner: asyncpg.Connection, chains: list[UUID], figure: Figure
) -> None:
    """Each is tried on the same trail and taken back."""
    chance = random.Random(SEED)
    intruder = Intruder(owner, chance, chains)
    found = 0
    tried: dict[str, int] = {}
    await owner.execute("CREATE TABLE rows_kept AS TABLE audit_logs")
    await owner.execute("CREATE TABLE heads_kept AS TABLE audit_chains")
    await unlock(owner)
    for _ in range(TAMPERINGS):
        name, row = await intruder.act()
        findings = (await verify(runtime)).findings
        assert findings, f"{name} at row {row} was not noticed; seed {SEED}"
        assert min(finding.sequence for finding in findings) == row, (name, findings[:3], SEED)
        found += 1
        tried[name] = tried.get(name, 0) + 1
        await owner.execute("DELETE FROM audit_logs")
        await owner.execute("INSERT INTO audit_logs SELECT * FROM rows_kept")
        await owner.execute(
            """
            UPDATE audit_chains c SET sequence = k.sequence, hash = k.hash FROM heads_kept k
            WHERE k.organization_id = c.organization_id
            """
        )
    assert (await verify(runtime)).findings == []
    figure(f"A64: {TAMPERINGS} tamperings ({tried}), {found} found, first row named each time")


@pytest.mark.parametrize("column", sorted(CHANGES))
async def test_a_change_of_any_column_is_found(
    runtime: BuiltRuntime, owner: asyncpg.Connection, column: str
) -> None:
    """One row alone, so that no neighbour gives it away."""
    organization_id = await an_organization(runtime)
    async with runtime.work(organization_id, Actor("user", new_id())) as work:
        work.audit("contact.updated", new_id(), after={"n": 1}, description="By hand")
    await unlock(owner)
    await owner.execute(f"UPDATE audit_logs SET {column} = {CHANGES[column]}")  # noqa: S608 - both are of CHANGES, above

    assert (await verify(runtime)).findings != []


async def test_a_cut_end_is_found_by_the_head(
    runtime: BuiltRuntime, owner: asyncpg.Connection, chains: list[UUID]
) -> None:
    await unlock(owner)
    await owner.execute("DELETE FROM audit_logs WHERE organization_id = $1 AND sequence > 30", chains[0])

    (finding,) = (await verify(runtime)).findings

    assert (finding.organization_id, finding.damage, finding.sequence) == (chains[0], Damage.CUT, 31)


async def test_an_end_cut_together_with_the_head_is_found_by_what_was_kept_outside(
    runtime: BuiltRuntime, owner: asyncpg.Connection, chains: list[UUID]
) -> None:
    kept = await heads(runtime)
    await unlock(owner)
    await owner.execute("DELETE FROM audit_logs WHERE organization_id = $1 AND sequence > 30", chains[0])
    await owner.execute(
        """
        UPDATE audit_chains SET sequence = 30, hash = (SELECT hash FROM audit_logs
                                                       WHERE organization_id = $1 AND sequence = 30)
        WHERE organization_id = $1
        """,
        chains[0],
    )
    assert (await verify(runtime)).findings == [], "nothing within shows it"

    (finding,) = (await verify(runtime, kept=kept)).findings

    assert (finding.organization_id, finding.damage, finding.sequence) == (chains[0], Damage.CUT, 31)


async def test_a_whole_trail_that_is_gone_is_found_by_what_was_kept_outside(
    runtime: BuiltRuntime, owner: asyncpg.Connection, chains: list[UUID]
) -> None:
    kept = await heads(runtime)
    await unlock(owner)
    await owner.execute("DELETE FROM audit_logs WHERE organization_id = $1", chains[0])
    await owner.execute("DELETE FROM audit_chains WHERE organization_id = $1", chains[0])

    findings = (await verify(runtime, kept=kept)).findings

    assert {(each.organization_id, each.damage) for each in findings} == {
        (chains[0], Damage.UNREADABLE),
        (chains[0], Damage.CUT),
    }


async def test_another_chain_s_key_or_none_is_noticed(
    runtime: BuiltRuntime, owner: asyncpg.Connection, chains: list[UUID]
) -> None:
    await owner.execute(
        """
        UPDATE audit_chains SET key_encrypted = (SELECT key_encrypted FROM audit_chains
                                                 WHERE organization_id = $2)
        WHERE organization_id = $1
        """,
        *chains,
    )
    assert [each.damage for each in (await verify(runtime, chains)).findings] == [Damage.UNREADABLE]

    await owner.execute("DELETE FROM audit_chains WHERE organization_id = $1", chains[0])
    assert [each.damage for each in (await verify(runtime)).findings] == [Damage.UNREADABLE]


async def test_a_head_that_was_kept_and_fits_says_nothing(runtime: BuiltRuntime, chains: list[UUID]) -> None:
    kept = await heads(runtime)
    async with runtime.work(chains[0], Actor("command")) as work:
        work.audit("contact.updated")

    assert (await verify(runtime, kept=kept)).findings == []
    wrong = [Head(kept[0].organization_id, kept[0].sequence, bytes(32))]
    assert [each.damage for each in (await verify(runtime, kept=wrong)).findings] == [Damage.CHANGED]


async def test_a_row_of_a_history_that_was_cut_off_does_not_fit(
    runtime: BuiltRuntime, owner: asyncpg.Connection, chains: list[UUID]
) -> None:
    """A true row with a true hash, put back after the trail had gone on without it."""
    organization_id, last = chains[0], ROWS
    await unlock(owner)
    await owner.execute("CREATE TABLE aside AS TABLE audit_logs")
    await owner.execute(
        "DELETE FROM audit_logs WHERE organization_id = $1 AND sequence = $2", organization_id, last
    )
    await owner.execute(
        """
        UPDATE audit_chains SET sequence = $2, hash = (SELECT hash FROM audit_logs
                                                       WHERE organization_id = $1 AND sequence = $2)
        WHERE organization_id = $1
        """,
        organization_id,
        last - 1,
    )
    for _ in range(2):
        async with runtime.work(organization_id, Actor("user", new_id())) as work:
            work.audit("contact.updated")
    assert (await verify(runtime)).findings == []

    put_back = "WITH gone AS (DELETE FROM audit_logs WHERE organization_id = $1 AND sequence = $2)"
    put_back += " INSERT INTO audit_logs SELECT * FROM aside WHERE organization_id = $1 AND sequence = $2"
    await owner.execute(put_back, organization_id, last)

    (finding,) = (await verify(runtime)).findings
    assert (finding.damage, finding.sequence) == (Damage.FOREIGN, last + 1)


async def test_a_chain_full_of_damage_hides_no_other(
    runtime: BuiltRuntime, owner: asyncpg.Connection, chains: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "_MOST_FINDINGS", 3)
    await unlock(owner)
    await owner.execute("UPDATE audit_logs SET action = 'x' WHERE sequence BETWEEN 5 AND 15")

    found = (await verify(runtime)).findings

    whose = [finding.organization_id for finding in found]
    assert [whose.count(organization_id) for organization_id in chains] == [3, 3]
    assert sorted({finding.sequence for finding in found}) == [5, 6, 7]
