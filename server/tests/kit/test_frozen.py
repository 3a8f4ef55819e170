"""Both decorators make what `dataclass(frozen=True, slots=True)` makes, but for the guard."""

from dataclasses import fields, replace

import pytest

from pytake.engine.run import Waiting
from pytake.ports.whatsapp import Sender


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Sender("1", "token"), Sender("2", "token")),
        (Waiting("question", "1", ()), Waiting("question", "2", ())),
    ],
)
def test_equal_ones_are_one_and_hold_nothing_else(one: Sender | Waiting, other: Sender | Waiting) -> None:
    assert one != other
    assert {one, replace(one), other} == {one, other}
    assert fields(one)
    assert not hasattr(one, "__dict__")
