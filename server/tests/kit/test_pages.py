"""Lists that are read page by page."""

import pytest

from pytake.kit.pages import NEWEST, Position, cut


@pytest.mark.parametrize(
    ("rows", "shown", "last"),
    [([], [], None), ([1], [1], None), ([1, 2], [1, 2], None), ([1, 2, 3], [1, 2], 2)],
)
def test_a_row_too_many_tells_that_there_is_more(rows: list[int], shown: list[int], last: int | None) -> None:
    assert cut(rows, 2) == (shown, last)


def test_a_list_begins_with_the_newest_and_goes_on_behind_its_cursor() -> None:
    here = Position(NEWEST.at.replace(year=2026, microsecond=7), NEWEST.id)

    assert Position.behind(None) == Position.behind("") == NEWEST
    assert Position.behind(str(here)) == here
