"""Whom the business has written to first in the last day: Meta limits how many people these may be."""

from alembic import op

revision = "073"
down_revision = "072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE business_initiations (
            organization_id UUID NOT NULL,
            contact_id UUID NOT NULL,
            message_id UUID NOT NULL,
            initiated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            previous_at TIMESTAMP WITH TIME ZONE,

            PRIMARY KEY (organization_id, contact_id),
            FOREIGN KEY (organization_id, contact_id)
                REFERENCES contacts(organization_id, id) ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX idx_business_initiations_recent ON business_initiations(organization_id, initiated_at)
    """)
    op.execute("SELECT protect_tenant_table('business_initiations')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON business_initiations TO pytake_app")


def downgrade() -> None:
    op.execute("DROP TABLE business_initiations")
