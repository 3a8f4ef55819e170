"""A runtime for the length of one command."""

import getpass
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from pytake.entrypoints.bootstrap import BuiltRuntime, build_runtime, close_runtime
from pytake.entrypoints.configuration import configured
from pytake.identity import service as identity
from pytake.kit.jobs import Nudge
from pytake.kit.origin import ORIGIN, Origin
from pytake.kit.problem import Problem


class LeftToSweeps:
    """A command tells nobody: the sweeps of the workers find what it made necessary within a second."""

    async def push(self, nudges: Sequence[Nudge]) -> None:
        pass


@asynccontextmanager
async def opened() -> AsyncIterator[BuiltRuntime]:
    """What is written meanwhile is somebody's deed, at the command line."""
    runtime = await build_runtime(configured(), "command", LeftToSweeps())
    token = ORIGIN.set(_whoever_types())
    try:
        yield runtime
    finally:
        ORIGIN.reset(token)
        await close_runtime(runtime)


def _whoever_types() -> Origin:
    """Of the arguments only the command itself: the others may be secrets."""
    command = " ".join(["pytake", *(word for word in sys.argv[1:3] if word.isalpha())])
    return Origin("command", command, writes=True, details={"login": _login(), "host": socket.gethostname()})


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "unknown"


async def organization_id(runtime: BuiltRuntime, slug: str) -> UUID:
    found = await identity.find_organization(runtime, slug)
    if found is None:
        raise Problem(f"There is no organization {slug}.", "Create it first: `pytake organization create`.")
    return found
