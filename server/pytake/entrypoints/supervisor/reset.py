"""Beginning anew without losing anything: the old data is moved aside."""

from datetime import UTC, datetime
from pathlib import Path

DATA = ("postgres", "redis", "mongo", "simulator", "demo.json", "done.json", "secret.key")


def move_aside(folder: Path) -> Path | None:
    """Where it was moved, or None when there was nothing. The caller holds the folder."""
    found = [folder / name for name in DATA if (folder / name).exists()]
    if not found:
        return None
    aside = folder / f"old-{datetime.now(UTC):%Y-%m-%d-%H%M%S}"  # noqa: TID251 - a name, at the edge
    aside.mkdir(mode=0o700)
    for path in found:
        path.rename(aside / path.name)
    return aside
