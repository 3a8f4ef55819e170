"""What a table that grows costs beside its rows: no looks at large tables, room beside each contact,
names filed in small lots.
"""

from alembic import op

revision = "079"
down_revision = "078"
branch_labels = None
depends_on = None


def upgrade() -> None:
    look_at_small_tables_only()
    leave_room_beside_contacts()
    file_names_little_by_little()


def look_at_small_tables_only() -> None:
    # A plan that is right with ten thousand rows is right with a million: whatever comes then can wait the minute
    # until autovacuum looks. And a tenth of the usual sample tells apart what plans here depend on, none or many.
    # The looks at every doubling took a core for 200 ms each, with customers waiting.
    analyze("SET default_statistics_target = 10", "AND c.reltuples < 10000")


def leave_room_beside_contacts() -> None:
    # Their counters change with each message and are in no index: with room on the page no index is written,
    # the one for searching among them, which is the dearest of all.
    op.execute("ALTER TABLE contacts SET (fillfactor = 75)")


def file_names_little_by_little() -> None:
    # New names wait in a list until it is full, and whoever fills it files them all: of the usual 4 MB, some
    # three thousand people, that is a quarter of a second in which a batch of messages stands still.
    op.execute("ALTER INDEX idx_contacts_search SET (gin_pending_list_limit = 256)")


def downgrade() -> None:
    op.execute("ALTER INDEX idx_contacts_search RESET (gin_pending_list_limit)")
    op.execute("ALTER TABLE contacts RESET (fillfactor)")
    analyze("", "")


def analyze(setting: str, condition: str) -> None:
    op.execute(f"""
        CREATE OR REPLACE FUNCTION analyze_what_has_grown(after oid DEFAULT 0) RETURNS oid
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        {setting}
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
              {condition}
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
