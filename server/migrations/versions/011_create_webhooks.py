"""The webhooks we call, and how each call went."""

from alembic import op

revision = "011"
down_revision = "010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_webhooks()
    create_webhook_deliveries()


def create_webhooks() -> None:
    op.execute("""
        CREATE TABLE webhooks (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,

            name VARCHAR(255) NOT NULL,
            url TEXT NOT NULL,
            -- Encrypted, like every secret that is read back.
            secret VARCHAR(255),

            events TEXT[] NOT NULL DEFAULT '{}',

            is_active BOOLEAN NOT NULL DEFAULT true,

            max_retries INTEGER NOT NULL DEFAULT 3,
            retry_delay_seconds INTEGER NOT NULL DEFAULT 60,

            total_deliveries INTEGER NOT NULL DEFAULT 0,
            failed_deliveries INTEGER NOT NULL DEFAULT 0,
            last_delivery_at TIMESTAMP WITH TIME ZONE,
            last_delivery_status VARCHAR(50),

            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id)
        )
    """)
    op.execute("CREATE INDEX idx_webhooks_organization ON webhooks(organization_id)")
    op.execute("CREATE INDEX idx_webhooks_active ON webhooks(organization_id, is_active)")
    op.execute("SELECT protect_tenant_table('webhooks')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks TO pytake_app")


def create_webhook_deliveries() -> None:
    op.execute("""
        CREATE TABLE webhook_deliveries (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            webhook_id UUID NOT NULL,

            event_type VARCHAR(100) NOT NULL,
            payload JSONB NOT NULL,

            status_code INTEGER,
            response_body TEXT,
            response_time_ms INTEGER,

            attempt_number INTEGER NOT NULL DEFAULT 1,
            success BOOLEAN NOT NULL DEFAULT false,
            error_message TEXT,

            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, webhook_id) REFERENCES webhooks(organization_id, id)
                ON DELETE CASCADE
        )
    """)
    op.execute(
        "CREATE INDEX idx_webhook_deliveries_webhook ON webhook_deliveries(webhook_id, created_at DESC)"
    )
    op.execute("CREATE INDEX idx_webhook_deliveries_success ON webhook_deliveries(organization_id, success)")
    op.execute("SELECT protect_tenant_table('webhook_deliveries')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_deliveries TO pytake_app")


def downgrade() -> None:
    op.execute("DROP TABLE webhook_deliveries, webhooks")
