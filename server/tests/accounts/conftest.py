"""Browsers at an application that is watched."""

import pytest
from fastapi import FastAPI

from tests.rows_told import RowsTold


@pytest.fixture
def app(app: FastAPI, owner_url: str) -> FastAPI:
    """What every browser is told is held against the audit trail."""
    app.state.rows_told = RowsTold(owner_url)
    return app
