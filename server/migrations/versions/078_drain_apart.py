"""Which connection marked a batch, for once it is gone its drain is dead; and until when one that kills is apart."""

from alembic import op

revision = "078"
down_revision = "077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE inbound_drains ADD COLUMN backend_pid INTEGER, ADD COLUMN apart_until TIMESTAMPTZ"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE inbound_drains DROP COLUMN backend_pid, DROP COLUMN apart_until")
