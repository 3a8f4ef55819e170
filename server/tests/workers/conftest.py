from tests.pipeline.conftest import office, sim

__all__ = ["office", "sim"]
