"""Variables in a text: `{{1}}`, `{{2}}` … or `{{first_name}}`, by the template's parameter format."""

import re
from collections.abc import Callable, Mapping
from typing import Final

MARK: Final = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
"""Whatever stands between two pairs of braces; the rules say which names Meta takes."""

_NAMED: Final = re.compile(r"[a-z][a-z0-9_]*")
_POSITIONAL: Final = re.compile(r"[1-9][0-9]*")


def names_in(text: str | None) -> tuple[str, ...]:
    """Each name once, in the order of its first appearance."""
    return tuple(dict.fromkeys(MARK.findall(text or "")))


def is_positional(name: str) -> bool:
    return _POSITIONAL.fullmatch(name) is not None


def is_named(name: str) -> bool:
    return _NAMED.fullmatch(name) is not None


def in_order(names: tuple[str, ...]) -> tuple[str, ...]:
    """As Meta counts them: by number where all are numbers, else as they stand."""
    return tuple(sorted(names, key=int)) if all(map(is_positional, names)) else names


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its values; what has none keeps its mark."""
    return MARK.sub(lambda found: values.get(found[1]) or found[0], text)


def rewritten(text: str, write: Callable[[str], str]) -> str:
    return MARK.sub(lambda found: write(found[1]), text)
