"""Looks through a chain row by row and names what does not fit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pytake.audit import repository, verdicts
from pytake.audit.types import Checked, Damage, Finding, Head, Verification
from pytake.kit.trail import START, Deed
from pytake.kit.work import SYSTEM, Actor, Work
from pytake.ports.secrets import SecretUnreadable
from pytake.runtime import Runtime, chain_key

_AT_ONCE = 1_000
_MOST_FINDINGS = 1_000
"""Of one chain: whoever reads them has understood by then."""


async def verify(
    runtime: Runtime,
    organizations: Iterable[UUID] | None = None,
    kept: Iterable[Head] = (),
    by: Actor = SYSTEM,
) -> Verification:
    """All chains when none is named. `kept`: heads that were written down earlier, outside the database.

    What is found is kept, for each chain.
    """
    if organizations is None:
        async with runtime.lookup() as connection:
            organizations = await repository.organizations_ever(connection)
    earlier = {(head.organization_id, head.sequence): head for head in kept}
    wanted = {*organizations, *(organization_id for organization_id, _ in earlier)}
    result = Verification()
    for organization_id in sorted(wanted):
        own = {number: head for (whose, number), head in earlier.items() if whose == organization_id}
        async with runtime.work(organization_id) as work:
            head, now = await repository.head(work), work.now
        if head["sequence"] is None and not head["last"] and not own:
            continue
        chain = _Chain(runtime, own, Checked(organization_id, by, now))
        await chain.verify(head)
        result.checked.append(chain.checked)
    return result


async def heads(runtime: Runtime) -> list[Head]:
    async with runtime.lookup() as connection:
        organizations = await repository.organizations_ever(connection)
    found = []
    for organization_id in organizations:
        async with runtime.work(organization_id) as work:
            head = await repository.head(work)
        if head["sequence"] is not None:
            found.append(Head(organization_id, head["sequence"], head["hash"]))
    return found


@dataclass(slots=True)
class _Chain:
    runtime: Runtime
    kept: Mapping[int, Head]
    checked: Checked
    sequence: int = 0
    previous: bytes = START

    async def verify(self, head: Any) -> None:
        organization_id = self.checked.organization_id
        key = self._key(organization_id, head)
        async with self.runtime.work(organization_id) as work:
            await self._walk(work, key, head)
        self._compare_ends(head)
        async with self.runtime.work(organization_id) as work:
            await verdicts.keep(work, self.checked, key)

    def _key(self, organization_id: UUID, head: Any) -> bytes | None:
        """None when the hashes cannot be checked; that the rows follow each other still can."""
        try:
            if head["key_encrypted"] is not None:
                return chain_key(self.runtime.ports.secrets, organization_id, head["key_encrypted"])
        except (SecretUnreadable, ValueError):
            pass
        self._note(Damage.UNREADABLE, 0)
        return None

    async def _walk(self, work: Work, key: bytes | None, head: Any) -> None:
        since = head["key_since"] or 1
        if since > 1:
            self._note(Damage.UNREADABLE, 1)
        while rows := await repository.chain(work, self.sequence, head["last"], _AT_ONCE):
            for row in rows:
                self._look_at(row, key if row["sequence"] >= since else None)
        if max(self.kept, default=0) > self.sequence:
            self._note(Damage.CUT, self.sequence + 1)

    def _look_at(self, row: Any, key: bytes | None) -> None:
        number, hashed = row["sequence"], row["hash"]
        if number != self.sequence + 1:
            self._note(Damage.MISSING, self.sequence + 1)
        elif row["previous_hash"] != self.previous:
            self._note(Damage.FOREIGN, number, row["id"])
        kept = self.kept.get(number)
        was_kept_otherwise = kept is not None and kept.hash != hashed
        if was_kept_otherwise or (key is not None and not _fits(row, key)):
            self._note(Damage.CHANGED, number, row["id"])
        self.sequence, self.previous = number, hashed
        self.checked.rows += 1

    def _compare_ends(self, head: Any) -> None:
        if head["sequence"] is None:
            return
        if head["sequence"] > self.sequence:
            self._note(Damage.CUT, self.sequence + 1)
        elif head["sequence"] == self.sequence and head["hash"] != self.previous:
            self._note(Damage.CHANGED, self.sequence)
        elif head["sequence"] < self.sequence:
            self._note(Damage.FOREIGN, head["sequence"] + 1)

    def _note(self, damage: Damage, sequence: int, row_id: UUID | None = None) -> None:
        findings = self.checked.findings
        if len(findings) < _MOST_FINDINGS:
            findings[Finding(self.checked.organization_id, damage, sequence, row_id)] = None


def _fits(row: Any, key: bytes) -> bool:
    """A value that no row of ours can have, such as a time without end, fits nothing."""
    try:
        hashed: bytes = row["hash"]
        return _deed(row).hash(key, row["sequence"], row["previous_hash"]) == hashed
    except (ValueError, OverflowError):
        return False


def _deed(row: Any) -> Deed:
    ip_address = row["ip_address"]
    return Deed(
        row["id"],
        row["organization_id"],
        row["user_id"],
        row["action"],
        row["resource_type"],
        row["resource_id"],
        row["description"],
        row["changes"],
        row["metadata"],
        None if ip_address is None else str(ip_address),
        row["user_agent"],
        row["created_at"],
    )
