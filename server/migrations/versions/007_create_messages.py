"""What is said, and what is about to leave."""

from alembic import op

revision = "007"
down_revision = "006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_messages()
    create_partitions()
    create_message_ids()
    create_outbox()
    create_outbox_lookup()


def create_messages() -> None:
    # whatsapp_number_id and contact_id have no foreign keys: this is the hottest table, the conversation's
    # key already ties the message to its tenant, and a contact's messages leave with its conversations.
    op.execute("""
        CREATE TABLE messages (
            id UUID NOT NULL DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            conversation_id UUID NOT NULL,
            whatsapp_number_id UUID,
            contact_id UUID,

            direction VARCHAR(10) NOT NULL CHECK (direction IN ('inbound', 'outbound')),
            sender_type VARCHAR(20)
                CHECK (sender_type IN ('contact', 'bot', 'agent', 'system', 'api', 'campaign', 'phone')),
            sender_id UUID,

            whatsapp_message_id VARCHAR(600),

            type VARCHAR(50) NOT NULL DEFAULT 'text' CHECK (type IN (
                'text', 'image', 'video', 'audio', 'document',
                'location', 'contacts', 'button', 'list', 'template',
                'sticker', 'reaction', 'interactive', 'order', 'system', 'unsupported', 'note'
            )),
            content JSONB NOT NULL,

            status VARCHAR(20) NOT NULL DEFAULT 'pending' CHECK (status IN (
                'pending', 'sent', 'delivered', 'read', 'failed',
                'received', 'sending', 'accepted', 'played', 'unknown', 'deleted'
            )),
            error_code INTEGER,
            error_message TEXT,

            sent_at TIMESTAMP WITH TIME ZONE,
            delivered_at TIMESTAMP WITH TIME ZONE,
            read_at TIMESTAMP WITH TIME ZONE,
            failed_at TIMESTAMP WITH TIME ZONE,

            metadata JSONB NOT NULL DEFAULT '{}',
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            PRIMARY KEY (id, created_at),
            FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations(organization_id, id)
                ON DELETE CASCADE,
            FOREIGN KEY (organization_id, sender_id) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (sender_id)
        ) PARTITION BY RANGE (created_at)
    """)
    op.execute("CREATE INDEX idx_messages_conversation ON messages(conversation_id, created_at DESC)")
    op.execute("CREATE INDEX idx_messages_whatsapp_id ON messages(whatsapp_message_id)")
    # What waits to be sent is in the outbox; of the statuses, only failure is looked for. An index on the
    # status itself would make each of the three updates of an outbound message rewrite every index.
    op.execute("""
        CREATE INDEX idx_messages_status ON messages(organization_id, failed_at DESC)
        WHERE direction = 'outbound' AND failed_at IS NOT NULL
    """)
    # Unique by nature; saying so lets a foreign key to a message include the tenant.
    op.execute("CREATE UNIQUE INDEX idx_messages_created ON messages(organization_id, created_at DESC, id)")
    op.execute("SELECT protect_tenant_table('messages')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON messages TO pytake_app")


def create_partitions() -> None:
    op.execute("CREATE TABLE messages_default PARTITION OF messages DEFAULT WITH (fillfactor = 70)")
    op.execute("SELECT protect_tenant_table('messages_default')")
    # ATTACH lets readers and writers of the other months go on; CREATE … PARTITION OF would not. Locks are
    # taken in the order in which messages are written, and given up soon: the job tries again.
    # Rows leave the default partition by DELETE, at which campaign recipients (of a later migration) forget
    # their messages (ON DELETE SET NULL); so they are told again.
    op.execute("""
        CREATE FUNCTION make_message_partition(month date) RETURNS boolean
        LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp
        SET timezone = 'UTC'
        SET lock_timeout = '1s'
        AS $$
        DECLARE
            partition_name text := 'messages_' || to_char(month, 'YYYY_MM');
            starts timestamptz := month;
            ends timestamptz := month + interval '1 month';
            recipients uuid[];
            messages_sent uuid[];
            times_sent timestamptz[];
        BEGIN
            IF to_regclass(partition_name) IS NOT NULL THEN
                RETURN false;
            END IF;
            LOCK TABLE users, conversations IN SHARE ROW EXCLUSIVE MODE;
            LOCK TABLE messages_default IN ACCESS EXCLUSIVE MODE;
            IF to_regclass(partition_name) IS NOT NULL THEN
                RETURN false;  -- by somebody we have just waited for
            END IF;
            IF to_regclass('campaign_recipients') IS NOT NULL THEN
                SELECT array_agg(r.id), array_agg(r.message_id), array_agg(r.message_created_at)
                INTO recipients, messages_sent, times_sent
                FROM campaign_recipients r
                JOIN messages_default m ON m.id = r.message_id AND m.created_at = r.message_created_at
                WHERE m.created_at >= starts AND m.created_at < ends;
            END IF;
            EXECUTE format(
                'CREATE TABLE public.%I (LIKE messages INCLUDING DEFAULTS INCLUDING CONSTRAINTS)'
                ' WITH (fillfactor = 70)',
                partition_name);
            EXECUTE format(
                'WITH moved AS ('
                ' DELETE FROM messages_default WHERE created_at >= $1 AND created_at < $2 RETURNING *)'
                ' INSERT INTO %I SELECT * FROM moved', partition_name)
            USING starts, ends;
            EXECUTE format(
                'ALTER TABLE messages ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                partition_name, starts, ends);
            PERFORM protect_tenant_table(partition_name::regclass);
            IF recipients IS NOT NULL THEN
                UPDATE campaign_recipients r
                SET message_id = known.message_id, message_created_at = known.message_created_at
                FROM unnest(recipients, messages_sent, times_sent) AS known (id, message_id, message_created_at)
                WHERE r.id = known.id;
            END IF;
            RETURN true;
        END
        $$
    """)
    op.execute("""
        CREATE FUNCTION make_message_partitions(months_ahead integer) RETURNS integer
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        SET timezone = 'UTC'
        AS $$
        DECLARE
            made integer := 0;
            month date;
        BEGIN
            FOR month IN
                SELECT generate_series(
                    date_trunc('month', now()),
                    date_trunc('month', now()) + make_interval(months => LEAST(months_ahead, 120)),
                    interval '1 month')
            LOOP
                made := made + make_message_partition(month)::integer;
            END LOOP;
            RETURN made;
        END
        $$
    """)
    for function in ("make_message_partition", "make_message_partitions"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION make_message_partitions TO pytake_app")
    op.execute("SELECT make_message_partitions(2)")


def create_message_ids() -> None:
    # Which WhatsApp ids are known. A partitioned table can only be unique together with its time.
    op.execute("""
        CREATE TABLE message_ids (
            organization_id UUID NOT NULL,
            whatsapp_number_id UUID NOT NULL,
            whatsapp_message_id VARCHAR(600) NOT NULL,
            message_id UUID NOT NULL,
            message_created_at TIMESTAMP WITH TIME ZONE NOT NULL,

            PRIMARY KEY (whatsapp_number_id, whatsapp_message_id)
        )
    """)
    op.execute("CREATE INDEX idx_message_ids_message ON message_ids(message_id)")
    op.execute("SELECT protect_tenant_table('message_ids')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON message_ids TO pytake_app")


def create_outbox() -> None:
    # A row waits here until the outcome of its send is recorded. No index on what a claim changes, and room
    # on the page: a claim then rewrites no index (heap-only tuple).
    op.execute("""
        CREATE TABLE outbox (
            message_id UUID PRIMARY KEY,
            message_created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            organization_id UUID NOT NULL,
            whatsapp_number_id UUID NOT NULL,
            conversation_id UUID NOT NULL,
            contact_id UUID NOT NULL,
            position BIGINT GENERATED ALWAYS AS IDENTITY,
            priority SMALLINT NOT NULL DEFAULT 0,
            state VARCHAR(10) NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sending')),
            attempts INTEGER NOT NULL DEFAULT 0,
            not_before TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            claimed_at TIMESTAMP WITH TIME ZONE,
            is_template BOOLEAN NOT NULL DEFAULT false,
            last_error TEXT,

            -- The customer's message this one answers: marked as read when this one goes out.
            reads_whatsapp_id VARCHAR(600),

            FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations(organization_id, id)
                ON DELETE CASCADE,
            FOREIGN KEY (organization_id, whatsapp_number_id) REFERENCES whatsapp_numbers(organization_id, id)
                ON DELETE CASCADE
        ) WITH (
            fillfactor = 70,
            autovacuum_vacuum_scale_factor = 0.0,
            autovacuum_vacuum_threshold = 2000,
            autovacuum_analyze_scale_factor = 0.0,
            autovacuum_analyze_threshold = 5000,
            autovacuum_vacuum_cost_delay = 0,
            vacuum_truncate = false
        )
    """)
    op.execute("""
        CREATE INDEX idx_outbox_number ON outbox(organization_id, whatsapp_number_id, priority, position)
    """)
    op.execute("CREATE INDEX idx_outbox_conversation ON outbox(conversation_id, position)")
    op.execute("SELECT protect_tenant_table('outbox')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO pytake_app")


def create_outbox_lookup() -> None:
    # A number whose sending was stopped has nothing due until somebody has mended it.
    op.execute("""
        CREATE FUNCTION numbers_with_outbox(most integer)
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
    # Sends nobody has told us about; the outbox is small, so it is read whole.
    op.execute("""
        CREATE FUNCTION organizations_with_unknown_sends(silence double precision, most integer)
        RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT DISTINCT o.organization_id FROM outbox o
            WHERE o.state = 'sending' AND o.claimed_at < now() - make_interval(secs => silence)
            LIMIT most;
        END
    """)
    for function in ("numbers_with_outbox", "organizations_with_unknown_sends"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO pytake_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION organizations_with_unknown_sends, numbers_with_outbox")
    op.execute("DROP TABLE outbox, message_ids")
    op.execute("DROP FUNCTION make_message_partitions, make_message_partition")
    op.execute("DROP TABLE messages")
