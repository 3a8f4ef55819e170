"""The arithmetic, the goals, and what makes a row noisy."""

from pathlib import Path

import pytest

from bench import noise
from bench.alternate import alternate
from bench.catalogue import found_rows
from bench.figures import Figures, paired_ratio, percentile, spread
from bench.graph.client import Graph
from bench.noise import Quiet, calibrate, strangers_share
from bench.options import PARTIAL, RESULTS, Options, read_options
from bench.row import Goal, Record
from bench.stand import Stand
from bench.table import number, table
from bench.wire import complete
from pytake.entrypoints.embedded import Engines


@pytest.mark.parametrize(
    ("share", "value"), [(0.5, 50), (0.99, 99), (1.0, 100), (0.001, 1)], ids=["p50", "p99", "max", "least"]
)
def test_a_percentile_is_a_value_that_was_measured(share: float, value: float) -> None:
    assert percentile([float(place) for place in range(100, 0, -1)], share) == value


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def test_a_round_that_was_slow_for_both_does_not_change_the_ratio() -> None:
    assert paired_ratio([200, 20, 210], [100, 10, 100]) == 2.0


def test_rounds_that_do_not_match_are_no_ratio() -> None:
    with pytest.raises(ValueError, match="argument"):
        paired_ratio([1, 2], [1])


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (Goal(1.0, 1.5), 1.5, "target"),
        (Goal(1.0, 1.5), 1.2, "floor"),
        (Goal(1.0, 1.5), 0.9, "missed"),
        (Goal(500, 250, at_most=True), 250, "target"),
        (Goal(500, 250, at_most=True), 400, "floor"),
        (Goal(500, 250, at_most=True), 501, "missed"),
        (Goal(None, 1.0, at_most=True), 1.1, "missed"),
    ],
)
def test_a_goal_is_met_on_its_own_side(goal: Goal, value: float, met: str) -> None:
    assert goal.met(value) == met


def test_a_record_gives_medians_and_the_ratio_of_rounds() -> None:
    record = Record("row", "A row")
    for ours, theirs in ((10.0, 5.0), (30.0, 10.0), (20.0, 20.0)):
        record.add("PyTake", {"msg/s": ours})
        record.add("reference", {"msg/s": theirs})
    record.compare("ours", "PyTake", "reference", "msg/s", Goal(1.0, 1.5))

    written = record.written()
    assert written["medians"]["PyTake"]["msg/s"] == 20.0
    assert written["rounds"]["reference"]["msg/s"] == [5.0, 10.0, 20.0]
    assert (written["lines"][0]["value"], written["lines"][0]["met"]) == (2.0, "target")


def test_a_machine_is_quiet_when_the_same_work_takes_the_same_time() -> None:
    assert not Quiet([0.100, 0.110, 0.105], [0.01, 0.05]).is_noisy
    assert spread([0.1, 0.2]) == 2.0


@pytest.mark.parametrize("quiet", [Quiet([0.10, 0.15], [0.0]), Quiet([0.1], [0.0, 0.3])])
def test_work_that_takes_longer_or_strangers_make_a_row_noisy(quiet: Quiet) -> None:
    record = Record("row", "A row", quiet=quiet)

    assert quiet.is_noisy
    assert "NOISY" in table([record])
    assert record.written()["noise"]["noisy"] is True


def test_strangers_are_what_was_busy_and_not_ours() -> None:
    assert strangers_share(busy=15.0, ours=5.0, elapsed=10.0, cores=2) == 0.5
    assert strangers_share(busy=5.0, ours=5.1, elapsed=10.0, cores=2) == 0.0


def test_the_fixed_work_takes_time() -> None:
    assert calibrate(threads=1, blocks=1) > 0


def test_a_count_that_must_be_zero_is_added_up_and_shown() -> None:
    record = Record("row", "A row")
    record.must_be_zero({"lost": 0})
    record.must_be_zero({"lost": 2})

    assert "lost 2   ✗ must be 0" in table([record])


def test_a_row_that_failed_is_shown_as_failed() -> None:
    record = Record("row", "A row", failure="RuntimeError: no ticket")

    assert record.went_wrong
    assert "✗ failed: RuntimeError: no ticket" in table([record])
    assert not Record("row", "A row", zeros={"lost": 0}).went_wrong


async def test_contenders_take_turns_and_change_who_is_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(noise, "BLOCKS", 1)
    order: list[str] = []

    def measure(name: str) -> "Figures":
        order.append(name)
        return {"msg/s": 1.0}

    async def ours() -> Figures:
        return measure("ours")

    async def theirs() -> Figures:
        return measure("theirs")

    record = Record("row", "A row")
    stand = Stand(Options(rounds=3), tmp_path, Engines(tmp_path), Graph(0, 0, tmp_path))
    await alternate(stand, record, {"ours": ours, "theirs": theirs})

    assert order == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert len(record.quiet.calibrations) == 12
    assert len(record.quiet.strangers) == 6


def test_a_run_of_some_rows_leaves_the_figures_of_the_whole_run_alone() -> None:
    known = ["main_job", "growth"]

    assert read_options([], known).results == RESULTS
    assert read_options(["growth"], known).results == PARTIAL
    assert read_options(["--quick"], known).results == PARTIAL
    assert read_options(["--results", "x.json"], known).results == Path("x.json")


def test_processes_are_counted_by_kind() -> None:
    assert dict(read_options(["--processes", "api=2,worker=3"], []).processes) == {"api": 2, "worker": 3}


def test_every_row_is_found_once_and_in_its_place() -> None:
    rows = found_rows()

    assert "main_job" in rows
    assert [row.number for row in rows.values()] == sorted({row.number for row in rows.values()})


@pytest.mark.parametrize(
    "received", [b"", b"HTTP/1.1 200 OK\r\n", b"POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\nab"]
)
def test_a_message_is_not_read_before_it_is_complete(received: bytes) -> None:
    assert complete(received) is None


def test_two_messages_that_arrive_together_are_two() -> None:
    received = b"POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiGET /b HTTP/1.1\r\n\r\n"
    first = complete(received)
    assert first is not None
    second = complete(received[first.length :])

    assert first.body == b"hi"
    assert second is not None
    assert second.head.startswith(b"GET /b")


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (0.1234, "0.123"), (12.34, "12.3"), (8134.4, "8,134")])
def test_figures_have_three_digits_that_matter(value: float, text: str) -> None:
    assert number(value) == text
