"""A runtime for the length of one command."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from pytake.entrypoints.bootstrap import BuiltRuntime, build_runtime, close_runtime
from pytake.entrypoints.configuration import configured
from pytake.identity import service as identity
from pytake.kit.jobs import Nudge
from pytake.kit.problem import Problem


class LeftToSweeps:
    """A command tells nobody: the sweeps of the workers find what it made necessary within a second."""

    async def push(self, nudges: Sequence[Nudge]) -> None:
        pass


@asynccontextmanager
async def opened() -> AsyncIterator[BuiltRuntime]:
    runtime = await build_runtime(configured(), "command", LeftToSweeps())
    try:
        yield runtime
    finally:
        await close_runtime(runtime)


async def organization_id(runtime: BuiltRuntime, slug: str) -> UUID:
    found = await identity.find_organization(runtime, slug)
    if found is None:
        raise Problem(f"There is no organization {slug}.", "Create it first: `pytake organization create`.")
    return found
