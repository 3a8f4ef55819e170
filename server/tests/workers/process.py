"""A worker as a process of its own, told where everything is by its environment."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pytake.entrypoints.children import inherited
from pytake.settings import Settings, variable

PATIENCE = 40


@asynccontextmanager
async def a_process(name: str, settings: Settings, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Stopped as an operator would, and killed when it does not listen."""
    told = {
        "PYTAKE_DATABASE_URL": settings.database_url,
        "PYTAKE_REDIS_URL": settings.redis_url,
        "PYTAKE_MONGODB_URL": settings.mongodb_url,
        "PYTAKE_SECRET_KEY": settings.secret_key.get_secret_value(),
        "PYTAKE_META_GRAPH_URL": settings.meta_graph_url,
        "PYTAKE_DATA_DIR": str(folder),
        "PYTAKE_LOG_FORMAT": "json",
        "PYTAKE_PORT": str(settings.port),
    }
    ours = {variable(field) for field in Settings.model_fields}
    environment = {name: what for name, what in inherited().items() if name not in ours}
    with (folder / f"{name}.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "pytake.entrypoints.process",
            name,
            cwd=folder,
            env=environment | told,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
                try:
                    await asyncio.wait_for(process.wait(), PATIENCE)
                except TimeoutError:
                    os.killpg(process.pid, signal.SIGKILL)
                    await process.wait()
                    raise
