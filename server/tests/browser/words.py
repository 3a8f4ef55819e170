"""The words of a page that are of another language than the page."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from playwright.async_api import Page

LANGUAGES: Final = ("pt-BR", "en", "es")

_TABLES: Final = Path(__file__).parents[3] / "web/src/shared/i18n"
_QUOTED: Final = re.compile(r"'((?:[^'\\\n]|\\.)*)'")
_BLANK: Final = re.compile(r"\{\{\w+\}\}|</?\w+>")
# Shorter ones mean something in each of the three.
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_SAID: Final = """() => [
    document.title, document.body.innerText,
    ...[...document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')].flatMap((one) =>
        ['aria-label', 'placeholder', 'title', 'alt'].map((name) => one.getAttribute(name) ?? '')),
].join('\\n')"""
# Each language is called by its own name everywhere, and so is the demo's bakery.
_NAMES: Final = {"português", "english", "español", "padaria"}


async def foreign_words(page: Page, language: str) -> set[str]:
    said = _WORD.findall((await page.evaluate(_SAID)).lower())
    return set(said) & _foreign(language)


@cache
def _foreign(language: str) -> frozenset[str]:
    others = frozenset().union(*(_table(other) for other in LANGUAGES if other != language))
    return others - _table(language) - _NAMES


@cache
def _table(language: str) -> frozenset[str]:
    texts = (
        text
        for file in (_TABLES / language.lower()).glob("*.ts")
        for text in _QUOTED.findall(file.read_text())
    )
    return frozenset(word for text in texts for word in _WORD.findall(_BLANK.sub(" ", text).lower()))
