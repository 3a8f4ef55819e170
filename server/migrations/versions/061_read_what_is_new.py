"""Who lags behind the journal, and which tables have grown, are asked without reading what was there before."""

from alembic import op

revision = "061"
down_revision = "060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    look_behind_the_cursor_only()
    analyze_one_table_a_transaction()


def look_behind_the_cursor_only() -> None:
    # Asked with EXISTS, the whole journal was joined, however little of it was new: a comparison of two rows is
    # no join that an index could serve. One row of each organization, in the index's order, is.
    op.execute("""
        CREATE OR REPLACE FUNCTION organizations_behind(reader text, most integer) RETURNS SETOF uuid
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
            CROSS JOIN LATERAL (
                SELECT e.transaction_id FROM events e
                WHERE e.organization_id = known.organization_id
                  AND (e.transaction_id, e.sequence) > (COALESCE(c.transaction_id, 0), COALESCE(c.sequence, 0))
                ORDER BY e.transaction_id, e.sequence
                LIMIT 1
            ) AS first
            WHERE first.transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            ORDER BY random()
            LIMIT most;
        END
    """)


def analyze_one_table_a_transaction() -> None:
    # By the rows that are there, not by how often they were written: contacts and conversations change with
    # every message and were looked at anew all the time. And one table only: while the transaction lasts, no
    # reader of the journal gets past it.
    op.execute("DROP FUNCTION analyze_what_has_grown()")
    op.execute("""
        CREATE FUNCTION analyze_what_has_grown(after oid DEFAULT 0) RETURNS oid
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        AS $$
        DECLARE
            grown regclass;
        BEGIN
            IF NOT pg_try_advisory_xact_lock(hashtext('analyze_what_has_grown')) THEN
                RETURN NULL;
            END IF;
            SELECT c.oid::regclass INTO grown
            FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.oid > after
              AND c.relname NOT IN ('inbound_events', 'outbox', 'flow_timers')
              AND pg_stat_get_live_tuples(c.oid) > 200 + 2 * GREATEST(c.reltuples, 0)
            ORDER BY c.oid
            LIMIT 1;
            IF grown IS NOT NULL THEN
                EXECUTE format('ANALYZE (SKIP_LOCKED) %s', grown);
            END IF;
            RETURN grown;
        END
        $$
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION analyze_what_has_grown FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION analyze_what_has_grown TO pytake_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION analyze_what_has_grown(oid)")
    op.execute("""
        CREATE FUNCTION analyze_what_has_grown() RETURNS integer
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        AS $$
        DECLARE
            grown regclass;
            analyzed integer := 0;
        BEGIN
            IF NOT pg_try_advisory_xact_lock(hashtext('analyze_what_has_grown')) THEN
                RETURN 0;
            END IF;
            FOR grown IN
                SELECT c.oid::regclass
                FROM pg_class c
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
                  AND c.relname NOT IN ('inbound_events', 'outbox', 'flow_timers')
                  AND pg_stat_get_mod_since_analyze(c.oid) > 200 + GREATEST(c.reltuples, 0)
            LOOP
                EXECUTE format('ANALYZE (SKIP_LOCKED) %s', grown);
                analyzed := analyzed + 1;
            END LOOP;
            RETURN analyzed;
        END
        $$
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION analyze_what_has_grown FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION analyze_what_has_grown TO pytake_app")
    op.execute("""
        CREATE OR REPLACE FUNCTION organizations_behind(reader text, most integer) RETURNS SETOF uuid
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
