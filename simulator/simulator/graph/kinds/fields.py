"""Reading one field of a request the way Meta does: present, of the right shape, not too long."""

from collections.abc import Iterable
from typing import Any

from simulator.graph.errors import invalid, malformed, missing

Json = dict[str, Any]


def an_object(value: object, where: str, allowed: Iterable[str] | None = None) -> Json:
    if not isinstance(value, dict):
        raise malformed(f"Param {where} must be a JSON object.")
    if allowed is not None:
        for key in value:
            if key not in allowed:
                raise malformed(f'Unexpected key "{key}" on param "{where}"')
    return value


def a_list(parent: Json, key: str, where: str, least: int, most: int) -> list[Any]:
    value = parent.get(key)
    if value is None:
        raise missing(f"Parameter '{where}' is mandatory")
    if not isinstance(value, list):
        raise malformed(f"Param {where} must be an array.")
    if not least <= len(value) <= most:
        raise invalid(f"Invalid {where} count. Min allowed {where}: {least}, Max allowed {where}: {most}")
    return value


def a_text(parent: Json, key: str, label: str, most: int, *, least: int = 1) -> str:
    """A mandatory text; refused with Meta's words for interactive messages (131009)."""
    value = parent.get(key)
    if value is None:
        raise missing(f"Parameter '{label}' is mandatory")
    if not isinstance(value, str):
        raise malformed(f"Param {label} must be a string.")
    if not least <= len(value) <= most:
        raise invalid(f"{label} length invalid. Min length: {least}, Max length: {most}")
    return value


def maybe_text(parent: Json, key: str, label: str, most: int) -> str | None:
    return None if parent.get(key) is None else a_text(parent, key, label, most)


def short_enough(parent: Json, key: str, where: str, most: int) -> None:
    """An optional text; refused with Meta's words for simple messages (100)."""
    value = parent.get(key)
    if value is None:
        return
    if not isinstance(value, str):
        raise malformed(f"Param {where}['{key}'] must be a string.")
    if len(value) > most:
        raise malformed(f"Param {where}['{key}'] must be at most {most} characters long.")


def a_link(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.startswith(("https://", "http://")):
        raise invalid(f"Param {where} is not a valid URI.")
    return value
