"""Pictures of pages, for whoever wants to look at what the tests walk through.

PYTAKE_TEST_LOOKS names the folder they go to, and PYTAKE_TEST_LOOKS_LANGUAGE the language that the pages are
in while they are taken.
"""

from pathlib import Path
from typing import Final, Literal, TypeAlias

from playwright.async_api import Page, ViewportSize
from playwright.async_api import TimeoutError as NeverSo

from pytake.entrypoints.children import inherited

SIZES: Final[dict[str, ViewportSize]] = {
    "wide": {"width": 1440, "height": 900},
    "phone": {"width": 390, "height": 844},
}
Scheme: TypeAlias = Literal["light", "dark"]
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")

_FITS = "document.documentElement.scrollWidth <= window.innerWidth"
_PAINTED = "scheme => document.documentElement.dataset.mantineColorScheme === scheme"


async def fits(page: Page) -> bool:
    """Whether the page is no wider than its window, once it is laid out for it."""
    try:
        await page.wait_for_function(_FITS)
    except NeverSo:
        return False
    return True


async def paint(page: Page, scheme: Scheme) -> None:
    """As a system that is light or dark has it. The page must follow it: a theme that was chosen stays."""
    await page.emulate_media(color_scheme=scheme)
    await page.wait_for_function(_PAINTED, arg=scheme)


_TELL = """language => window.dispatchEvent(
    new StorageEvent('storage', {key: 'pytake.language', newValue: language}))"""


async def speak(page: Page, language: str) -> None:
    """As if it had been chosen in another tab: nothing that is open closes."""
    await page.evaluate(_TELL, language)
    await page.wait_for_function("language => document.documentElement.lang === language", arg=language)


async def look(page: Page, name: str) -> None:
    """Wide and on a phone, light and dark, into the folder that PYTAKE_TEST_LOOKS names, if it does."""
    folder = inherited().get("PYTAKE_TEST_LOOKS")
    if not folder:
        return
    before, spoken = page.viewport_size, await page.evaluate("document.documentElement.lang")
    if language := inherited().get("PYTAKE_TEST_LOOKS_LANGUAGE"):
        await speak(page, language)
    for size, viewport in SIZES.items():
        await page.set_viewport_size(viewport)
        for scheme in SCHEMES:
            await paint(page, scheme)
            await page.wait_for_timeout(400)
            await page.screenshot(path=Path(folder) / f"{name}-{size}-{scheme}.png")
    if language:
        await speak(page, spoken)
    await page.emulate_media(color_scheme=None)
    if before:
        await page.set_viewport_size(before)
