"""The audit trail as a chain: each row carries a keyed hash over itself and the row before it.

No earlier version wrote to the trail, so there are no rows without a place in a chain.
"""

from alembic import op

revision = "040"
down_revision = "016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chain_the_rows()
    keep_the_rows()
    create_chains()
    create_lookup()


def chain_the_rows() -> None:
    # What belongs to no organization belongs to the installation's own chain, 00000000-...: a row outside
    # every chain could come and go unseen.
    op.execute("DROP POLICY nobody ON audit_logs")
    op.execute("""
        ALTER TABLE audit_logs
            ALTER COLUMN organization_id SET NOT NULL,
            ADD COLUMN sequence BIGINT NOT NULL,
            ADD COLUMN previous_hash BYTEA NOT NULL,
            ADD COLUMN hash BYTEA NOT NULL,
            ADD UNIQUE (organization_id, sequence)
    """)


def keep_the_rows() -> None:
    # The application has no right to change or delete; this stops the tables' owner from doing so by mistake.
    # Whoever takes the triggers away on purpose is found by the chain.
    op.execute("""
        CREATE FUNCTION refuse_to_change_the_audit_trail() RETURNS trigger
        LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp
        AS $$
        BEGIN
            RAISE EXCEPTION 'the audit trail only grows' USING ERRCODE = 'restrict_violation';
        END
        $$
    """)
    op.execute("""
        CREATE TRIGGER audit_logs_only_grow BEFORE UPDATE OR DELETE ON audit_logs
        FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_audit_trail()
    """)
    op.execute("""
        CREATE TRIGGER audit_logs_are_not_emptied BEFORE TRUNCATE ON audit_logs
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_audit_trail()
    """)


def create_chains() -> None:
    # The head of each chain and the key of its hashes. No foreign key: it must outlive the organization. Its
    # row is locked at the end of a transaction that writes to the trail; the message pipeline never does.
    op.execute("""
        CREATE TABLE audit_chains (
            organization_id UUID PRIMARY KEY,
            sequence BIGINT NOT NULL DEFAULT 0,
            hash BYTEA NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
            key_encrypted TEXT NOT NULL,
            key_since BIGINT NOT NULL DEFAULT 1,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
        ) WITH (fillfactor = 50)
    """)
    op.execute("SELECT protect_tenant_table('audit_chains')")
    op.execute("GRANT SELECT, INSERT, UPDATE ON audit_chains TO pytake_app")


def create_lookup() -> None:
    # Also those that are deleted: their trail and their secrets stay. The walk through the trail is a loose
    # scan, as in organizations_behind: it finds a chain whose head somebody took away.
    op.execute("""
        CREATE FUNCTION organizations_ever() RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH RECURSIVE told (organization_id) AS (
                (SELECT a.organization_id FROM audit_logs a ORDER BY a.organization_id LIMIT 1)
                UNION ALL
                SELECT (SELECT a.organization_id FROM audit_logs a
                        WHERE a.organization_id > told.organization_id ORDER BY a.organization_id LIMIT 1)
                FROM told WHERE told.organization_id IS NOT NULL
            )
            SELECT o.id FROM organizations o
            UNION SELECT c.organization_id FROM audit_chains c
            UNION SELECT told.organization_id FROM told WHERE told.organization_id IS NOT NULL
            ORDER BY 1;
        END
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION organizations_ever FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION organizations_ever TO pytake_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION organizations_ever")
    op.execute("DROP TABLE audit_chains")
    op.execute("DROP TRIGGER audit_logs_are_not_emptied ON audit_logs")
    op.execute("DROP TRIGGER audit_logs_only_grow ON audit_logs")
    op.execute("DROP FUNCTION refuse_to_change_the_audit_trail")
    op.execute("""
        ALTER TABLE audit_logs DROP COLUMN hash, DROP COLUMN previous_hash, DROP COLUMN sequence,
            ALTER COLUMN organization_id DROP NOT NULL
    """)
    op.execute("CREATE POLICY nobody ON audit_logs FOR INSERT WITH CHECK (organization_id IS NULL)")
