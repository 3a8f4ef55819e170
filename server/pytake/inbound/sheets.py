"""A batch in sheets: while one is being written, the next is played.

PostgreSQL and this process are two, and a transaction that computes everything and then writes everything
keeps one of them waiting for the other.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from types import TracebackType
from typing import Any, Self
from uuid import UUID

SHEET = 125
"""People on one sheet."""

BREATH = 25
"""Turns after which others may have the loop: the statement behind the one under way, and calls."""


def in_sheets(people: Sequence[UUID]) -> list[list[int]]:
    """The places of the list, sheet by sheet. All of one person are on one sheet, in their order.

    Sheets go by the order of ids, as everybody does who writes to several people.
    """
    places: dict[UUID, list[int]] = {}
    for place, person in enumerate(people):
        places.setdefault(person, []).append(place)
    ordered = sorted(places)
    return [
        [place for person in ordered[first : first + SHEET] for place in places[person]]
        for first in range(0, len(ordered), SHEET)
    ]


class Pen:
    """Writes in a transaction while its owner computes: one thing at a time, in the order given.

    In between the owner must leave the connection alone. Leaving the block waits for the last writing, and
    what went wrong in it is raised; a block that failed itself calls it off.
    """

    def __init__(self) -> None:
        self._writing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)
        else:
            await self._put_down()

    async def write(self, writing: Coroutine[Any, Any, None]) -> None:
        """Begin when what was begun before is written. Raises what went wrong in that."""
        try:
            await self._put_down()
        except BaseException:
            writing.close()
            raise
        self._writing = asyncio.create_task(writing)

    async def _put_down(self) -> None:
        if self._writing is not None:
            writing, self._writing = self._writing, None
            await writing
