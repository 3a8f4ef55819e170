"""The talks with contacts, and where a bot stands in each."""

from alembic import op

revision = "006"
down_revision = "005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_conversations()
    index_conversations()
    create_flow_runs()
    create_flow_timers()
    create_quick_replies()
    create_lookups()


def create_conversations() -> None:
    op.execute("""
        CREATE TABLE conversations (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
            contact_id UUID NOT NULL,
            chatbot_id UUID,

            whatsapp_number_id UUID,

            status VARCHAR(50) NOT NULL DEFAULT 'open'
                CHECK (status IN ('waiting_in_queue', 'open', 'pending', 'assigned', 'resolved', 'closed')),

            department_id UUID,
            assigned_to UUID,
            assigned_at TIMESTAMP WITH TIME ZONE,

            entered_queue_at TIMESTAMP WITH TIME ZONE,
            pulled_from_queue_at TIMESTAMP WITH TIME ZONE,
            queue_position INTEGER,

            is_bot_active BOOLEAN NOT NULL DEFAULT true,
            handoff_at TIMESTAMP WITH TIME ZONE,
            handoff_reason TEXT,

            -- What flow_runs.state says, for whoever looks at the conversation.
            current_flow_id UUID,
            current_node_id UUID,
            flow_variables JSONB NOT NULL DEFAULT '{}',

            last_customer_message_at TIMESTAMP WITH TIME ZONE,
            twenty_four_hour_window_expires_at TIMESTAMP WITH TIME ZONE,
            can_send_free_form BOOLEAN NOT NULL DEFAULT false,

            first_message_at TIMESTAMP WITH TIME ZONE,
            last_message_at TIMESTAMP WITH TIME ZONE,
            resolved_at TIMESTAMP WITH TIME ZONE,
            response_time_avg INTEGER,
            message_count INTEGER NOT NULL DEFAULT 0,

            tags TEXT[] NOT NULL DEFAULT '{}',
            notes TEXT,
            priority VARCHAR(20) NOT NULL DEFAULT 'normal'
                CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
            satisfaction_rating INTEGER CHECK (satisfaction_rating BETWEEN 1 AND 5),

            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, contact_id) REFERENCES contacts(organization_id, id)
                ON DELETE CASCADE,
            FOREIGN KEY (organization_id, chatbot_id) REFERENCES chatbots(organization_id, id)
                ON DELETE SET NULL (chatbot_id),
            FOREIGN KEY (organization_id, whatsapp_number_id) REFERENCES whatsapp_numbers(organization_id, id)
                ON DELETE SET NULL (whatsapp_number_id),
            FOREIGN KEY (organization_id, department_id) REFERENCES departments(organization_id, id)
                ON DELETE SET NULL (department_id),
            FOREIGN KEY (organization_id, assigned_to) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (assigned_to),
            FOREIGN KEY (organization_id, current_flow_id) REFERENCES flows(organization_id, id)
                ON DELETE SET NULL (current_flow_id),
            FOREIGN KEY (organization_id, current_node_id) REFERENCES nodes(organization_id, id)
                ON DELETE SET NULL (current_node_id)
        )
    """)
    op.execute("SELECT protect_tenant_table('conversations')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON conversations TO pytake_app")


def index_conversations() -> None:
    # One live conversation per contact and number, however many messages arrive at once.
    op.execute("""
        CREATE UNIQUE INDEX conversations_live_key
        ON conversations(organization_id, contact_id, whatsapp_number_id) NULLS NOT DISTINCT
        WHERE status NOT IN ('resolved', 'closed')
    """)
    op.execute("CREATE INDEX idx_conversations_organization ON conversations(organization_id)")
    op.execute("CREATE INDEX idx_conversations_contact ON conversations(contact_id)")
    op.execute("CREATE INDEX idx_conversations_status ON conversations(organization_id, status)")
    op.execute("CREATE INDEX idx_conversations_assigned ON conversations(assigned_to)")
    op.execute("CREATE INDEX idx_conversations_department ON conversations(department_id)")
    op.execute("CREATE INDEX idx_conversations_whatsapp_number ON conversations(whatsapp_number_id)")
    op.execute("""
        CREATE INDEX idx_conversations_queue ON conversations(department_id, status)
        WHERE status = 'waiting_in_queue'
    """)
    op.execute("""
        CREATE INDEX idx_conversations_last_message
        ON conversations(organization_id, last_message_at DESC, id DESC)
    """)
    op.execute("""
        CREATE INDEX idx_conversations_live
        ON conversations(organization_id, last_message_at DESC, id DESC)
        WHERE status NOT IN ('resolved', 'closed')
    """)
    op.execute("""
        CREATE INDEX idx_conversations_24h_window
        ON conversations(organization_id, twenty_four_hour_window_expires_at)
        WHERE twenty_four_hour_window_expires_at IS NOT NULL
    """)


def create_flow_runs() -> None:
    op.execute("""
        CREATE TABLE flow_runs (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            conversation_id UUID NOT NULL,
            contact_id UUID NOT NULL,
            chatbot_id UUID,
            flow_id UUID,
            flow_version_id UUID NOT NULL,

            status VARCHAR(20) NOT NULL DEFAULT 'waiting'
                CHECK (status IN ('waiting', 'completed', 'failed', 'interrupted', 'expired', 'handed_off')),
            state JSONB NOT NULL DEFAULT '{}',
            step_no INTEGER NOT NULL DEFAULT 0,
            waiting_kind VARCHAR(32),

            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            finished_at TIMESTAMP WITH TIME ZONE,

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations(organization_id, id)
                ON DELETE CASCADE,
            FOREIGN KEY (organization_id, contact_id) REFERENCES contacts(organization_id, id)
                ON DELETE CASCADE,
            FOREIGN KEY (organization_id, chatbot_id) REFERENCES chatbots(organization_id, id)
                ON DELETE SET NULL (chatbot_id),
            FOREIGN KEY (organization_id, flow_id) REFERENCES flows(organization_id, id)
                ON DELETE SET NULL (flow_id),
            FOREIGN KEY (organization_id, flow_version_id) REFERENCES flow_versions(organization_id, id)
                ON DELETE CASCADE
        ) WITH (fillfactor = 80)
    """)
    # At most one run of a conversation waits for an answer.
    op.execute("""
        CREATE UNIQUE INDEX flow_runs_waiting_key ON flow_runs(conversation_id) WHERE status = 'waiting'
    """)
    op.execute("CREATE INDEX idx_flow_runs_conversation ON flow_runs(conversation_id)")
    op.execute("CREATE INDEX idx_flow_runs_updated ON flow_runs(organization_id, updated_at)")
    op.execute("SELECT protect_tenant_table('flow_runs')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON flow_runs TO pytake_app")


def create_flow_timers() -> None:
    op.execute("""
        CREATE TABLE flow_timers (
            run_id UUID PRIMARY KEY,
            organization_id UUID NOT NULL,
            fire_at TIMESTAMP WITH TIME ZONE NOT NULL,
            token VARCHAR(64) NOT NULL,

            FOREIGN KEY (organization_id, run_id) REFERENCES flow_runs(organization_id, id) ON DELETE CASCADE
        )
    """)
    op.execute("CREATE INDEX idx_flow_timers_fire ON flow_timers(fire_at)")
    op.execute("CREATE INDEX idx_flow_timers_organization ON flow_timers(organization_id, fire_at)")
    op.execute("SELECT protect_tenant_table('flow_timers')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON flow_timers TO pytake_app")


def create_quick_replies() -> None:
    op.execute("""
        CREATE TABLE quick_replies (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,

            shortcut VARCHAR(50) NOT NULL,
            title VARCHAR(255) NOT NULL,
            content TEXT NOT NULL,

            media_url TEXT,
            media_type VARCHAR(50),

            usage_count INTEGER NOT NULL DEFAULT 0,

            is_global BOOLEAN NOT NULL DEFAULT true,
            created_by UUID,

            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, shortcut),
            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (created_by)
        )
    """)
    op.execute("CREATE INDEX idx_quick_replies_organization ON quick_replies(organization_id)")
    op.execute("CREATE INDEX idx_quick_replies_global ON quick_replies(organization_id, is_global)")
    op.execute("SELECT protect_tenant_table('quick_replies')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON quick_replies TO pytake_app")


def create_lookups() -> None:
    # Its cost is the number of organizations with a timer, not of timers.
    op.execute("""
        CREATE FUNCTION organizations_with_due_timers(most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH RECURSIVE known (organization_id) AS (
                (SELECT t.organization_id FROM flow_timers t ORDER BY t.organization_id LIMIT 1)
                UNION ALL
                SELECT (SELECT t.organization_id FROM flow_timers t
                        WHERE t.organization_id > known.organization_id ORDER BY t.organization_id LIMIT 1)
                FROM known WHERE known.organization_id IS NOT NULL
            )
            SELECT known.organization_id
            FROM known
            WHERE known.organization_id IS NOT NULL
              AND EXISTS (
                  SELECT FROM flow_timers t
                  WHERE t.organization_id = known.organization_id AND t.fire_at <= now())
            ORDER BY random()
            LIMIT most;
        END
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION organizations_with_due_timers FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION organizations_with_due_timers TO pytake_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION organizations_with_due_timers")
    op.execute("DROP TABLE quick_replies, flow_timers, flow_runs, conversations")
