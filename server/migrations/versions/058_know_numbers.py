"""What Meta says of a number, whether its webhook is heard, and what somebody has to look after."""

from alembic import op

revision = "058"
down_revision = "057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE whatsapp_numbers
            ADD COLUMN status VARCHAR(50),
            ADD COLUMN name_status VARCHAR(50),
            ADD COLUMN verified_name VARCHAR(255),
            ADD COLUMN platform_type VARCHAR(50),
            ADD COLUMN health JSONB NOT NULL DEFAULT '{}',
            ADD COLUMN news_at JSONB NOT NULL DEFAULT '{}',
            ADD COLUMN checked_at TIMESTAMP WITH TIME ZONE,
            ADD COLUMN sending_resumed_at TIMESTAMP WITH TIME ZONE
    """)
    op.execute("""
        ALTER TABLE channels
            ADD COLUMN webhook_verified_at TIMESTAMP WITH TIME ZONE,
            ADD COLUMN previous_app_secret_until TIMESTAMP WITH TIME ZONE
    """)
    # A secret that is being replaced is good until then; without a time, for as long as it is there.
    op.execute("""
        CREATE OR REPLACE FUNCTION find_channel(key text)
        RETURNS TABLE (
            id uuid,
            organization_id uuid,
            app_secret_encrypted text,
            previous_app_secret_encrypted text,
            verify_token_encrypted text,
            is_active boolean
        )
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT c.id, c.organization_id, c.app_secret_encrypted,
                   CASE WHEN c.previous_app_secret_until IS NULL OR c.previous_app_secret_until > now()
                        THEN c.previous_app_secret_encrypted END,
                   c.verify_token_encrypted, c.is_active
            FROM channels c WHERE c.channel_key = find_channel.key;
        END
    """)
    create_alerts()
    find_the_unchecked()


def create_alerts() -> None:
    op.execute("""
        CREATE TABLE alerts (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
            whatsapp_number_id UUID NOT NULL,
            kind VARCHAR(30) NOT NULL CHECK (kind IN ('access', 'stopped', 'quality', 'status', 'restriction',
                                                      'banned', 'name', 'notice')),
            severity VARCHAR(10) NOT NULL CHECK (severity IN ('critical', 'warning')),
            details JSONB NOT NULL DEFAULT '{}',
            resolved_at TIMESTAMP WITH TIME ZONE,
            dismissed_at TIMESTAMP WITH TIME ZONE,
            dismissed_by UUID,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, whatsapp_number_id)
                REFERENCES whatsapp_numbers(organization_id, id) ON DELETE CASCADE,
            FOREIGN KEY (organization_id, dismissed_by) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (dismissed_by)
        )
    """)
    # What is not over is told once, however often it is noticed.
    op.execute("""
        CREATE UNIQUE INDEX alerts_open_key ON alerts(organization_id, whatsapp_number_id, kind)
        WHERE resolved_at IS NULL
    """)
    op.execute("SELECT protect_tenant_table('alerts')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON alerts TO pytake_app")


def find_the_unchecked() -> None:
    op.execute("""
        CREATE INDEX idx_whatsapp_numbers_unchecked ON whatsapp_numbers(checked_at NULLS FIRST)
        WHERE deleted_at IS NULL AND access_token_encrypted IS NOT NULL
    """)
    op.execute("""
        CREATE FUNCTION numbers_unchecked(since interval, most integer)
        RETURNS TABLE (organization_id uuid, whatsapp_number_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT n.organization_id, n.id FROM whatsapp_numbers n
            WHERE n.deleted_at IS NULL AND n.access_token_encrypted IS NOT NULL
              AND (n.checked_at IS NULL OR n.checked_at < now() - since)
            ORDER BY n.checked_at NULLS FIRST LIMIT most;
        END
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION numbers_unchecked FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION numbers_unchecked TO pytake_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION numbers_unchecked")
    op.execute("DROP TABLE alerts")
    op.execute("DROP INDEX idx_whatsapp_numbers_unchecked")
    op.execute("""
        CREATE OR REPLACE FUNCTION find_channel(key text)
        RETURNS TABLE (
            id uuid,
            organization_id uuid,
            app_secret_encrypted text,
            previous_app_secret_encrypted text,
            verify_token_encrypted text,
            is_active boolean
        )
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT c.id, c.organization_id, c.app_secret_encrypted, c.previous_app_secret_encrypted,
                   c.verify_token_encrypted, c.is_active
            FROM channels c WHERE c.channel_key = find_channel.key;
        END
    """)
    op.execute("ALTER TABLE channels DROP COLUMN webhook_verified_at, DROP COLUMN previous_app_secret_until")
    op.execute("""
        ALTER TABLE whatsapp_numbers
            DROP COLUMN status, DROP COLUMN name_status, DROP COLUMN verified_name,
            DROP COLUMN platform_type, DROP COLUMN health, DROP COLUMN news_at, DROP COLUMN checked_at,
            DROP COLUMN sending_resumed_at
    """)
