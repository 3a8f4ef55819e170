"""How many messages are claimed for a number whose rate is used up."""

import pytest

from pytake.conversations.service.pace import BREATH, LONGEST, Pace

RATE = 80


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(clock)


def test_nothing_is_slow_before_something_was_refused(pace: Pace) -> None:
    pace.spent(500, RATE)
    pace.claimed(RATE, RATE)

    assert pace.most(RATE) == RATE
    assert not pace.is_slow


def test_after_a_breath_as_many_are_claimed_as_came_free(pace: Pace, clock: Clock) -> None:
    pace.empty(1 / RATE)

    assert pace.most(RATE) == 0
    assert pace.seconds == pytest.approx(BREATH)
    clock.now += 0.11
    assert pace.seconds == 0
    assert pace.most(RATE) == 8


def test_no_permission_is_lost_over_many_claims(pace: Pace, clock: Clock) -> None:
    pace.empty(1 / RATE)
    sent = 0
    for _ in range(100):
        clock.now += 0.137
        most = pace.most(RATE)
        pace.claimed(most, most)
        pace.spent(most, RATE)
        sent += most

    assert sent == pytest.approx(100 * 0.137 * RATE, abs=1)


def test_the_end_of_the_line_ends_the_waiting(pace: Pace, clock: Clock) -> None:
    pace.empty(1 / RATE)
    clock.now += 1.0
    pace.claimed(pace.most(RATE), 3)

    assert not pace.is_slow
    assert pace.most(RATE) == RATE


def test_a_number_that_rests_for_long_is_looked_at_all_the_same(pace: Pace, clock: Clock) -> None:
    pace.empty(3600.0)

    assert pace.seconds == LONGEST
    clock.now += LONGEST
    assert pace.most(RATE) == 1


def test_at_one_a_second_nobody_asks_ten_times_a_second(pace: Pace, clock: Clock) -> None:
    pace.empty(1.0)
    clock.now += 1.0
    assert pace.most(1) == 1
    pace.claimed(1, 1)
    pace.spent(1, 1)

    assert pace.seconds == pytest.approx(1.0)
    assert pace.most(1) == 0
