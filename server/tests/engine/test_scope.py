"""What a flow can look at, whatever the outside has put there."""

import pytest

from pytake.engine.scope import Scope
from tests.engine.stories import context


@pytest.mark.parametrize("attributes", [True, "x", 3, None, [1]])
def test_attributes_that_are_no_fields_are_none_at_all(attributes: object) -> None:
    now = context({"contact": {"name": "Maria", "attributes": attributes}})

    assert Scope(now, "run", {}, "").contact()["name"] == "Maria"
