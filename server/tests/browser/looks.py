"""Pictures of pages, for whoever wants to look at what the tests walk through."""

from pathlib import Path
from typing import Final, Literal

from playwright.async_api import Page, ViewportSize

from pytake.entrypoints.children import inherited

SIZES: Final[dict[str, ViewportSize]] = {
    "wide": {"width": 1440, "height": 900},
    "phone": {"width": 390, "height": 844},
}
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")


async def look(page: Page, name: str) -> None:
    """The page wide and on a phone, light and dark, into the folder that PYTAKE_TEST_LOOKS names, if it does.

    The page must follow the system's colours: a theme that was chosen stays.
    """
    folder = inherited().get("PYTAKE_TEST_LOOKS")
    if not folder:
        return
    before = page.viewport_size
    for size, viewport in SIZES.items():
        await page.set_viewport_size(viewport)
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            await page.wait_for_timeout(400)
            await page.screenshot(path=Path(folder) / f"{name}-{size}-{scheme}.png")
    await page.emulate_media(color_scheme=None)
    if before:
        await page.set_viewport_size(before)
