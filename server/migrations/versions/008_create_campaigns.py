"""Campaigns and whom they reach. The key to templates comes with the templates, in 009."""

from alembic import op

revision = "008"
down_revision = "007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_campaigns()
    create_campaign_recipients()


def create_campaigns() -> None:
    op.execute("""
        CREATE TABLE campaigns (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,

            name VARCHAR(255) NOT NULL,
            description TEXT,

            status VARCHAR(50) NOT NULL DEFAULT 'draft'
                CHECK (status IN ('draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled')),

            target_type VARCHAR(50) CHECK (target_type IN ('all', 'tags', 'segment', 'custom')),
            target_filters JSONB NOT NULL DEFAULT '{}',

            template_id UUID,
            message_type VARCHAR(50) NOT NULL DEFAULT 'template',
            message_content JSONB NOT NULL,

            scheduled_at TIMESTAMP WITH TIME ZONE,
            send_rate_limit INTEGER NOT NULL DEFAULT 100,

            total_recipients INTEGER NOT NULL DEFAULT 0,
            sent_count INTEGER NOT NULL DEFAULT 0,
            delivered_count INTEGER NOT NULL DEFAULT 0,
            read_count INTEGER NOT NULL DEFAULT 0,
            failed_count INTEGER NOT NULL DEFAULT 0,
            replied_count INTEGER NOT NULL DEFAULT 0,

            started_at TIMESTAMP WITH TIME ZONE,
            completed_at TIMESTAMP WITH TIME ZONE,

            created_by UUID,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (created_by)
        )
    """)
    op.execute("CREATE INDEX idx_campaigns_organization ON campaigns(organization_id)")
    op.execute("CREATE INDEX idx_campaigns_status ON campaigns(organization_id, status)")
    op.execute("""
        CREATE INDEX idx_campaigns_scheduled ON campaigns(organization_id, scheduled_at)
        WHERE status = 'scheduled'
    """)
    op.execute("SELECT protect_tenant_table('campaigns')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON campaigns TO pytake_app")


def create_campaign_recipients() -> None:
    op.execute("""
        CREATE TABLE campaign_recipients (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            campaign_id UUID NOT NULL,
            contact_id UUID NOT NULL,

            status VARCHAR(50) NOT NULL DEFAULT 'pending'
                CHECK (status IN ('pending', 'sent', 'delivered', 'read', 'failed', 'skipped', 'unknown')),

            -- A message is found in its month, so its time goes with its id.
            message_id UUID,
            message_created_at TIMESTAMP WITH TIME ZONE,
            whatsapp_message_id VARCHAR(600),

            sent_at TIMESTAMP WITH TIME ZONE,
            delivered_at TIMESTAMP WITH TIME ZONE,
            read_at TIMESTAMP WITH TIME ZONE,
            failed_at TIMESTAMP WITH TIME ZONE,

            error_message TEXT,

            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (campaign_id, contact_id),
            UNIQUE (organization_id, id),
            CONSTRAINT campaign_recipients_message_check CHECK (num_nulls(message_id, message_created_at) <> 1),
            FOREIGN KEY (organization_id, campaign_id) REFERENCES campaigns(organization_id, id)
                ON DELETE CASCADE,
            FOREIGN KEY (organization_id, contact_id) REFERENCES contacts(organization_id, id)
                ON DELETE CASCADE,
            CONSTRAINT campaign_recipients_message_fkey
                FOREIGN KEY (organization_id, message_created_at, message_id)
                REFERENCES messages(organization_id, created_at, id)
                ON DELETE SET NULL (message_created_at, message_id)
        )
    """)
    op.execute("CREATE INDEX idx_campaign_recipients_campaign ON campaign_recipients(campaign_id)")
    op.execute("CREATE INDEX idx_campaign_recipients_status ON campaign_recipients(campaign_id, status)")
    op.execute(
        "CREATE INDEX idx_campaign_recipients_contact ON campaign_recipients(organization_id, contact_id)"
    )
    op.execute("""
        CREATE INDEX idx_campaign_recipients_whatsapp_id
        ON campaign_recipients(organization_id, whatsapp_message_id) WHERE whatsapp_message_id IS NOT NULL
    """)
    op.execute("""
        CREATE INDEX idx_campaign_recipients_message
        ON campaign_recipients(organization_id, message_id) WHERE message_id IS NOT NULL
    """)
    op.execute("SELECT protect_tenant_table('campaign_recipients')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON campaign_recipients TO pytake_app")


def downgrade() -> None:
    op.execute("DROP TABLE campaign_recipients, campaigns")
