"""`pytest tests/engine --update` writes what the engine does now into the cases; read the diff."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="Rewrite the expected turns of the engine's cases."
    )
