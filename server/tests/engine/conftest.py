"""`pytest tests/engine --update` writes what the engine does now into the cases; read the diff.

`--hypothesis-profile=thorough` tries each property a thousand times.
"""

import pytest
from hypothesis import settings

settings.register_profile("thorough", max_examples=1_000, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="Rewrite the expected turns of the engine's cases."
    )
