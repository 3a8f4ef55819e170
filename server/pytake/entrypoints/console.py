"""How commands speak: text for people, one JSON object for programs, a sentence when something is wrong."""

import functools
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, ParamSpec, TypeVar

import typer

from pytake.kit.errors import PyTakeError
from pytake.kit.problem import Problem

P = ParamSpec("P")
T = TypeVar("T")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]


def show(as_json: bool, result: dict[str, Any], *lines: str) -> None:
    text = json.dumps(result, ensure_ascii=False, default=str) if as_json else "\n".join(lines)
    sys.stdout.write(text + "\n")


def reported(command: Callable[P, None]) -> Callable[P, None]:
    """Turn a Problem or a refusal into its sentence and exit code 1. A bug keeps its traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except Problem as problem:
            _complain(bool(kwargs.get("as_json")), "problem", problem.sentence, problem.remedy)
        except PyTakeError as refusal:
            _complain(bool(kwargs.get("as_json")), refusal.code, str(refusal), "")

    return run


def wait_for(awaitable: Callable[[], Awaitable[T]]) -> T:
    """Run the asynchronous part of a command, on a loop that ends with it."""
    import asyncio

    async def run() -> T:
        return await awaitable()

    with asyncio.Runner() as runner:
        return runner.run(run())


def _complain(as_json: bool, code: str, sentence: str, remedy: str) -> None:
    if as_json:
        error = {"code": code, "message": sentence, "remedy": remedy}
        sys.stdout.write(json.dumps({"error": error}, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(f"{sentence}\n{remedy}\n" if remedy else f"{sentence}\n")
    raise typer.Exit(1)
