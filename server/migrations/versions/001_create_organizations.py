"""The tenants, the wall between them, the journal and the audit trail."""

from alembic import op

revision = "001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_the_application_role()
    create_the_wall()
    create_organizations()
    create_audit_logs()
    create_the_journal()
    create_heartbeats()
    create_lookups()


def create_the_application_role() -> None:
    # A role belongs to the whole server, so it may be there already, or be made by another database's
    # migration at this moment. It gets its login and its password from `pytake db upgrade`.
    op.execute("""
        DO $$
        BEGIN
            CREATE ROLE pytake_app NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END
        $$
    """)
    op.execute("GRANT USAGE ON SCHEMA public TO pytake_app")
    op.execute("GRANT SELECT ON alembic_version TO pytake_app")


def create_the_wall() -> None:
    # The policy `owner` is for logins that own the tables without being superuser: FORCE would blind their
    # SECURITY DEFINER functions. It is a constant, so the planner drops it and can use every index there;
    # a condition would be a barrier that no GIN index passes.
    op.execute("""
        CREATE FUNCTION protect_tenant_table(target regclass, tenant name DEFAULT 'organization_id')
        RETURNS void
        LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp
        AS $$
        BEGIN
            EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
            EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
            EXECUTE format(
                'CREATE POLICY tenant ON %s'
                ' USING (%I = (SELECT NULLIF(current_setting(''app.org'', true), '''')::uuid))'
                ' WITH CHECK (%I = (SELECT NULLIF(current_setting(''app.org'', true), '''')::uuid))',
                target, tenant, tenant);
            EXECUTE format('CREATE POLICY owner ON %s TO CURRENT_USER USING (true) WITH CHECK (true)', target);
        END
        $$
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION protect_tenant_table FROM PUBLIC")


def create_organizations() -> None:
    op.execute("""
        CREATE TABLE organizations (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            name VARCHAR(255) NOT NULL,
            slug VARCHAR(100) UNIQUE NOT NULL,

            -- Kept for the specification; whatsapp_numbers and channels hold what is used.
            whatsapp_business_id VARCHAR(255),
            whatsapp_webhook_verify_token VARCHAR(255),

            plan_type VARCHAR(50) NOT NULL DEFAULT 'free'
                CHECK (plan_type IN ('free', 'starter', 'professional', 'enterprise')),
            plan_expires_at TIMESTAMP WITH TIME ZONE,

            -- NULL is no limit.
            max_chatbots INTEGER DEFAULT 1,
            max_whatsapp_numbers INTEGER DEFAULT 1,
            max_contacts INTEGER DEFAULT 1000,
            max_agents INTEGER DEFAULT 3,
            max_departments INTEGER DEFAULT 3,
            monthly_message_limit INTEGER DEFAULT 1000,

            settings JSONB NOT NULL DEFAULT '{}',
            is_active BOOLEAN NOT NULL DEFAULT true,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            deleted_at TIMESTAMP WITH TIME ZONE
        )
    """)
    op.execute("CREATE INDEX idx_organizations_slug ON organizations(slug)")
    op.execute("SELECT protect_tenant_table('organizations', 'id')")
    op.execute("GRANT SELECT, INSERT, UPDATE ON organizations TO pytake_app")


def create_audit_logs() -> None:
    # No foreign keys: the trail must outlive the user and the organization it speaks of.
    op.execute("""
        CREATE TABLE audit_logs (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID,
            user_id UUID,

            action VARCHAR(100) NOT NULL,
            resource_type VARCHAR(50),
            resource_id UUID,

            description TEXT,
            changes JSONB,
            metadata JSONB NOT NULL DEFAULT '{}',

            ip_address INET,
            user_agent TEXT,

            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
        )
    """)
    op.execute("CREATE INDEX idx_audit_logs_organization ON audit_logs(organization_id, created_at DESC)")
    op.execute("CREATE INDEX idx_audit_logs_user ON audit_logs(user_id, created_at DESC)")
    op.execute(
        "CREATE INDEX idx_audit_logs_resource ON audit_logs(organization_id, resource_type, resource_id)"
    )
    op.execute("CREATE INDEX idx_audit_logs_action ON audit_logs(organization_id, action)")
    op.execute("SELECT protect_tenant_table('audit_logs')")
    # A failed sign-in may belong to no organization; the application can write such a row, not read it.
    op.execute("CREATE POLICY nobody ON audit_logs FOR INSERT WITH CHECK (organization_id IS NULL)")
    op.execute("GRANT SELECT, INSERT ON audit_logs TO pytake_app")


def create_the_journal() -> None:
    # Rows are read in the order (transaction_id, sequence), and only those of transactions that are older
    # than every open one: identity values become visible out of order.
    op.execute("""
        CREATE TABLE events (
            sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            organization_id UUID NOT NULL,
            transaction_id BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
            type VARCHAR(64) NOT NULL,
            payload JSONB NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
        )
    """)
    op.execute("CREATE INDEX idx_events_organization ON events(organization_id, transaction_id, sequence)")
    op.execute("SELECT protect_tenant_table('events')")
    op.execute("GRANT SELECT, INSERT, DELETE ON events TO pytake_app")

    op.execute("""
        CREATE TABLE journal_cursors (
            organization_id UUID NOT NULL,
            reader VARCHAR(64) NOT NULL,
            transaction_id BIGINT NOT NULL DEFAULT 0,
            sequence BIGINT NOT NULL DEFAULT 0,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            PRIMARY KEY (organization_id, reader)
        ) WITH (fillfactor = 50)
    """)
    op.execute("SELECT protect_tenant_table('journal_cursors')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON journal_cursors TO pytake_app")


def create_heartbeats() -> None:
    # Processes belong to no tenant.
    op.execute("""
        CREATE TABLE heartbeats (
            kind VARCHAR(32) NOT NULL,
            instance VARCHAR(64) NOT NULL,
            up_since TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            beat_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            PRIMARY KEY (kind, instance)
        ) WITH (fillfactor = 50)
    """)
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON heartbeats TO pytake_app")


def create_lookups() -> None:
    op.execute("""
        CREATE FUNCTION find_organization(slug text) RETURNS uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT o.id FROM organizations o
            WHERE o.slug = find_organization.slug AND o.deleted_at IS NULL;
        END
    """)
    op.execute("""
        CREATE FUNCTION list_organizations() RETURNS TABLE (id uuid, slug varchar)
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT o.id, o.slug FROM organizations o WHERE o.deleted_at IS NULL ORDER BY o.slug;
        END
    """)
    # Walks from one organization to the next in the index (a loose scan), so its cost is the number of
    # organizations in the journal, not of events. The order is random: `most` must starve nobody.
    op.execute("""
        CREATE FUNCTION organizations_behind(reader text, most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH RECURSIVE known (organization_id) AS (
                (SELECT e.organization_id FROM events e ORDER BY e.organization_id LIMIT 1)
                UNION ALL
                SELECT (SELECT e.organization_id FROM events e
                        WHERE e.organization_id > known.organization_id ORDER BY e.organization_id LIMIT 1)
                FROM known WHERE known.organization_id IS NOT NULL
            )
            SELECT known.organization_id
            FROM known
            LEFT JOIN journal_cursors c
                ON c.organization_id = known.organization_id AND c.reader = organizations_behind.reader
            WHERE known.organization_id IS NOT NULL
              AND EXISTS (
                  SELECT FROM events e
                  WHERE e.organization_id = known.organization_id
                    AND (e.transaction_id, e.sequence) > (COALESCE(c.transaction_id, 0), COALESCE(c.sequence, 0))
                    AND e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
            ORDER BY random()
            LIMIT most;
        END
    """)
    # Facts go when they are old and every reader of their organization is past them. The hub tells a browser
    # that asks for what is gone to begin anew.
    op.execute("""
        CREATE FUNCTION trim_journal(days integer, most integer) RETURNS bigint
        LANGUAGE sql VOLATILE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH old AS (
                SELECT e.sequence FROM events e
                WHERE e.created_at < now() - make_interval(days => days)
                  AND EXISTS (SELECT FROM journal_cursors c WHERE c.organization_id = e.organization_id)
                  AND NOT EXISTS (
                      SELECT FROM journal_cursors c
                      WHERE c.organization_id = e.organization_id
                        AND (c.transaction_id, c.sequence) < (e.transaction_id, e.sequence))
                ORDER BY e.sequence LIMIT most
            ), gone AS (
                DELETE FROM events e USING old WHERE e.sequence = old.sequence RETURNING e.sequence
            )
            SELECT count(*) FROM gone;
        END
    """)
    for function in ("find_organization", "list_organizations", "organizations_behind", "trim_journal"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO pytake_app")


def downgrade() -> None:
    # The role stays: other databases of this server may use it.
    op.execute("DROP FUNCTION trim_journal, organizations_behind, list_organizations, find_organization")
    op.execute("DROP TABLE heartbeats, journal_cursors, events, audit_logs, organizations")
    op.execute("DROP FUNCTION protect_tenant_table")
    op.execute("REVOKE SELECT ON alembic_version FROM pytake_app")
    op.execute("REVOKE USAGE ON SCHEMA public FROM pytake_app")
