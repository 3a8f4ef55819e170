"""The pages that are written by the code they describe: `python -m pytake.entrypoints.reference [--check]`.

Each page is a path inside the project and the function that writes it; tests hold them to be current.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from pytake.entrypoints.node_reference import nodes_page
from pytake.entrypoints.permission_reference import permissions_page
from pytake.settings import Settings, variable

PROJECT = Path(__file__).resolve().parents[3]


def settings_page() -> str:
    rows = [_setting(name, field) for name, field in Settings.model_fields.items()]
    return "\n".join(
        [
            "# Settings",
            "",
            "Read from the environment, and from `.env` in the folder PyTake is started in; the former wins.",
            "An empty value counts as not given. `pytake doctor` says what is missing or wrong.",
            "",
            "| setting | default | what it is |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def env_example() -> str:
    lines = [
        "# Copy to .env and fill in what you need; everything has a default but in production.",
        "# docs/reference/settings.md says what each one is.",
        *(f"{variable(name)}=" for name in Settings.model_fields),
        "",
    ]
    return "\n".join(lines)


def _setting(name: str, field: FieldInfo) -> str:
    return f"| `{variable(name)}` | {_default(field)} | {_choices(field)}{field.description} |"


def _default(field: FieldInfo) -> str:
    default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    return f"`{default}`" if default not in {"", None} else ""


def _choices(field: FieldInfo) -> str:
    choices: tuple[Any, ...] = get_args(field.annotation)
    if not choices or not all(isinstance(choice, str) for choice in choices):
        return ""
    return ", ".join(f"`{choice}`" for choice in choices) + ". "


PAGES: dict[str, Callable[[], str]] = {
    "docs/reference/settings.md": settings_page,
    "docs/reference/nodes.md": nodes_page,
    "docs/reference/permissions.md": permissions_page,
    ".env.example": env_example,
}


def stale() -> list[str]:
    """The pages that are missing or no longer say what the code says."""
    return [path for path, write in PAGES.items() if _present(PROJECT / path) != write()]


def _present(path: Path) -> str | None:
    return path.read_text() if path.exists() else None


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        for path in stale():
            sys.stderr.write(f"{path} is stale: run `make docs` and commit it.\n")
        return 1 if stale() else 0
    for path, write in PAGES.items():
        target = PROJECT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(write())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
