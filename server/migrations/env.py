"""Runs the migrations on the connection that `pytake.entrypoints.migrations` hands over."""

from alembic import context

from pytake.entrypoints.migrations import COMPARISON
from pytake.entrypoints.models import METADATA

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Migrations need a connection and a lock: run `pytake db upgrade`, not alembic.")

context.configure(
    connection=connection,
    target_metadata=METADATA,
    transaction_per_migration=True,
    **COMPARISON,
)
with context.begin_transaction():
    context.run_migrations()
