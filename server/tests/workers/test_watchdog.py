"""A loop that hangs takes its process down and says where it hung."""

import asyncio
import sys
import textwrap

SCRIPT = """
    import asyncio
    import logging
    import sys
    from celery.utils.log import LoggingProxy
    from pytake.entrypoints.watchdog import watched

    def stuck():
        while True:
            pass

    async def work(hangs):
        async with watched(0.5):
            await asyncio.sleep(0.01)
            sys.stderr = LoggingProxy(logging.getLogger())  # as in every worker
            await asyncio.sleep(1.2)  # longer than it may hang, and it turns
            if hangs:
                stuck()

    with asyncio.Runner() as runner:
        runner.run(work(HANGS))
"""


async def ended(*, hangs: bool) -> tuple[int | None, str]:
    script = textwrap.dedent(SCRIPT).replace("HANGS", str(hangs))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    return process.returncode, said.decode()


async def test_a_loop_that_hangs_ends_its_process_and_says_where() -> None:
    status, said = await ended(hangs=True)
    assert status == 1
    assert "in stuck" in said


async def test_a_loop_that_turns_is_left_alone() -> None:
    assert await ended(hangs=False) == (0, "")
