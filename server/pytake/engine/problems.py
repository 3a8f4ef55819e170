"""A mistake in one node's content, before anybody knows which node it is."""

from typing import Any


class Problem:
    """`path` is inside the content: `buttons.0.title`. `code` is one of `issues`."""

    __slots__ = ("code", "params", "path")

    def __init__(self, code: str, path: str, **params: Any) -> None:
        self.code = code
        self.path = path
        self.params = params
