"""`pytake api | worker | beat | simulator`: one process each, in the foreground."""

import os
import sys
from typing import Annotated

import typer

from pytake.entrypoints import process
from pytake.entrypoints.console import reported

JsonLogs = Annotated[bool, typer.Option("--json", help="Log one JSON object a line.")]


@reported
def api(*, as_json: JsonLogs = False) -> None:
    """Serve the HTTP API, the webhooks and the web application."""
    process.api("json" if as_json else None)


@reported
def worker(*, as_json: JsonLogs = False) -> None:
    """Do what is waiting: apply deliveries, send messages, run jobs."""
    process.worker("json" if as_json else None)


@reported
def beat(*, as_json: JsonLogs = False) -> None:
    """Keep the calendar of recurring jobs. One is enough; two do no harm."""
    process.beat("json" if as_json else None)


def simulator(context: typer.Context) -> None:
    """Stand in for Meta. The options are the simulator's own: `pytake simulator -- --help`."""
    arguments = [sys.executable, "-m", "simulator", *context.args]
    os.execv(sys.executable, arguments)  # noqa: S606 - becoming the simulator is the purpose
