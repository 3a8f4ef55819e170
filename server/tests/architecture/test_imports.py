"""`make check` runs the contracts on PyTake; here the one we wrote ourselves is shown to catch trespasses."""

import sys
from pathlib import Path

import grimp
import pytest

from lint.contracts import PrivateModulesContract

MODULES = ("__init__", "a/repository", "a/service", "a/tasks/sending", "b/service", "entrypoints/api")


@pytest.mark.parametrize(
    ("importer", "statement", "kept"),
    [
        ("b/service.py", "from shop.a.repository import query", False),
        ("b/service.py", "from shop.a.tasks.sending import send", False),
        ("b/service.py", "from shop.a.service import deed", True),
        ("a/service.py", "from shop.a.repository import query", True),
        ("entrypoints/api.py", "from shop.a.repository import query", True),
    ],
)
def test_a_repository_is_private_to_its_domain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, importer: str, statement: str, kept: bool
) -> None:
    for module in MODULES:
        path = tmp_path / "shop" / f"{module}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in (path.parent, *path.parent.parents):
            if folder.is_relative_to(tmp_path / "shop"):
                (folder / "__init__.py").touch()
        path.touch()
    (tmp_path / "shop" / importer).write_text(statement + "\n")
    monkeypatch.syspath_prepend(tmp_path)

    graph = grimp.build_graph("shop", cache_dir=None)
    sys.modules.pop("shop", None)
    contract = PrivateModulesContract(
        name="private",
        session_options={},
        contract_options={"names": ["repository", "tasks"], "exempt": ["shop.entrypoints"]},
    )

    assert contract.check(graph, verbose=False).kept is kept
