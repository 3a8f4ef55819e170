"""The indexes that the busiest screens live on, and what leaves with an organization."""

from alembic import op

revision = "012"
down_revision = "011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE INDEX idx_conversations_agent_open ON conversations(assigned_to, status)
        WHERE status IN ('open', 'pending', 'assigned')
    """)
    # Without the content: an index row holds 2.7 kB at most, a message 4096 characters.
    op.execute("""
        CREATE INDEX idx_messages_recent ON messages(conversation_id, created_at DESC)
        INCLUDE (type, direction)
    """)
    op.execute("""
        CREATE INDEX idx_conversations_analytics ON conversations(organization_id, created_at, status)
    """)
    op.execute("""
        CREATE INDEX idx_contacts_search ON contacts USING gin (trigrams(organization_id, search_text))
    """)
    create_contact_search()
    forget_organizations_whole()


def create_contact_search() -> None:
    # As SECURITY DEFINER, because behind row level security no GIN index can be used: its operators are not
    # leakproof. The tenant is the transaction's, never an argument. Something shorter than a trigram must
    # begin a word.
    op.execute("""
        CREATE FUNCTION find_contacts(wanted text) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH spelt AS (
                SELECT CASE
                    WHEN wanted ~ '^[0-9 ()+.-]*[0-9][0-9 ()+.-]*$' THEN regexp_replace(wanted, '[^0-9]', '', 'g')
                    ELSE fold(regexp_replace(btrim(wanted), '\\s+', ' ', 'g'))
                END AS folded
            ), sought AS MATERIALIZED (
                SELECT NULLIF(current_setting('app.org', true), '')::uuid AS organization_id,
                       CASE WHEN length(folded) < 3 THEN ' ' || folded ELSE folded END AS folded
                FROM spelt
            )
            SELECT c.id
            FROM contacts c, sought
            WHERE c.organization_id = sought.organization_id
              AND c.deleted_at IS NULL
              AND trigrams(c.organization_id, c.search_text) @> trigrams(sought.organization_id, sought.folded)
              AND strpos(c.search_text, sought.folded) > 0;
        END
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION find_contacts FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION find_contacts TO pytake_app")


def forget_organizations_whole() -> None:
    # The queues and the journal have no foreign keys, for speed; numbers hold on to their channel. What
    # would stay behind, or stand in the way, leaves before the organization's own cascade runs.
    op.execute("""
        CREATE FUNCTION forget_organization() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        AS $$
        BEGIN
            DELETE FROM inbound_drains WHERE organization_id = OLD.id;
            DELETE FROM inbound_events WHERE organization_id = OLD.id;
            DELETE FROM contacts WHERE organization_id = OLD.id;
            DELETE FROM message_ids WHERE organization_id = OLD.id;
            DELETE FROM whatsapp_numbers WHERE organization_id = OLD.id;
            DELETE FROM journal_cursors WHERE organization_id = OLD.id;
            DELETE FROM events WHERE organization_id = OLD.id;
            RETURN OLD;
        END
        $$
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION forget_organization FROM PUBLIC")
    op.execute("""
        CREATE TRIGGER organizations_leave_nothing
        BEFORE DELETE ON organizations FOR EACH ROW EXECUTE FUNCTION forget_organization()
    """)


def downgrade() -> None:
    op.execute("DROP TRIGGER organizations_leave_nothing ON organizations")
    op.execute("DROP FUNCTION forget_organization, find_contacts")
    op.execute("DROP INDEX idx_contacts_search, idx_conversations_analytics, idx_messages_recent")
    op.execute("DROP INDEX idx_conversations_agent_open")
