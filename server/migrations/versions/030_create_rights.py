"""What an organization may do and has used: limits, the monthly meter, keys for machines, requests once."""

from alembic import op

revision = "030"
down_revision = "040"
branch_labels = None
depends_on = None

LIMITS = {
    "max_chatbots": 1,
    "max_whatsapp_numbers": 1,
    "max_contacts": 1000,
    "max_agents": 3,
    "max_departments": 3,
    "monthly_message_limit": 1000,
}
"""And the defaults they had."""


def upgrade() -> None:
    lift_limits()
    create_message_usage()
    create_api_keys()
    create_idempotency_keys()
    create_functions()


def lift_limits() -> None:
    # Until now the limits were stored and never looked at. Nobody's installation stops at an upgrade, and who
    # hosts for themselves has no limit: the specification's defaults are those of the free plan, in the code.
    op.execute("ALTER TABLE organizations ADD COLUMN messages_paused_until TIMESTAMP WITH TIME ZONE")
    for limit in LIMITS:
        op.execute(f"ALTER TABLE organizations ALTER COLUMN {limit} DROP DEFAULT")
    lifted = ", ".join(f"{limit} = NULL" for limit in LIMITS)
    op.execute(f"UPDATE organizations SET {lifted} WHERE plan_type = 'free'")


def create_message_usage() -> None:
    op.execute("""
        CREATE TABLE message_usage (
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
            month DATE NOT NULL CHECK (month = date_trunc('month', month)),
            sent BIGINT NOT NULL DEFAULT 0,
            received BIGINT NOT NULL DEFAULT 0,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            PRIMARY KEY (organization_id, month)
        ) WITH (fillfactor = 50)
    """)
    op.execute("SELECT protect_tenant_table('message_usage')")
    op.execute("GRANT SELECT, INSERT, UPDATE ON message_usage TO pytake_app")


def create_api_keys() -> None:
    op.execute("""
        CREATE TABLE api_keys (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
            name VARCHAR(255) NOT NULL,
            prefix VARCHAR(16) UNIQUE NOT NULL,
            key_hash VARCHAR(64) NOT NULL,
            scopes TEXT[] NOT NULL DEFAULT '{}',
            created_by UUID,
            last_used_at TIMESTAMP WITH TIME ZONE,
            expires_at TIMESTAMP WITH TIME ZONE,
            revoked_at TIMESTAMP WITH TIME ZONE,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (created_by)
        )
    """)
    op.execute(
        "CREATE INDEX idx_api_keys_organization ON api_keys(organization_id, created_at DESC, id DESC)"
    )
    op.execute("SELECT protect_tenant_table('api_keys')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON api_keys TO pytake_app")


def create_idempotency_keys() -> None:
    # The actor is a user or an API key, so there is no foreign key; rows live a day.
    op.execute("""
        CREATE TABLE idempotency_keys (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
            actor_id UUID NOT NULL,
            key VARCHAR(255) NOT NULL,
            request_hash VARCHAR(64) NOT NULL,
            status SMALLINT,
            response_encrypted TEXT,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, actor_id, key)
        )
    """)
    op.execute("CREATE INDEX idx_idempotency_keys_created ON idempotency_keys(created_at)")
    op.execute("SELECT protect_tenant_table('idempotency_keys')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO pytake_app")


def create_functions() -> None:
    op.execute("""
        CREATE FUNCTION find_api_key(prefix text) RETURNS TABLE (id uuid, organization_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT k.id, k.organization_id FROM api_keys k WHERE k.prefix = find_api_key.prefix;
        END
    """)
    # For the super administrator's list: only ids; what they hold is read as each organization itself.
    op.execute("""
        CREATE FUNCTION organizations_page(wanted text, state text, after text, most integer)
        RETURNS TABLE (id uuid, slug varchar)
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT o.id, o.slug FROM organizations o
            WHERE o.slug > organizations_page.after
              AND (organizations_page.wanted = ''
                   OR strpos(lower(o.name), lower(organizations_page.wanted)) > 0
                   OR strpos(o.slug, lower(organizations_page.wanted)) > 0)
              AND CASE organizations_page.state
                      WHEN 'active' THEN o.is_active AND o.deleted_at IS NULL
                      WHEN 'suspended' THEN NOT o.is_active AND o.deleted_at IS NULL
                      WHEN 'deleted' THEN o.deleted_at IS NOT NULL
                      ELSE true
                  END
            ORDER BY o.slug LIMIT most;
        END
    """)
    op.execute("""
        CREATE FUNCTION forget_idempotency_keys(hours integer, most integer) RETURNS bigint
        LANGUAGE sql VOLATILE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH old AS (
                SELECT k.id FROM idempotency_keys k
                WHERE k.created_at < now() - make_interval(hours => hours)
                ORDER BY k.created_at LIMIT most
            ), gone AS (
                DELETE FROM idempotency_keys k USING old WHERE k.id = old.id RETURNING k.id
            )
            SELECT count(*) FROM gone;
        END
    """)
    for function in ("find_api_key", "organizations_page", "forget_idempotency_keys"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO pytake_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION forget_idempotency_keys, organizations_page, find_api_key")
    op.execute("DROP TABLE idempotency_keys, api_keys, message_usage")
    op.execute("ALTER TABLE organizations DROP COLUMN messages_paused_until")
    for limit, default in LIMITS.items():
        op.execute(f"ALTER TABLE organizations ALTER COLUMN {limit} SET DEFAULT {default}")
