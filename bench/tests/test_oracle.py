"""The oracle can fail: on what it is shown, and on a service that makes mistakes under a real load."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.graph.client import a_graph
from bench.load.client import run_load
from bench.load.plan import OPEN, Number, Outcome, Plan
from bench.oracle import Verdict, judge
from bench.tests.careless import Mistake, Reply, careless

SAID = {"1:maria": ["a", "b", "c"], "1:joão": ["d"]}
HEARD = {"1:maria": ["eco: a", "eco: b", "eco: c"], "1:joão": ["eco: d"]}


def test_who_was_answered_well_has_nothing_to_complain_about() -> None:
    assert judge(SAID, HEARD) == Verdict()


@pytest.mark.parametrize(
    ("maria", "found"),
    [
        (["eco: a", "eco: c"], Verdict(lost=1)),
        (["eco: a", "eco: b", "eco: b", "eco: c"], Verdict(doubled=1)),
        (["eco: a", "eco: c", "eco: b"], Verdict(out_of_order=1)),
        (["eco: a", "eco: b", "eco: c", "eco: d"], Verdict(crossed=1)),
        (["eco: a", "eco: b", "eco: c", "olá"], Verdict(crossed=1)),
        ([], Verdict(lost=3)),
    ],
)
def test_each_mistake_is_told_from_the_others(maria: list[str], found: Verdict) -> None:
    assert judge(SAID, HEARD | {"1:maria": maria}) == found


def test_a_reply_to_the_same_phone_at_another_business_is_crossed() -> None:
    assert judge(
        {"1:maria": ["a"], "2:maria": ["b"]}, {"1:maria": ["eco: b"], "2:maria": ["eco: a"]}
    ) == Verdict(lost=2, crossed=2)


def _well(_place: int, reply: Reply, _before: Reply | None) -> list[Reply]:
    return [reply]


def _loses(place: int, reply: Reply, _before: Reply | None) -> list[Reply]:
    return [] if place == 5 else [reply]


def _doubles(place: int, reply: Reply, _before: Reply | None) -> list[Reply]:
    return [reply, reply] if place == 5 else [reply]


def _crosses(place: int, reply: Reply, before: Reply | None) -> list[Reply]:
    """Once, a reply goes to who wrote just before: another person, for many write at a time."""
    return [(before[0], reply[1])] if before and place == 5 else [reply]


def _swaps(place: int, reply: Reply, before: Reply | None) -> list[Reply]:
    """The first reply waits for the second. With one person who writes in bursts that is the wrong order."""
    if place == 0:
        return []
    return [reply, before] if before and place == 1 else [reply]


@pytest.mark.parametrize(
    ("mistake", "people", "found"),
    [
        (_well, 20, Verdict()),
        (_loses, 20, Verdict(lost=1)),
        (_doubles, 20, Verdict(doubled=1)),
        (_crosses, 20, Verdict(lost=1, crossed=1)),
        (_swaps, 1, Verdict(out_of_order=1)),
    ],
)
async def test_mistakes_under_load_are_found(
    mistake: Mistake, people: int, found: Verdict, tmp_path: Path
) -> None:
    outcome, verdict = await _run(tmp_path, mistake, people, patience=4.0 if found.lost else 60.0)

    assert verdict == found
    assert outcome.posted == outcome.acknowledged > 10
    assert outcome.answered == outcome.posted - found.lost


async def test_people_who_write_at_a_rate_are_judged_too(tmp_path: Path) -> None:
    """Arrivals are drawn from a seed and caught up with when the machine is slow: their count is known."""
    outcome, verdict = await _run(tmp_path, _doubles, 20, mode=OPEN, rate=1000.0)

    assert verdict == Verdict(doubled=1)
    assert 300 < outcome.posted < 500
    assert outcome.answered == outcome.posted


async def test_deliveries_that_come_twice_are_one_message(tmp_path: Path) -> None:
    """The careless service answers both, which is what must be found."""
    outcome, verdict = await _run(tmp_path, _well, 20, twice=0.5)

    assert 0 < verdict.doubled < outcome.posted
    assert (verdict.lost, verdict.crossed) == (0, 0)


async def _run(folder: Path, mistake: Mistake, people: int, **changes: Any) -> tuple[Outcome, Verdict]:
    async with a_graph(folder) as graph, careless(graph, mistake) as address:
        plan = Plan(
            addresses=[address],
            numbers=[Number("455900000000000", "/webhook", "secret", people)],
            graph=str(graph.socket),
            seconds=0.3,
            warm_up=0.1,
            first_person=0,
            burst=2,
            patience=60.0,
        )
        outcome = await run_load(replace(plan, **changes))
        heard = await graph.take()
    return outcome, judge(outcome.said, heard.texts)
