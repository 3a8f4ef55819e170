"""How often a message was sent without anybody telling what became of it.

Attempts do not tell: they also count refusals, and claims of a process that died before it called.
"""

from alembic import op

revision = "014"
down_revision = "013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE outbox ADD COLUMN times_unknown SMALLINT NOT NULL DEFAULT 0")


def downgrade() -> None:
    op.execute("ALTER TABLE outbox DROP COLUMN times_unknown")
