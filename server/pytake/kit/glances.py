"""Reading in one round trip: the tenant, the sign-in and what is asked, all in one statement.

A question that decides who may ask (does the sign-in stand, what may its user do?) was answered some time
ago. A glance goes ahead on that answer, and the same statement that reads tells whether it still holds; what
was read is shown to nobody before. The tenant is set by the statement's first step and ends with it, so that
row level security holds it to the tenant like a transaction.
"""

import re
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import asyncpg
from typing_extensions import override

from pytake.kit.database import Pool, Question, ask
from pytake.kit.work import Actor, Work

_TOGETHER: Final = """
    SELECT asked.*
    FROM enter($1) AS entered (at)
    CROSS JOIN LATERAL (
        SELECT insist((SELECT to_jsonb(answer) = $2::text::jsonb FROM ({question}) AS answer)) AS holds
        WHERE entered.at IS NOT NULL OFFSET 0
    ) AS premise
    CROSS JOIN LATERAL (SELECT found.* FROM ({statement}) AS found WHERE premise.holds OFFSET 0) AS asked
"""
"""Each step takes something from the one before it, so they are nested loops in this order, and the rows of
the statement keep theirs; sorting them once more would cost a sixth of the whole. Were `enter` not the first,
no tenant would be set and nothing seen. OFFSET 0: a step stays one, and is done once.
"""

_OVERTAKEN: Final = "PT001"
"""What `insist` raises."""

_ARGUMENT: Final = re.compile(r"\$(\d+)")


class Overtaken(Exception):
    """The premise has another answer by now, or none: ask again in a transaction."""


class Glance(Work):
    """Only reads, and knows no clock. Each question is a transaction by itself."""

    def __init__(
        self, pool: Pool, organization_id: UUID, actor: Actor, premise: Question, answer: str
    ) -> None:
        """`answer`: the row that answered the premise, as a JSON object."""
        self.organization_id, self.actor = organization_id, actor
        self.is_proven = False
        """Rows have come, so the premise holds. None prove nothing: for what can have no rows, a planner need
        not look at the premise.
        """
        self._pool, self._premise, self._answer = pool, premise, answer

    @override
    async def fetch(self, statement: str, *arguments: Any) -> list[asyncpg.Record]:
        """Raises Overtaken."""
        question, known = self._premise
        whole = together(question, len(known), statement)
        try:
            rows = await ask(self._pool, whole, self.organization_id, self._answer, *known, *arguments)
        except asyncpg.PostgresError as error:
            if error.sqlstate == _OVERTAKEN:
                raise Overtaken from None
            raise
        self.is_proven = self.is_proven or bool(rows)
        return rows


@lru_cache(maxsize=256)
def together(question: str, known: int, statement: str) -> str:
    """`known`: how many arguments the question has. The statement's follow behind them."""
    return _TOGETHER.format(question=_moved(question, 2), statement=_moved(statement, 2 + known))


def _moved(statement: str, places: int) -> str:
    return _ARGUMENT.sub(lambda found: f"${int(found[1]) + places}", statement)
