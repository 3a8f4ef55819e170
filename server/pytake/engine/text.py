"""Text as people type it: made safe to keep, and made comparable."""

import re
import unicodedata
from typing import Final

# NUL cannot be stored in JSONB and a lone surrogate not be encoded; the other controls only ever do harm.
_UNSAFE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


def clean(text: str) -> str:
    """The text without what no database, log or phone can take. Line breaks and tabs stay."""
    if text.isprintable():
        return text
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def loose(text: str) -> str:
    """The text without case, accents and outer space: how two answers are compared."""
    if text.isascii():
        return text.lower().strip()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _without_marks(folded).strip()


def fold(text: str) -> str:
    """The words alone: no case, accents, punctuation or emoji, one space between. May be empty."""
    return _BETWEEN_WORDS.sub(" ", loose(text)).strip()


def _without_marks(text: str) -> str:
    decomposed = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    if decomposed.isascii():
        return decomposed
    return "".join(character for character in decomposed if unicodedata.category(character) != "Mn")


def shorten(text: str, most: int) -> str:
    """At most this many characters, the last an ellipsis where something was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def split(text: str, most: int) -> list[str]:
    """The text in pieces of at most this many characters, cut at a line or a space where there is one."""
    pieces = []
    while len(text) > most:
        cut = max(text.rfind("\n", most // 2, most), text.rfind(" ", most // 2, most))
        cut = cut if cut > 0 else most
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [piece for piece in (*pieces, text) if piece]
