"""How many deliveries the next batch of an organization may hold, instead of where to go one by one.

A batch that fails is followed by smaller ones: finding one poisonous delivery among hundreds takes a handful
of batches, and not hundreds.
"""

from alembic import op

revision = "015"
down_revision = "014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE inbound_drains DROP COLUMN careful_until")
    op.execute("ALTER TABLE inbound_drains ADD COLUMN batch_size INTEGER NOT NULL DEFAULT 500")


def downgrade() -> None:
    op.execute("ALTER TABLE inbound_drains DROP COLUMN batch_size")
    op.execute("ALTER TABLE inbound_drains ADD COLUMN careful_until BIGINT")
