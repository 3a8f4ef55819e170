"""Requests and answers of the Graph API, kept as files."""

import json
from pathlib import Path
from typing import Any

Json = dict[str, Any]
FOLDER = Path(__file__).parent / "payloads" / "graph"


def names(pattern: str) -> list[str]:
    return sorted(path.stem for path in FOLDER.glob(pattern))


def load(name: str) -> Json:
    case: Json = json.loads((FOLDER / f"{name}.json").read_text())
    return case


def without(body: Any, *keys: str) -> Any:
    """The body without what is different every time."""
    if isinstance(body, dict):
        return {key: without(value, *keys) for key, value in body.items() if key not in keys}
    return [without(each, *keys) for each in body] if isinstance(body, list) else body
