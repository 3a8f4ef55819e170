"""One right index for each question, and statistics that follow a table while it grows.

A plan is kept until the table's statistics change. One made while a table was empty takes whichever index looks
as good as the right one, for every row of every set and for every key that is checked: ten times the cost.
"""

from alembic import op

revision = "013"
down_revision = "012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    drop_indexes_that_others_cover()
    give_the_outbox_one_index_per_question()
    analyze_what_grows()


def drop_indexes_that_others_cover() -> None:
    for index in (
        "idx_contacts_organization",  # every other index begins so
        "idx_contacts_whatsapp_id",  # the unique one has the same columns
        "idx_conversations_organization",  # every other index begins so
        "idx_messages_conversation",  # idx_messages_recent begins so
        "idx_messages_whatsapp_id",  # message_ids knows it
    ):
        op.execute(f"DROP INDEX {index}")


def give_the_outbox_one_index_per_question() -> None:
    # No index of the outbox begins with the tenant, which every question names: it would look as good as the
    # right one whenever the table was small when it was last looked at.
    op.execute("DROP INDEX idx_outbox_number")
    op.execute("CREATE INDEX idx_outbox_number ON outbox(whatsapp_number_id, priority, position)")
    op.execute("""
        CREATE OR REPLACE FUNCTION numbers_with_outbox(most integer)
        RETURNS TABLE (organization_id uuid, whatsapp_number_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH RECURSIVE known (whatsapp_number_id) AS (
                (SELECT o.whatsapp_number_id FROM outbox o ORDER BY o.whatsapp_number_id LIMIT 1)
                UNION ALL
                SELECT following.whatsapp_number_id
                FROM known
                CROSS JOIN LATERAL (
                    SELECT o.whatsapp_number_id FROM outbox o
                    WHERE o.whatsapp_number_id > known.whatsapp_number_id
                    ORDER BY o.whatsapp_number_id LIMIT 1
                ) AS following
            )
            SELECT n.organization_id, n.id
            FROM known
            JOIN whatsapp_numbers n ON n.id = known.whatsapp_number_id
            WHERE n.is_active AND n.sending_stopped_at IS NULL AND n.deleted_at IS NULL
              AND EXISTS (
                SELECT FROM outbox o
                WHERE o.whatsapp_number_id = known.whatsapp_number_id
                  AND o.state = 'pending' AND o.not_before <= now())
            ORDER BY random()
            LIMIT most;
        END
    """)


def analyze_what_grows() -> None:
    # Not the queues: what a look at them sees by chance is wrong a second later. Their statements are written
    # so that statistics do not matter.
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


def downgrade() -> None:
    op.execute("DROP FUNCTION analyze_what_has_grown")
    op.execute("DROP INDEX idx_outbox_number")
    op.execute("""
        CREATE INDEX idx_outbox_number ON outbox(organization_id, whatsapp_number_id, priority, position)
    """)
    op.execute("""
        CREATE OR REPLACE FUNCTION numbers_with_outbox(most integer)
        RETURNS TABLE (organization_id uuid, whatsapp_number_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH RECURSIVE known (organization_id, whatsapp_number_id) AS (
                (SELECT o.organization_id, o.whatsapp_number_id FROM outbox o
                 ORDER BY o.organization_id, o.whatsapp_number_id LIMIT 1)
                UNION ALL
                SELECT following.organization_id, following.whatsapp_number_id
                FROM known
                CROSS JOIN LATERAL (
                    SELECT o.organization_id, o.whatsapp_number_id FROM outbox o
                    WHERE (o.organization_id, o.whatsapp_number_id)
                          > (known.organization_id, known.whatsapp_number_id)
                    ORDER BY o.organization_id, o.whatsapp_number_id LIMIT 1
                ) AS following
            )
            SELECT known.organization_id, known.whatsapp_number_id
            FROM known
            WHERE EXISTS (
                SELECT FROM outbox o
                WHERE o.organization_id = known.organization_id
                  AND o.whatsapp_number_id = known.whatsapp_number_id
                  AND o.state = 'pending' AND o.not_before <= now())
              AND EXISTS (
                SELECT FROM whatsapp_numbers n
                WHERE n.id = known.whatsapp_number_id AND n.is_active AND n.sending_stopped_at IS NULL
                  AND n.deleted_at IS NULL)
            ORDER BY random()
            LIMIT most;
        END
    """)
    op.execute("CREATE INDEX idx_messages_whatsapp_id ON messages(whatsapp_message_id)")
    op.execute("CREATE INDEX idx_messages_conversation ON messages(conversation_id, created_at DESC)")
    op.execute("CREATE INDEX idx_conversations_organization ON conversations(organization_id)")
    op.execute("CREATE INDEX idx_contacts_whatsapp_id ON contacts(organization_id, whatsapp_id)")
    op.execute("CREATE INDEX idx_contacts_organization ON contacts(organization_id)")
