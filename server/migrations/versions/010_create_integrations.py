"""Connections to other systems."""

from alembic import op

revision = "010"
down_revision = "009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE integrations (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,

            type VARCHAR(50) NOT NULL CHECK (type IN (
                'webhook', 'zapier', 'shopify', 'woocommerce',
                'hubspot', 'salesforce', 'google_sheets', 'custom_api'
            )),

            name VARCHAR(255) NOT NULL,
            description TEXT,

            config JSONB NOT NULL DEFAULT '{}',

            credentials_encrypted TEXT,

            is_active BOOLEAN NOT NULL DEFAULT true,
            last_sync_at TIMESTAMP WITH TIME ZONE,
            last_error TEXT,

            created_by UUID,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (created_by)
        )
    """)
    op.execute("CREATE INDEX idx_integrations_organization ON integrations(organization_id)")
    op.execute("CREATE INDEX idx_integrations_type ON integrations(organization_id, type)")
    op.execute("SELECT protect_tenant_table('integrations')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON integrations TO pytake_app")


def downgrade() -> None:
    op.execute("DROP TABLE integrations")
