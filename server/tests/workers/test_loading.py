"""The garbage collector while a process loads, and afterwards."""

import gc

import pytest

from pytake.entrypoints.process import _loading


def test_what_is_loaded_is_left_alone_and_what_comes_later_is_not() -> None:
    with pytest.raises(ImportError, match="collecting: False"), _loading():
        raise ImportError(f"collecting: {gc.isenabled()}")
    try:
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
