"""The figures on disk: the machine, the versions, each round, medians, ratios, and what was met."""

import os
import platform
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
import psutil

import pytake
from bench.options import PROJECT, Options
from bench.row import Record

LIBRARIES = ("asyncpg", "aiohttp", "celery", "fastapi", "uvicorn", "uvloop", "pymongo", "pywa", "sqlalchemy")


def write(options: Options, records: Sequence[Record], postgres: dict[str, str]) -> None:
    whole = {
        "options": {
            "rounds": options.rounds,
            "seconds": options.seconds,
            "quick": options.quick,
            "alone": options.alone,
            "processes": dict(options.processes),
        },
        "machine": machine(),
        "postgres": postgres,
        "versions": versions(),
        "rows": {record.name: _rounded(record.written()) for record in records},
    }
    options.results.write_bytes(orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def _rounded(value: Any) -> Any:
    """Five digits: more would pretend."""
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return float(f"{value:.5g}") if isinstance(value, float) else value


def machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": f"{platform.system()} {platform.release()}",
    }


def versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "pytake": _commit(Path(pytake.__file__).parent),
        "bench": _commit(PROJECT),
        **{name: version(name) for name in LIBRARIES},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _commit(folder: Path) -> str:
    """The commit that is measured, with a plus when files differ from it."""
    command = ["git", "describe", "--always", "--dirty=+", "--abbrev=10"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
