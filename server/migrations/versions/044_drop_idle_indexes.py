"""Two indexes that every message wrote to and no statement reads.

A WhatsApp id is looked for by number and id, never by our own message; runs by their conversation.
"""

from alembic import op

revision = "044"
down_revision = "042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP INDEX idx_message_ids_message")
    op.execute("DROP INDEX idx_flow_runs_updated")


def downgrade() -> None:
    op.execute("CREATE INDEX idx_message_ids_message ON message_ids(message_id)")
    op.execute("CREATE INDEX idx_flow_runs_updated ON flow_runs(organization_id, updated_at)")
