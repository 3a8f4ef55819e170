"""Every table, for Alembic: importing this module is importing all models."""

from pytake.kit.models import Base

METADATA = Base.metadata
