"""The message templates that Meta has to approve, and the campaigns' key to them."""

from alembic import op

revision = "009"
down_revision = "008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE whatsapp_templates (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,

            whatsapp_number_id UUID,

            meta_template_id VARCHAR(255),
            name VARCHAR(512) NOT NULL,
            language VARCHAR(10) NOT NULL DEFAULT 'pt_BR',
            category VARCHAR(50) CHECK (category IN ('MARKETING', 'UTILITY', 'AUTHENTICATION')),

            meta_status VARCHAR(50) NOT NULL DEFAULT 'PENDING' CHECK (meta_status IN (
                'PENDING', 'APPROVED', 'REJECTED', 'PAUSED', 'DISABLED',
                'IN_APPEAL', 'LIMIT_EXCEEDED', 'ARCHIVED', 'PENDING_DELETION', 'DELETED',
                'FLAGGED', 'REINSTATED', 'LOCKED', 'UNARCHIVED'
            )),

            is_active BOOLEAN NOT NULL DEFAULT true,
            is_enabled_in_flows BOOLEAN NOT NULL DEFAULT true,

            header_type VARCHAR(50)
                CHECK (header_type IN ('TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION')),
            header_content TEXT,
            body_text TEXT NOT NULL,
            footer_text TEXT,
            buttons JSONB NOT NULL DEFAULT '[]',

            variables JSONB NOT NULL DEFAULT '[]',

            sync_status VARCHAR(50) NOT NULL DEFAULT 'pending'
                CHECK (sync_status IN ('pending', 'synced', 'error')),
            last_synced_at TIMESTAMP WITH TIME ZONE,
            sync_error TEXT,

            rejection_reason TEXT,
            quality_score JSONB NOT NULL DEFAULT '{}',
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            CONSTRAINT whatsapp_templates_name_key
                UNIQUE NULLS NOT DISTINCT (organization_id, whatsapp_number_id, name, language),
            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, whatsapp_number_id) REFERENCES whatsapp_numbers(organization_id, id)
                ON DELETE CASCADE
        )
    """)
    op.execute("CREATE INDEX idx_templates_organization ON whatsapp_templates(organization_id)")
    op.execute("CREATE INDEX idx_templates_whatsapp_number ON whatsapp_templates(whatsapp_number_id)")
    op.execute("CREATE INDEX idx_templates_meta_status ON whatsapp_templates(organization_id, meta_status)")
    op.execute("""
        CREATE INDEX idx_templates_active ON whatsapp_templates(organization_id, is_active, is_enabled_in_flows)
    """)
    op.execute("CREATE INDEX idx_templates_sync ON whatsapp_templates(organization_id, sync_status)")
    op.execute("SELECT protect_tenant_table('whatsapp_templates')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON whatsapp_templates TO pytake_app")
    op.execute("""
        ALTER TABLE campaigns ADD FOREIGN KEY (organization_id, template_id)
        REFERENCES whatsapp_templates(organization_id, id) ON DELETE SET NULL (template_id)
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE campaigns DROP CONSTRAINT campaigns_organization_id_template_id_fkey")
    op.execute("DROP TABLE whatsapp_templates")
