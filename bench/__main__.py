"""`python -m bench [row …]`: measure, print the table, write the figures down."""

import asyncio
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

import uvloop

from bench import page
from bench.catalogue import found_rows
from bench.options import RESULTS, Options, read_options, say
from bench.report import write
from bench.row import Record, Row
from bench.stand import Stand, standing
from bench.table import table


def main() -> int:
    rows = found_rows()
    options = read_options(sys.argv[1:], list(rows))
    wanted = {name: row for name, row in rows.items() if not options.rows or name in options.rows}
    with (
        tempfile.TemporaryDirectory(prefix="pytake-bench-") as folder,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        records, postgres = runner.run(_measure(options, Path(folder), wanted))
    write(options, records, postgres)
    if options.results == RESULTS:
        page.main()
    sys.stdout.write(table(records))
    sys.stdout.write(f"\nFigures of every round: {options.results}\n")
    return 1 if any(record.went_wrong for record in records) else 0


async def _measure(
    options: Options, folder: Path, rows: dict[str, Row]
) -> tuple[list[Record], dict[str, str]]:
    _leave_when_told()
    async with standing(options, folder) as stand:
        return [await _one(stand, name, row) for name, row in rows.items()], stand.postgres


def _leave_when_told() -> None:
    """SIGTERM as Ctrl-C: what was started is stopped, and the folder goes."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


async def _one(stand: Stand, name: str, row: Row) -> Record:
    say(f"{name}: {row.title}")
    record = Record(name, row.title)
    began = time.perf_counter()
    try:
        await row.run(stand, record)
    except Exception as error:  # noqa: BLE001 - the edge: an hour of other rows is not lost for one
        record.failure = f"{type(error).__name__}: {error}"
        say("".join(traceback.format_exception(error)))
    record.seconds = time.perf_counter() - began
    return record


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit(130)
