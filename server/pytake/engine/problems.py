"""A mistake in one node's content, before anybody knows which node it is.

What pydantic refuses makes a content unreadable; a problem does not, so that the rest is judged as well.
"""

from collections.abc import Iterator
from typing import Any

from pytake.engine.expressions import Template


class Problem:
    """`path` is inside the content: `buttons.0.title`. `code` is one of `issues`."""

    __slots__ = ("code", "params", "path")

    def __init__(self, code: str, path: str, **params: Any) -> None:
        self.code = code
        self.path = path
        self.params = params


def too_long(path: str, text: Template | None, most: int) -> Iterator[Problem]:
    """Whether the fixed part alone is longer; what variables add is cut when it is sent."""
    if text is not None and text.literal_length > most:
        yield Problem("text_too_long", path, found=text.literal_length, most=most)
