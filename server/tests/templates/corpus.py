"""The exchanges with Meta that are about templates."""

import json
from pathlib import Path
from typing import Any

from pytake.whatsapp.templates.definition import Definition, of_components
from pytake.whatsapp.types import ParameterFormat, TemplateCategory

Json = dict[str, Any]

GRAPH = Path(__file__).parents[1] / "payloads" / "graph"
OPEN = Path(__file__).parents[1] / "payloads" / "open"


def exchange(name: str) -> Json:
    read: Json = json.loads((GRAPH / f"{name}.json").read_text())
    return read


def request(name: str) -> Json:
    body: Json = exchange(name)["request"]["body"]
    return body


def listed() -> dict[str, Json]:
    """What Meta lists, by name."""
    pages = [exchange(f"templates-list-{page}")["response"]["body"] for page in ("page1", "page2", "empty")]
    return {template["name"]: template for page in pages for template in page["data"]}


def definition(template: Json) -> Definition:
    return of_components(
        template["components"],
        name=template["name"],
        language=template["language"],
        category=TemplateCategory(template["category"]),
        parameter_format=ParameterFormat(template.get("parameter_format", "POSITIONAL")),
    )
