"""`python -m simulator`: one process, until Ctrl-C or SIGTERM."""

import argparse
import asyncio
import json
import logging
import signal
import sys
from dataclasses import replace
from pathlib import Path

import uvloop
from aiohttp import web

from simulator.app import create_app
from simulator.config import Config, ConfigError, load_config

_OURS = frozenset({"config", "as_json"})
"""Arguments that are about this process, not about the simulator."""


def main() -> int:
    arguments = _parser().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    try:
        config = _config(arguments)
    except (ConfigError, OSError) as error:
        sys.stderr.write(f"simulator: {error}\n")
        return 2
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(config, as_json=arguments.as_json))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="simulator", description="A stand-in for Meta's WhatsApp Cloud API."
    )
    parser.add_argument("--config", type=Path, help="JSON file; see docs/reference/simulator.md")
    parser.add_argument("--host", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (8001); 0 takes a free one")
    parser.add_argument(
        "--data", type=Path, help="folder for the log and the state; without it nothing is kept"
    )
    parser.add_argument("--seed", type=int, help="makes faults by chance repeatable")
    parser.add_argument(
        "--json", action="store_true", dest="as_json", help="say where it listens as one JSON object"
    )
    return parser


def _config(arguments: argparse.Namespace) -> Config:
    config = load_config(arguments.config) if arguments.config else Config()
    given = {
        name: value for name, value in vars(arguments).items() if name not in _OURS and value is not None
    }
    return replace(config, **given)


async def _serve(config: Config, *, as_json: bool) -> None:
    runner = web.AppRunner(create_app(config), access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, config.host, config.port, backlog=1024).start()
        host, port = runner.addresses[0][:2]
        url = f"http://{host}:{port}"
        told = json.dumps({"url": url, "graph_url": f"{url}/v25.0"})
        sys.stdout.write(f"{told}\n" if as_json else f"Simulator on {url} (Graph API: {url}/v25.0)\n")
        sys.stdout.flush()
        await _until_told_to_stop()
    finally:
        await runner.cleanup()


async def _until_told_to_stop() -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await stopped.wait()


if __name__ == "__main__":
    sys.exit(main())
