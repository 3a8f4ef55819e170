"""Templates in step with Meta: what it has, what we changed since, what it is asked, and what it said when."""

from alembic import op

revision = "057"
down_revision = "056"
branch_labels = None
depends_on = None

STATUSES = """
    'PENDING', 'APPROVED', 'REJECTED', 'PAUSED', 'DISABLED',
    'IN_APPEAL', 'LIMIT_EXCEEDED', 'ARCHIVED', 'PENDING_DELETION', 'DELETED',
    'FLAGGED', 'REINSTATED', 'LOCKED', 'UNARCHIVED'
"""
CATEGORIES = "'MARKETING', 'UTILITY', 'AUTHENTICATION'"


NODES = """
    'start', 'message', 'question', 'condition', 'action', 'api_call', 'ai_prompt', 'jump', 'end', 'handoff'
"""


def upgrade() -> None:
    let_nodes_be(f"{NODES}, 'template'")
    widen_templates()
    create_history()
    create_syncs()
    create_lookup()


def widen_templates() -> None:
    # A template belongs to a business account; all its numbers send it. So the account is its key, and a number
    # that leaves takes no template along.
    op.execute(f"""
        ALTER TABLE whatsapp_templates
            ADD COLUMN whatsapp_business_account_id VARCHAR(255),
            ADD COLUMN parameter_format VARCHAR(20) NOT NULL DEFAULT 'POSITIONAL'
                CHECK (parameter_format IN ('POSITIONAL', 'NAMED')),
            ADD COLUMN components JSONB NOT NULL DEFAULT '[]',
            ADD COLUMN draft JSONB,
            ADD COLUMN call VARCHAR(20) CHECK (call IN ('create', 'edit', 'delete')),
            ADD COLUMN call_state VARCHAR(20) CHECK (call_state IN ('pending', 'calling', 'unknown')),
            ADD COLUMN call_started_at TIMESTAMP WITH TIME ZONE,
            ADD COLUMN call_not_before TIMESTAMP WITH TIME ZONE,
            ADD COLUMN call_tries INTEGER NOT NULL DEFAULT 0,
            ADD COLUMN refusal JSONB,
            ADD COLUMN previous_category VARCHAR(50) CHECK (previous_category IN ({CATEGORIES})),
            ADD COLUMN correct_category VARCHAR(50) CHECK (correct_category IN ({CATEGORIES})),
            ADD COLUMN category_changes_at TIMESTAMP WITH TIME ZONE,
            ADD COLUMN status_told_at TIMESTAMP WITH TIME ZONE,
            ADD COLUMN category_told_at TIMESTAMP WITH TIME ZONE,
            ADD COLUMN quality_told_at TIMESTAMP WITH TIME ZONE,
            ADD COLUMN components_told_at TIMESTAMP WITH TIME ZONE,
            ADD COLUMN missing_since TIMESTAMP WITH TIME ZONE,
            ADD COLUMN deleted_at TIMESTAMP WITH TIME ZONE,
            ADD CONSTRAINT whatsapp_templates_call_whole_check CHECK ((call IS NULL) = (call_state IS NULL))
    """)
    op.execute("""
        UPDATE whatsapp_templates t SET whatsapp_business_account_id = COALESCE(
            (SELECT n.whatsapp_business_account_id FROM whatsapp_numbers n
             WHERE n.id = t.whatsapp_number_id AND n.organization_id = t.organization_id), '')
    """)
    op.execute("ALTER TABLE whatsapp_templates ALTER COLUMN whatsapp_business_account_id SET NOT NULL")
    set_statuses(f"'DRAFT', {STATUSES}")
    op.execute("ALTER TABLE whatsapp_templates DROP CONSTRAINT whatsapp_templates_name_key")
    op.execute("""
        CREATE UNIQUE INDEX whatsapp_templates_name_key
        ON whatsapp_templates(organization_id, whatsapp_business_account_id, name, language)
        WHERE deleted_at IS NULL
    """)
    op.execute("""
        CREATE INDEX idx_templates_meta_template
        ON whatsapp_templates(organization_id, meta_template_id) WHERE meta_template_id IS NOT NULL
    """)
    op.execute("""
        CREATE INDEX idx_templates_calls
        ON whatsapp_templates(organization_id, call_not_before) WHERE call_state IS NOT NULL
    """)
    forget_with_number("SET NULL (whatsapp_number_id)")


def set_statuses(statuses: str) -> None:
    op.execute("ALTER TABLE whatsapp_templates DROP CONSTRAINT whatsapp_templates_meta_status_check")
    op.execute(f"""
        ALTER TABLE whatsapp_templates ADD CONSTRAINT whatsapp_templates_meta_status_check
        CHECK (meta_status IN ({statuses}))
    """)


def forget_with_number(deed: str) -> None:
    op.execute("""
        ALTER TABLE whatsapp_templates DROP CONSTRAINT
            whatsapp_templates_organization_id_whatsapp_number_id_fkey
    """)
    op.execute(f"""
        ALTER TABLE whatsapp_templates ADD FOREIGN KEY (organization_id, whatsapp_number_id)
        REFERENCES whatsapp_numbers(organization_id, id) ON DELETE {deed}
    """)


def create_history() -> None:
    # `key` is what makes it the same news again; rows without one are ours.
    op.execute("""
        CREATE TABLE whatsapp_template_history (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            template_id UUID NOT NULL,
            kind VARCHAR(30) NOT NULL CHECK (kind IN (
                'status', 'category', 'category_impending', 'quality', 'components',
                'submitted', 'edited', 'refused', 'missing', 'found'
            )),
            source VARCHAR(20) NOT NULL CHECK (source IN ('webhook', 'sync', 'answer')),
            value VARCHAR(255),
            reason TEXT,
            details JSONB NOT NULL DEFAULT '{}',
            key VARCHAR(64),
            happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, template_id, key),
            FOREIGN KEY (organization_id, template_id) REFERENCES whatsapp_templates(organization_id, id)
                ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX idx_whatsapp_template_history_happened
        ON whatsapp_template_history(organization_id, template_id, happened_at DESC, id DESC)
    """)
    op.execute("SELECT protect_tenant_table('whatsapp_template_history')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON whatsapp_template_history TO pytake_app")


def create_syncs() -> None:
    op.execute("""
        CREATE TABLE whatsapp_template_syncs (
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
            whatsapp_business_account_id VARCHAR(255) NOT NULL,
            state VARCHAR(20) NOT NULL DEFAULT 'idle' CHECK (state IN ('idle', 'wanted', 'running')),
            not_before TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            started_at TIMESTAMP WITH TIME ZONE,
            finished_at TIMESTAMP WITH TIME ZONE,
            fetched INTEGER NOT NULL DEFAULT 0,
            tries INTEGER NOT NULL DEFAULT 0,
            error TEXT,

            PRIMARY KEY (organization_id, whatsapp_business_account_id)
        )
    """)
    op.execute("CREATE INDEX idx_whatsapp_template_syncs_due ON whatsapp_template_syncs(not_before)")
    op.execute("SELECT protect_tenant_table('whatsapp_template_syncs')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON whatsapp_template_syncs TO pytake_app")
    op.execute("""
        INSERT INTO whatsapp_template_syncs (organization_id, whatsapp_business_account_id)
        SELECT DISTINCT organization_id, whatsapp_business_account_id FROM whatsapp_numbers
        WHERE deleted_at IS NULL AND whatsapp_business_account_id IS NOT NULL
    """)


def create_lookup() -> None:
    op.execute("""
        CREATE FUNCTION organizations_with_template_work(most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT due.organization_id FROM (
                SELECT t.organization_id FROM whatsapp_templates t
                WHERE t.call_state IS NOT NULL AND t.call_not_before <= now()
                UNION
                SELECT s.organization_id FROM whatsapp_template_syncs s WHERE s.not_before <= now()
            ) AS due
            ORDER BY random() LIMIT most;
        END
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION organizations_with_template_work FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION organizations_with_template_work TO pytake_app")


def let_nodes_be(kinds: str) -> None:
    op.execute("ALTER TABLE nodes DROP CONSTRAINT nodes_type_check")
    op.execute(f"ALTER TABLE nodes ADD CONSTRAINT nodes_type_check CHECK (type IN ({kinds}))")


def downgrade() -> None:
    op.execute("DELETE FROM nodes WHERE type = 'template'")
    let_nodes_be(NODES)
    op.execute("DROP FUNCTION organizations_with_template_work")
    op.execute("DROP TABLE whatsapp_template_syncs, whatsapp_template_history")
    op.execute("DELETE FROM whatsapp_templates WHERE meta_status = 'DRAFT' OR deleted_at IS NOT NULL")
    set_statuses(STATUSES)
    forget_with_number("CASCADE")
    op.execute("DROP INDEX idx_templates_calls, idx_templates_meta_template, whatsapp_templates_name_key")
    op.execute("""
        ALTER TABLE whatsapp_templates
            DROP COLUMN whatsapp_business_account_id, DROP COLUMN parameter_format, DROP COLUMN components,
            DROP COLUMN draft, DROP COLUMN call, DROP COLUMN call_state, DROP COLUMN call_started_at,
            DROP COLUMN call_not_before, DROP COLUMN call_tries, DROP COLUMN refusal,
            DROP COLUMN previous_category, DROP COLUMN correct_category, DROP COLUMN category_changes_at,
            DROP COLUMN status_told_at, DROP COLUMN category_told_at, DROP COLUMN quality_told_at,
            DROP COLUMN components_told_at, DROP COLUMN missing_since, DROP COLUMN deleted_at,
            ADD CONSTRAINT whatsapp_templates_name_key
                UNIQUE NULLS NOT DISTINCT (organization_id, whatsapp_number_id, name, language)
    """)
