"""Which conversations somebody sees: the one place that says it, for lists, single ones and live events.

Their own, those of their departments (and those nobody has), those on the numbers of their departments, or
all, by what they are permitted.
"""

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final, Self
from uuid import UUID

from pytake.identity.permissions import Permission
from pytake.kit.work import Actor, Work


@dataclass(frozen=True, slots=True)
class Sight:
    user_id: UUID | None
    """None is a machine: nothing is assigned to it, and it works in no department."""
    all: bool
    department: bool
    number: bool

    @classmethod
    def of(cls, user_id: UUID | None, grants: AbstractSet[str]) -> Self:
        return cls(
            user_id,
            Permission.CONVERSATIONS_READ_ALL in grants,
            Permission.CONVERSATIONS_READ_DEPARTMENT in grants,
            Permission.CONVERSATIONS_READ_NUMBER in grants,
        )

    @classmethod
    def of_actor(cls, actor: Actor) -> Self:
        """PyTake itself sees everything of the organization."""
        if actor.kind in {"system", "command"}:
            return cls(None, all=True, department=True, number=True)
        return cls.of(actor.user_id, actor.grants)

    @property
    def arguments(self) -> tuple[Any, ...]:
        """For `condition`: the user, and by what they see more than their own."""
        return self.user_id, self.department, self.number


def condition(user: str, department: str, number: str) -> str:
    """True for a conversation `c` of the organization $1 that somebody sees who does not see all.

    The arguments are SQL: where the statement has the user and what they are permitted.
    """
    return f"""(
        c.assigned_to = {user}
        OR {department} AND (
            c.department_id IS NULL AND c.assigned_to IS NULL
            OR c.department_id IN (SELECT d.department_id FROM user_departments d
                                   WHERE d.organization_id = $1 AND d.user_id = {user}))
        OR {number} AND c.whatsapp_number_id IN (
            SELECT t.whatsapp_number_id FROM user_departments d
            JOIN departments t ON t.organization_id = d.organization_id AND t.id = d.department_id
            WHERE d.organization_id = $1 AND d.user_id = {user})
    )"""  # noqa: S608 - its callers, all in this module and the repository, write the three names


_WHO_SEES: Final = f"""
    SELECT c.id, who.user_id
    FROM unnest($2::uuid[], $3::bool[], $4::bool[]) AS who (user_id, department, number)
    JOIN conversations c ON c.organization_id = $1 AND c.id = ANY($5::uuid[])
    WHERE {condition("who.user_id", "who.department", "who.number")}
"""  # noqa: S608 - `condition` with names written here


async def who_sees(
    work: Work, sights: Collection[Sight], conversation_ids: Collection[UUID]
) -> dict[UUID, set[UUID]]:
    """Who of these people sees which of these conversations, in one question."""
    seen: dict[UUID, set[UUID]] = defaultdict(set)
    if not sights or not conversation_ids:
        return seen
    rows = await work.fetch(
        _WHO_SEES,
        work.organization_id,
        [sight.user_id for sight in sights],
        [sight.department for sight in sights],
        [sight.number for sight in sights],
        list(conversation_ids),
    )
    for row in rows:
        seen[row["id"]].add(row["user_id"])
    return seen


_SEEN_BY: Final = """
    SELECT k.id FROM contacts k
    WHERE k.organization_id = $1 AND k.id = ANY($2::uuid[]) AND EXISTS (
        SELECT FROM conversations c
        WHERE c.organization_id = $1 AND c.contact_id = k.id AND {seen})
"""
_CONTACTS_SEEN: Final = _SEEN_BY.format(seen=condition("$3::uuid", "$4::bool", "$5::bool"))


async def contacts_seen(work: Work, contact_ids: Collection[UUID]) -> set[UUID]:
    """Of these contacts those one sees: who sees not all sees those of the conversations they see."""
    sight = Sight.of_actor(work.actor)
    if sight.all:
        return set(contact_ids)
    rows = await work.fetch(_CONTACTS_SEEN, work.organization_id, list(contact_ids), *sight.arguments)
    return {row["id"] for row in rows}
