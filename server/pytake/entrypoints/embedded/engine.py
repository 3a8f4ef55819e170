"""What the three embedded servers have in common."""

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from pytake.entrypoints.children import Child
from pytake.kit.problem import Problem


class Engine(Protocol):
    name: str
    variable: str
    """The setting that replaces this server by one of the operator's."""
    url: str
    data: Path
    child: Child

    def steps(self) -> list[Child]:
        """What must run to its end, in order, before the server can start; nothing on a folder in use."""
        ...

    def ready(self) -> bool: ...

    def complaint(self, said: str) -> str | None:
        """The line of its log that says why it ended."""
        ...


def binary(package: str, pattern: str, server: str, variable: str) -> Path:
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for path in sorted(Path(folder).glob(pattern)):
            return path
    raise Problem(
        f"The embedded {server} is not installed.",
        f"Install it with `make run`, or set {variable} to a server of your own.",
    )


def stopped(engine: Engine, child: Child) -> Problem:
    """Why a server that should run does not."""
    said = child.said()
    if library := re.search(r"(\S+\.so\S*): cannot open shared object file", said):
        return Problem(
            f"{engine.name} needs the system library {library[1]}, which is missing.",
            f"Install it, or set {engine.variable} to a server of your own.",
        )
    if "No space left on device" in said:
        return Problem(f"{engine.name} found no space left for {engine.data}.", "Free some space there.")
    reason = engine.complaint(said) or f"it ended with code {child.exit_code()}"
    return Problem(
        f"{engine.name} could not start on {engine.data}: {reason.rstrip('.')}.",
        f"Its log is {child.log}. Put a backup back, or begin anew with `pytake up --reset`, "
        "which moves the old data aside.",
    )
