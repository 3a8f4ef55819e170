"""The browser that `tools/chromium.py` found, and how it starts without a screen."""

from pytake.entrypoints.children import inherited

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """None lets Playwright choose its own."""
    return inherited().get("PYTAKE_TEST_CHROMIUM")


def pictures() -> str | None:
    """The folder that asks for pictures of the pages, if any: `make pictures` sets it."""
    return inherited().get("PYTAKE_TEST_PICTURES")
