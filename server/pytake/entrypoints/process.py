"""`python -m pytake.entrypoints.process NAME`: one process of PyTake, without the command line's modules.

The commands of the same names call these functions too.
"""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pytake.entrypoints.configuration import configured
from pytake.entrypoints.readiness import tell_ready
from pytake.kit.problem import Problem
from pytake.settings import Settings


def api(log_format: str | None = None) -> None:
    with _loading():
        from pytake.entrypoints.serving import serve

    serve(_settings(log_format))


def worker(log_format: str | None = None) -> None:
    with _loading():
        from celery.signals import worker_ready

        from pytake.entrypoints.logging import configure_logging
        from pytake.entrypoints.worker import run_worker

    settings = _settings(log_format)
    configure_logging(settings)
    worker_ready.connect(_ready, weak=False)
    run_worker(settings)


def beat(log_format: str | None = None) -> None:
    with _loading():
        from celery.signals import beat_init

        from pytake.entrypoints.beat import run_beat
        from pytake.entrypoints.logging import configure_logging

    settings = _settings(log_format)
    configure_logging(settings)
    beat_init.connect(_ready, weak=False)
    run_beat(settings)


COLLECT_AFTER = 50_000, 20, 50
"""New objects, then rounds. A batch holds some ten thousand until it ends, and none is garbage."""


@contextmanager
def _loading() -> Iterator[None]:
    """What is loaded stays, and the garbage collector never looks at it: that would take 50 ms each time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*COLLECT_AFTER)
        gc.enable()


def _settings(log_format: str | None) -> Settings:
    settings = configured()
    return settings.model_copy(update={"log_format": log_format}) if log_format else settings


def _ready(**_: object) -> None:
    tell_ready()


PROCESSES: dict[str, Callable[[], None]] = {"api": api, "worker": worker, "beat": beat}


def _without_rich() -> None:
    """Structlog would load it for colourful tracebacks: 70 modules, 4 MB and a third of a second."""
    sys.modules["rich"] = None  # type: ignore[assignment] # how Python is told that a module is not there


def main(name: str) -> int:
    _without_rich()
    try:
        PROCESSES[name]()
    except Problem as problem:
        sys.stderr.write(f"{problem.sentence} {problem.remedy}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
