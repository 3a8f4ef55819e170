"""What a bot does: the drawing, its nodes, and what was published of it."""

from alembic import op

revision = "004"
down_revision = "003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_flows()
    create_flow_versions()
    create_nodes()


def create_flows() -> None:
    op.execute("""
        CREATE TABLE flows (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            chatbot_id UUID NOT NULL,

            -- NULL answers on every number of the organization.
            whatsapp_number_id UUID,

            name VARCHAR(255) NOT NULL,
            description TEXT,

            type VARCHAR(50) NOT NULL DEFAULT 'main' CHECK (type IN ('main', 'sub', 'template')),

            trigger_type VARCHAR(50) NOT NULL DEFAULT 'keyword'
                CHECK (trigger_type IN ('keyword', 'event', 'schedule', 'webhook')),
            trigger_keywords TEXT[] NOT NULL DEFAULT '{}',
            trigger_conditions JSONB NOT NULL DEFAULT '{}',

            is_active BOOLEAN NOT NULL DEFAULT true,
            version INTEGER NOT NULL DEFAULT 1,

            -- The draft.
            canvas_data JSONB NOT NULL DEFAULT '{"nodes": [], "edges": []}',
            published_version_id UUID,

            created_by UUID,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, chatbot_id) REFERENCES chatbots(organization_id, id)
                ON DELETE CASCADE,
            FOREIGN KEY (organization_id, whatsapp_number_id) REFERENCES whatsapp_numbers(organization_id, id)
                ON DELETE SET NULL (whatsapp_number_id),
            FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (created_by)
        )
    """)
    op.execute("CREATE INDEX idx_flows_chatbot ON flows(chatbot_id)")
    op.execute("CREATE INDEX idx_flows_type ON flows(chatbot_id, type)")
    op.execute("CREATE INDEX idx_flows_whatsapp_number ON flows(whatsapp_number_id)")
    op.execute("SELECT protect_tenant_table('flows')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON flows TO pytake_app")


def create_flow_versions() -> None:
    op.execute("""
        CREATE TABLE flow_versions (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            flow_id UUID NOT NULL,
            number INTEGER NOT NULL,

            canvas JSONB NOT NULL,
            program JSONB NOT NULL,
            content_hash VARCHAR(64) NOT NULL,
            schema_version INTEGER NOT NULL DEFAULT 1,

            published_by UUID,
            note TEXT,
            published_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (flow_id, number),
            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, flow_id) REFERENCES flows(organization_id, id) ON DELETE CASCADE,
            FOREIGN KEY (organization_id, published_by) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (published_by)
        )
    """)
    op.execute("""
        ALTER TABLE flows ADD FOREIGN KEY (organization_id, published_version_id)
        REFERENCES flow_versions(organization_id, id) ON DELETE SET NULL (published_version_id)
    """)
    # Runs pin a version, so it may never change under them. Only its author may be forgotten.
    op.execute("""
        CREATE FUNCTION refuse_to_change_a_flow_version() RETURNS trigger
        LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp
        AS $$
        BEGIN
            RAISE EXCEPTION 'flow version % is published and cannot change', OLD.id
                USING ERRCODE = 'restrict_violation';
        END
        $$
    """)
    op.execute("""
        CREATE TRIGGER flow_versions_are_immutable
        BEFORE UPDATE OF id, organization_id, flow_id, number, canvas, program, content_hash, schema_version,
                         note, published_at
        ON flow_versions FOR EACH ROW EXECUTE FUNCTION refuse_to_change_a_flow_version()
    """)
    op.execute("SELECT protect_tenant_table('flow_versions')")
    op.execute("GRANT SELECT, INSERT, DELETE ON flow_versions TO pytake_app")


def create_nodes() -> None:
    op.execute("""
        CREATE TABLE nodes (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            flow_id UUID NOT NULL,

            position_x DECIMAL(10,2),
            position_y DECIMAL(10,2),

            type VARCHAR(50) NOT NULL CHECK (type IN (
                'start', 'message', 'question', 'condition', 'action',
                'api_call', 'ai_prompt', 'jump', 'end', 'handoff'
            )),

            label VARCHAR(255),
            content JSONB NOT NULL DEFAULT '{}',

            next_node_id UUID,

            settings JSONB NOT NULL DEFAULT '{}',
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, flow_id) REFERENCES flows(organization_id, id) ON DELETE CASCADE,
            FOREIGN KEY (organization_id, next_node_id) REFERENCES nodes(organization_id, id)
                ON DELETE SET NULL (next_node_id)
        )
    """)
    op.execute("CREATE INDEX idx_nodes_flow ON nodes(flow_id)")
    op.execute("CREATE INDEX idx_nodes_type ON nodes(flow_id, type)")
    op.execute("""
        CREATE INDEX idx_nodes_next ON nodes(organization_id, next_node_id) WHERE next_node_id IS NOT NULL
    """)
    op.execute("SELECT protect_tenant_table('nodes')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON nodes TO pytake_app")


def downgrade() -> None:
    op.execute("DROP TABLE nodes")
    op.execute("ALTER TABLE flows DROP CONSTRAINT flows_organization_id_published_version_id_fkey")
    op.execute("DROP TABLE flow_versions, flows")
    op.execute("DROP FUNCTION refuse_to_change_a_flow_version")
