"""How deep JSON may be: whatever walks a value by calling itself ends where the stack does."""

from typing import Any, Final

DEEPEST: Final = 100
"""Levels. Nobody who means well comes near."""


def is_too_deep(value: Any) -> bool:
    """Looks level by level, without recursion: what it looks for would break it as well."""
    level = [value]
    for _ in range(DEEPEST):
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return False
    return True
