"""The bots."""

from alembic import op

revision = "003"
down_revision = "002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE chatbots (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,

            name VARCHAR(255) NOT NULL,
            description TEXT,
            avatar_url TEXT,

            is_active BOOLEAN NOT NULL DEFAULT true,
            is_published BOOLEAN NOT NULL DEFAULT false,

            welcome_message TEXT,
            -- NULL is a bot that says nothing.
            fallback_message TEXT DEFAULT 'Desculpe, não entendi. Pode reformular?',
            away_message TEXT,

            ai_enabled BOOLEAN NOT NULL DEFAULT false,
            ai_provider VARCHAR(50) CHECK (ai_provider IN ('openai', 'anthropic', 'google')),
            ai_model VARCHAR(100),
            ai_api_key_encrypted TEXT,
            ai_system_prompt TEXT,
            ai_temperature DECIMAL(3,2) NOT NULL DEFAULT 0.7,

            auto_handoff_enabled BOOLEAN NOT NULL DEFAULT true,
            handoff_keywords TEXT[] NOT NULL DEFAULT '{}',
            business_hours JSONB NOT NULL DEFAULT '{}',

            settings JSONB NOT NULL DEFAULT '{}',
            statistics JSONB NOT NULL DEFAULT '{"total_conversations": 0, "total_messages": 0}',
            created_by UUID,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            deleted_at TIMESTAMP WITH TIME ZONE,

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (created_by)
        )
    """)
    op.execute("CREATE INDEX idx_chatbots_organization ON chatbots(organization_id)")
    op.execute("CREATE INDEX idx_chatbots_active ON chatbots(organization_id, is_active)")
    op.execute("SELECT protect_tenant_table('chatbots')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON chatbots TO pytake_app")


def downgrade() -> None:
    op.execute("DROP TABLE chatbots")
