"""`pytake up`: everything, in one terminal."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from pytake.entrypoints.children import inherited
from pytake.entrypoints.console import reported
from pytake.entrypoints.supervisor.plan import VARIABLE, Plan
from pytake.kit.problem import Problem
from pytake.settings import Settings, read_settings


@reported
def up(
    *,
    demo: Annotated[
        bool, typer.Option(help="Begin with a demo organization, and Meta played by the simulator.")
    ] = True,
    reset: Annotated[
        bool, typer.Option("--reset", help="Begin anew; the old data is moved aside, not deleted.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object when everything is ready.")
    ] = False,
) -> None:
    """Start everything: databases, migrations, API, worker, calendar, and a simulated WhatsApp."""
    settings = read_settings()
    if settings.environment == "production":
        raise Problem(
            "`pytake up` is for development: in production each process is started by itself.",
            "Run `pytake db upgrade`, then `pytake api`, `pytake worker` and `pytake beat`.",
        )
    plan = _plan(settings, demo=demo, reset=reset, as_json=as_json)
    sys.stdout.flush()
    # The supervisor stays for as long as PyTake runs, so it begins without what was needed to get here.
    os.execve(  # noqa: S606 - becoming the supervisor is the purpose
        sys.executable,
        [sys.executable, "-m", "pytake.entrypoints.supervisor"],
        inherited(**{VARIABLE: plan.written()}),
    )


def _plan(settings: Settings, *, demo: bool, reset: bool, as_json: bool) -> Plan:
    folder = Path(settings.data_dir).absolute()
    return Plan(
        data_dir=str(folder),
        host=settings.host,
        port=settings.port,
        simulator_port=settings.simulator_port,
        public_url=settings.public_url,
        database_url=settings.database_url or None,
        redis_url=settings.redis_url or None,
        mongodb_url=settings.mongodb_url or None,
        demo=demo and "meta_graph_url" not in settings.model_fields_set,
        reset=reset,
        as_json=as_json,
    )
