"""What WhatsApp named together when it told of a change: whose it is when two contacts are told apart again."""

from alembic import op

revision = "076"
down_revision = "075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Only of contacts that others were merged into: of all others everything is theirs.
    op.execute("""
        ALTER TABLE contact_identities
            ADD COLUMN told_with TEXT[] NOT NULL DEFAULT '{}',
            ADD COLUMN told_at TIMESTAMP WITH TIME ZONE
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE contact_identities DROP COLUMN told_with, DROP COLUMN told_at")
