"""Every job that is declared is done by somebody, and everything in the calendar is a job."""

import importlib
from pathlib import Path

import pytake
import pytake.entrypoints.tasks
from pytake.entrypoints.schedule import SCHEDULE
from pytake.kit.jobs import Job
from pytake.runtime import HANDLERS


def declared() -> dict[str, Job[...]]:
    home = Path(pytake.__file__).parent
    modules = [
        importlib.import_module(".".join(path.relative_to(home.parent).with_suffix("").parts))
        for path in sorted(home.rglob("jobs.py"))
        if path.parent.name != "kit"
    ]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Job)]
    return {each.name: each for each in found}


def test_every_job_has_its_handler_and_every_handler_its_job() -> None:
    jobs = declared()

    assert jobs
    assert {name: handling.job for name, handling in HANDLERS.items()} == jobs


def test_the_calendar_holds_declared_jobs() -> None:
    assert {nudge.job.name for nudge in SCHEDULE} <= set(declared())
