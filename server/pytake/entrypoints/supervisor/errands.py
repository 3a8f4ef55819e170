"""Commands of ours run to their end: what they must import does not stay in the supervisor's memory."""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from pytake.entrypoints.children import Child, inherited
from pytake.kit.problem import Problem


def run_command(logs: Path, pause: Callable[[float], None], *arguments: str) -> dict[str, Any]:
    """The JSON object that `pytake ARGUMENTS --json` prints. Its problem is raised as ours."""
    child = Child(
        name=" ".join(arguments),
        command=[sys.executable, "-m", "pytake.entrypoints.cli", *arguments, "--json"],
        log=logs / "commands.log",
        cwd=Path.cwd(),
        environment=inherited(),
    )
    child.start()
    try:
        while child.running:
            pause(1.0)
    finally:
        child.ask_to_stop()
        child.end(within=1)
    return _answer(child)


def _answer(child: Child) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for line in child.said().splitlines():
        with suppress(json.JSONDecodeError):
            said = json.loads(line)
            result = said if isinstance(said, dict) else result
    if child.exit_code() == 0:
        return result
    if error := result.get("error"):
        raise Problem(error["message"], error["remedy"])
    raise Problem(f"`pytake {child.name}` failed{child.last_words()}.", f"Read {child.log}.")
