#!/usr/bin/env python3
"""Prints the path of a Chromium for the browser tests, installing one where that can be done."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import sync_playwright

DOWNLOAD_WITHIN = 180
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def starts(path: str) -> bool:
    """A browser that was downloaded may still lack the system's libraries."""
    if not Path(path).exists():
        return False
    return subprocess.run([path, "--version"], check=False, capture_output=True).returncode == 0


def on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name)) and starts(path)), None)


def of_playwright() -> str | None:
    """Playwright's own download; it fails where its host cannot be reached."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(command, check=False, stdout=sys.stderr, timeout=DOWNLOAD_WITHIN)
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if starts(path) else None


def of_debian() -> str | None:
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return None
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        if subprocess.run([apt, *arguments], check=False, stdout=sys.stderr).returncode:
            return None
    return on_path()


def main() -> int:
    ways: tuple[Callable[[], str | None], ...] = (on_path, of_playwright, of_debian)
    for way in ways:
        if path := way():
            sys.stdout.write(f"{path}\n")
            return 0
    sys.stderr.write("The browser tests need Chromium or Chrome: install one so that it is on the PATH.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
