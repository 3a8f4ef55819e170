"""Seventy-two free hours for whoever came through an advertisement and was answered within a day."""

from alembic import op

revision = "071"
down_revision = "062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # One row for a person and a number, however many conversations they have meanwhile; made from the messages.
    op.execute("""
        CREATE TABLE free_entry_points (
            organization_id UUID NOT NULL,
            contact_id UUID NOT NULL,
            whatsapp_number_id UUID NOT NULL,
            entered_at TIMESTAMP WITH TIME ZONE,
            answered_at TIMESTAMP WITH TIME ZONE,
            expires_at TIMESTAMP WITH TIME ZONE,

            PRIMARY KEY (contact_id, whatsapp_number_id),
            FOREIGN KEY (organization_id, contact_id)
                REFERENCES contacts(organization_id, id) ON DELETE CASCADE,
            FOREIGN KEY (organization_id, whatsapp_number_id)
                REFERENCES whatsapp_numbers(organization_id, id) ON DELETE CASCADE
        )
    """)
    op.execute("CREATE INDEX idx_free_entry_points_number ON free_entry_points(whatsapp_number_id)")
    op.execute("SELECT protect_tenant_table('free_entry_points')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON free_entry_points TO pytake_app")


def downgrade() -> None:
    op.execute("DROP TABLE free_entry_points")
