"""The webhooks that call us, until they are applied; the webhooks we call, and how each call went."""

from alembic import op

revision = "011"
down_revision = "010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_inbound_events()
    create_inbound_drains()
    create_inbound_functions()
    create_webhooks()
    create_webhook_deliveries()


def create_inbound_events() -> None:
    # Deliveries as they came, until they are applied. No foreign keys: store_inbound takes the organization
    # from the channel's own row, and every check would lock that row for each delivery.
    op.execute("""
        CREATE TABLE inbound_events (
            id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            organization_id UUID NOT NULL,
            channel_id UUID NOT NULL,
            body BYTEA NOT NULL,
            received_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            status VARCHAR(20) NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'waiting', 'parked')),
            attempts INTEGER NOT NULL DEFAULT 0,
            reason TEXT,
            waiting_for VARCHAR(600)
        ) WITH (
            autovacuum_vacuum_scale_factor = 0.0,
            autovacuum_vacuum_threshold = 2000,
            autovacuum_analyze_scale_factor = 0.0,
            autovacuum_analyze_threshold = 5000,
            autovacuum_vacuum_insert_scale_factor = 0.0,
            autovacuum_vacuum_insert_threshold = 10000,
            autovacuum_vacuum_cost_delay = 0,
            vacuum_truncate = false
        )
    """)
    op.execute("""
        CREATE INDEX idx_inbound_events_pending ON inbound_events(organization_id, id) WHERE status = 'pending'
    """)
    op.execute("""
        CREATE INDEX idx_inbound_events_waiting ON inbound_events(organization_id, waiting_for)
        WHERE status = 'waiting'
    """)
    op.execute("""
        CREATE INDEX idx_inbound_events_parked ON inbound_events(organization_id, id) WHERE status = 'parked'
    """)
    op.execute("SELECT protect_tenant_table('inbound_events')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON inbound_events TO pytake_app")


def create_inbound_drains() -> None:
    # Which deliveries are being applied right now: what a drain that died leaves behind.
    op.execute("""
        CREATE TABLE inbound_drains (
            organization_id UUID PRIMARY KEY,
            first_id BIGINT,
            last_id BIGINT,
            careful_until BIGINT,
            started_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
        ) WITH (fillfactor = 50)
    """)
    op.execute("SELECT protect_tenant_table('inbound_drains')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON inbound_drains TO pytake_app")


def create_inbound_functions() -> None:
    # A channel that was deleted a moment ago has nobody to deliver to: its bodies are left out.
    op.execute("""
        CREATE FUNCTION store_inbound(channel_ids uuid[], bodies bytea[]) RETURNS SETOF uuid
        LANGUAGE sql VOLATILE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH stored AS (
                INSERT INTO inbound_events (organization_id, channel_id, body)
                SELECT c.organization_id, c.id, arrived.body
                FROM unnest(channel_ids, bodies) WITH ORDINALITY AS arrived (channel_id, body, place)
                JOIN channels c ON c.id = arrived.channel_id
                ORDER BY arrived.place
                RETURNING inbound_events.organization_id
            )
            SELECT DISTINCT stored.organization_id FROM stored;
        END
    """)
    # Its cost is the number of organizations with something pending, not of deliveries.
    op.execute("""
        CREATE FUNCTION organizations_with_inbound(most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH RECURSIVE known (organization_id) AS (
                (SELECT e.organization_id FROM inbound_events e
                 WHERE e.status = 'pending' ORDER BY e.organization_id LIMIT 1)
                UNION ALL
                SELECT (SELECT e.organization_id FROM inbound_events e
                        WHERE e.status = 'pending' AND e.organization_id > known.organization_id
                        ORDER BY e.organization_id LIMIT 1)
                FROM known WHERE known.organization_id IS NOT NULL
            )
            SELECT known.organization_id FROM known
            WHERE known.organization_id IS NOT NULL
            ORDER BY random()
            LIMIT most;
        END
    """)
    # Whatever waited for a message that is known by now may be applied; the organizations are answered. Only
    # young rows are asked about: it takes moments for a message to be known, or else it is not ours.
    op.execute("""
        CREATE FUNCTION wake_waiting(most integer) RETURNS SETOF uuid
        LANGUAGE sql VOLATILE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH known AS (
                SELECT e.id FROM inbound_events e
                WHERE e.status = 'waiting' AND e.received_at > now() - interval '1 hour' AND EXISTS (
                    SELECT FROM message_ids i
                    JOIN whatsapp_numbers n ON n.id = i.whatsapp_number_id
                    WHERE n.organization_id = e.organization_id
                      AND i.whatsapp_message_id = e.waiting_for)
                ORDER BY e.id LIMIT most FOR UPDATE OF e SKIP LOCKED
            ), woken AS (
                UPDATE inbound_events e SET status = 'pending', waiting_for = NULL, reason = NULL
                FROM known WHERE e.id = known.id
                RETURNING e.organization_id
            )
            SELECT DISTINCT woken.organization_id FROM woken;
        END
    """)
    # Statuses of messages that another app sent wait for ever: Meta itself gives up after so many days.
    op.execute("""
        CREATE FUNCTION forget_waiting(days integer, most integer) RETURNS bigint
        LANGUAGE sql VOLATILE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH old AS (
                SELECT e.id FROM inbound_events e
                WHERE e.status = 'waiting' AND e.received_at < now() - make_interval(days => days)
                ORDER BY e.id LIMIT most FOR UPDATE SKIP LOCKED
            ), gone AS (
                DELETE FROM inbound_events e USING old WHERE e.id = old.id RETURNING e.id
            )
            SELECT count(*) FROM gone;
        END
    """)
    for function in ("store_inbound", "organizations_with_inbound", "wake_waiting", "forget_waiting"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO pytake_app")


def create_webhooks() -> None:
    op.execute("""
        CREATE TABLE webhooks (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,

            name VARCHAR(255) NOT NULL,
            url TEXT NOT NULL,
            -- Encrypted, like every secret that is read back.
            secret VARCHAR(255),

            events TEXT[] NOT NULL DEFAULT '{}',

            is_active BOOLEAN NOT NULL DEFAULT true,

            max_retries INTEGER NOT NULL DEFAULT 3,
            retry_delay_seconds INTEGER NOT NULL DEFAULT 60,

            total_deliveries INTEGER NOT NULL DEFAULT 0,
            failed_deliveries INTEGER NOT NULL DEFAULT 0,
            last_delivery_at TIMESTAMP WITH TIME ZONE,
            last_delivery_status VARCHAR(50),

            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id)
        )
    """)
    op.execute("CREATE INDEX idx_webhooks_organization ON webhooks(organization_id)")
    op.execute("CREATE INDEX idx_webhooks_active ON webhooks(organization_id, is_active)")
    op.execute("SELECT protect_tenant_table('webhooks')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks TO pytake_app")


def create_webhook_deliveries() -> None:
    op.execute("""
        CREATE TABLE webhook_deliveries (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            webhook_id UUID NOT NULL,

            event_type VARCHAR(100) NOT NULL,
            payload JSONB NOT NULL,

            status_code INTEGER,
            response_body TEXT,
            response_time_ms INTEGER,

            attempt_number INTEGER NOT NULL DEFAULT 1,
            success BOOLEAN NOT NULL DEFAULT false,
            error_message TEXT,

            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, webhook_id) REFERENCES webhooks(organization_id, id)
                ON DELETE CASCADE
        )
    """)
    op.execute(
        "CREATE INDEX idx_webhook_deliveries_webhook ON webhook_deliveries(webhook_id, created_at DESC)"
    )
    op.execute("CREATE INDEX idx_webhook_deliveries_success ON webhook_deliveries(organization_id, success)")
    op.execute("SELECT protect_tenant_table('webhook_deliveries')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_deliveries TO pytake_app")


def downgrade() -> None:
    op.execute("DROP TABLE webhook_deliveries, webhooks")
    op.execute("DROP FUNCTION forget_waiting, wake_waiting, organizations_with_inbound, store_inbound")
    op.execute("DROP TABLE inbound_drains, inbound_events")
