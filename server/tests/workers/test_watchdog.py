"""A loop that hangs takes its process down and says where it hung."""

import asyncio
import sys
import textwrap
from typing import Literal

import pytest

SCRIPT = """
    import asyncio
    import logging
    import sys
    import time
    from celery.utils.log import LoggingProxy
    from pytake.entrypoints.watchdog import watched

    def stuck():
        while True:
            pass

    def asleep():
        time.sleep(60)

    def resting():
        time.sleep(1.5)

    async def work(hang):
        async with watched(LONGEST, 0.5):
            await asyncio.sleep(0.01)
            sys.stderr = LoggingProxy(logging.getLogger())  # as in every worker
            await asyncio.sleep(1.2)  # longer than it may hang, and it turns
            hang()

    with asyncio.Runner() as runner:
        runner.run(work(HANG))
"""


async def ended(
    hang: Literal["stuck", "asleep", "resting", "bool"], longest: float
) -> tuple[int | None, str]:
    script = textwrap.dedent(SCRIPT).replace("LONGEST", str(longest)).replace("HANG", hang)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    return process.returncode, said.decode()


async def test_a_loop_that_hangs_ends_its_process_and_says_where() -> None:
    status, said = await ended("asleep", longest=0.5)
    assert status == 1
    assert "in asleep" in said


async def test_one_that_is_busy_for_ever_ends_it_long_before() -> None:
    status, said = await ended("stuck", longest=600.0)
    assert status == 1
    assert "in stuck" in said


@pytest.mark.parametrize("what", ["bool", "resting"])
async def test_a_loop_that_turns_or_only_waits_is_left_alone(what: Literal["bool", "resting"]) -> None:
    assert await ended(what, longest=600.0) == (0, "")
