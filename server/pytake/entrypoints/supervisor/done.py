"""What an earlier start did and this one need not do again: each would cost seconds."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

import pytake
from pytake.entrypoints.supervisor.plan import Plan

FILE = "done.json"
MIGRATIONS = Path(pytake.__file__).resolve().parents[1] / "migrations" / "versions"


class Done:
    """Facts about the embedded database of this folder; about any other, others may change them."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self._file = folder / FILE
        self._wanted = {"tables": _shape(), "demo": f"{plan.host}:{plan.port}", "set_up": "yes"}
        self._embedded = plan.database_url is None
        self._facts: dict[str, str] = {}
        with suppress(FileNotFoundError, json.JSONDecodeError):
            self._facts = json.loads(self._file.read_text())

    def has(self, what: str) -> bool:
        return self._embedded and self._facts.get(what) == self._wanted[what]

    def note(self, what: str) -> None:
        self._facts[what] = self._wanted[what]
        self._file.write_text(json.dumps(self._facts))


def _shape() -> str:
    """Names what the migrations of this version make of a database."""
    digest = hashlib.sha256()
    for path in sorted(MIGRATIONS.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
