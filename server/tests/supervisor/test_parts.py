import signal
import socket
import sys
from pathlib import Path

import psutil
import pytest

from pytake.entrypoints.children import Child, bare
from pytake.entrypoints.readiness import tell_ready
from pytake.entrypoints.supervisor.done import Done
from pytake.entrypoints.supervisor.plan import Plan, read_plan
from pytake.entrypoints.supervisor.ports import check_port
from pytake.entrypoints.supervisor.reset import move_aside
from pytake.entrypoints.supervisor.services import Notices, Service, answers
from pytake.kit.problem import Problem
from tests.ports import spare_ports

PLAN = Plan("/data", "127.0.0.1", 8000, 8001, "http://pytake.example", None, None, None, True, False, False)


def test_a_busy_port_is_named_with_its_holder_and_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(Problem) as caught:
        check_port("127.0.0.1", taken.getsockname()[1], "PYTAKE_PORT")

    us = psutil.Process()
    assert f"is taken by {us.name()} (process {us.pid})." in caught.value.sentence
    assert "PYTAKE_PORT" in caught.value.remedy


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(Problem, match=r"192\.0\.2\.1 is not an address of this machine\. .*PYTAKE_HOST"):
        check_port("192.0.2.1", 8000, "PYTAKE_PORT")


def test_a_service_that_keeps_ending_is_started_again_more_and_more_slowly(tmp_path: Path) -> None:
    service = Service(Child("api", ["/bin/false"], tmp_path / "log", tmp_path, bare(tmp_path)), lambda: True)
    service.started = 100.0

    pauses = [service.pause_before_restart(100.0 + second) for second in range(7)]
    after_a_steady_minute = service.pause_before_restart(161.0)

    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert after_a_steady_minute == 1


def test_how_a_service_ended_is_said_with_its_last_words(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "import sys; print('first', flush=True); sys.exit('no database')"]
    service = Service(Child("api", words, tmp_path / "log", tmp_path, bare(tmp_path)), lambda: True)
    service.start(0)
    service.child.end(within=30)

    assert service.ended() == "api ended with code 1: no database."


def test_a_process_tells_that_it_is_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notices = Notices(tmp_path / "n")
    monkeypatch.setenv("NOTIFY_SOCKET", str(notices.path))
    try:
        assert not notices.arrived()
        tell_ready()
        assert notices.arrived()
        assert notices.arrived()
    finally:
        notices.close()


def test_nobody_answers_on_a_port_that_is_closed() -> None:
    (port,) = spare_ports(1)
    assert not answers("127.0.0.1", port, "/readyz")()


def test_a_plan_survives_being_handed_over() -> None:
    assert read_plan(PLAN.written()) == PLAN


def test_what_was_done_is_done_again_for_another_address_or_another_database(tmp_path: Path) -> None:
    Done(tmp_path, PLAN).note("demo")

    moved = read_plan(PLAN.written().replace("8000", "8002"))
    elsewhere = read_plan(
        PLAN.written().replace('"database_url": null', '"database_url": "postgresql://x/y"')
    )
    assert Done(tmp_path, PLAN).has("demo")
    assert not Done(tmp_path, PLAN).has("tables")
    assert not Done(tmp_path, moved).has("demo")
    assert not Done(tmp_path, elsewhere).has("demo")


def test_beginning_anew_moves_the_data_aside_and_deletes_nothing(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "kept").write_text("yes")
    (tmp_path / "logs").mkdir()

    aside = move_aside(tmp_path)

    assert aside
    assert (aside / "postgres" / "kept").read_text() == "yes"
    assert not (tmp_path / "postgres").exists()
    assert (tmp_path / "logs").exists()
    assert move_aside(tmp_path) is None


def test_a_signal_is_noticed_where_one_waits_and_nowhere_else(tmp_path: Path) -> None:
    """In a process of its own: signal handlers belong to the main thread of the whole test run."""
    script = tmp_path / "script.py"
    script.write_text(
        "import os, signal\n"
        "from pytake.entrypoints.supervisor.signals import Stop, Waiter\n"
        "waiter = Waiter()\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
        "print('went on')\n"
        "try:\n"
        "    waiter.pause(60)\n"
        "except Stop:\n"
        "    print('stopped')\n"
    )
    child = Child("script", [sys.executable, str(script)], tmp_path / "log", tmp_path, bare(tmp_path))
    child.start()
    child.end(within=60)

    assert (child.exit_code(), child.said().split()) == (0, ["went", "on", "stopped"])


def test_a_child_is_stopped_by_the_signal_it_wants(tmp_path: Path) -> None:
    waits = [sys.executable, "-c", "import signal; print('up', flush=True); signal.pause()"]
    child = Child("waits", waits, tmp_path / "log", tmp_path, bare(tmp_path), stop_signal=signal.SIGQUIT)
    child.start()
    while "up" not in child.said():
        assert child.running
    child.ask_to_stop()
    child.end(within=30)

    assert child.exit_code() == -signal.SIGQUIT
