"""Commands of ours run to their end: what they must import does not stay in the supervisor's memory."""

import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from pytake.entrypoints.children import Child, inherited
from pytake.kit.problem import Problem


def run_command(logs: Path, pause: Callable[[float], None], *arguments: str) -> dict[str, Any]:
    """The JSON object that `pytake ARGUMENTS --json` prints. Its problem is raised as ours.

    The object goes through a file without a name: a login or a set-up link must not stay in a log.
    """
    with tempfile.TemporaryFile() as answer:
        child = Child(
            name=" ".join(arguments),
            command=[sys.executable, "-m", "pytake.entrypoints.cli", *arguments, "--json"],
            log=logs / "commands.log",
            cwd=Path.cwd(),
            environment=inherited(),
            answer=answer,
        )
        child.start()
        try:
            while child.running:
                pause(1.0)
        finally:
            child.ask_to_stop()
            child.end(within=1)
        answer.seek(0)
        return _checked(child, _read(answer.read()))


def _read(printed: bytes) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for line in printed.splitlines():
        with suppress(ValueError):
            said = json.loads(line)
            result = said if isinstance(said, dict) else result
    return result


def _checked(child: Child, result: dict[str, Any]) -> dict[str, Any]:
    if child.exit_code() == 0:
        return result
    if error := result.get("error"):
        raise Problem(error["message"], error["remedy"])
    raise Problem(f"`pytake {child.name}` failed{child.last_words()}.", f"Read {child.log}.")
