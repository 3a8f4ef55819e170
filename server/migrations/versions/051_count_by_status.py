"""Conversations are counted by status from one index alone, so it holds what lists show and nothing else."""

from alembic import op

revision = "051"
down_revision = "050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP INDEX idx_conversations_status")
    op.execute("""
        CREATE INDEX idx_conversations_status ON conversations(organization_id, status)
        WHERE last_message_at IS NOT NULL
    """)


def downgrade() -> None:
    op.execute("DROP INDEX idx_conversations_status")
    op.execute("CREATE INDEX idx_conversations_status ON conversations(organization_id, status)")
