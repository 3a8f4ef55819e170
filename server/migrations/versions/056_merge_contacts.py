"""Two contacts that are one person: who was merged into whom, what came from whom, and what is only suspected."""

from alembic import op

revision = "056"
down_revision = "055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mark_contacts()
    create_merges()
    create_suggestions()
    create_lookup()


def mark_contacts() -> None:
    # `marketing_source`: who told what they want to be advertised to. `is_merged`: their messages say by which phone or user id they came, so that they can be told apart.
    op.execute("""
        ALTER TABLE contacts
            ADD COLUMN is_merged BOOLEAN NOT NULL DEFAULT false,
            ADD COLUMN merged_into UUID,
            ADD COLUMN marketing_source VARCHAR(20),
            ADD FOREIGN KEY (organization_id, merged_into) REFERENCES contacts(organization_id, id)
                ON DELETE SET NULL (merged_into)
    """)
    op.execute("CREATE INDEX idx_contacts_merged_into ON contacts(merged_into) WHERE merged_into IS NOT NULL")


def create_merges() -> None:
    op.execute("""
        CREATE TABLE contact_merges (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            kept_id UUID NOT NULL,
            gone_id UUID NOT NULL,
            reason VARCHAR(20) NOT NULL
                CHECK (reason IN ('same_person', 'same_phone', 'number_change', 'user_id_change', 'by_hand')),
            merged_by UUID,
            merged_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            undone_by UUID,
            undone_at TIMESTAMP WITH TIME ZONE,

            -- The kept contact before and after, and the rows that came from the other.
            before JSONB NOT NULL DEFAULT '{}',
            after JSONB NOT NULL DEFAULT '{}',
            moved JSONB NOT NULL DEFAULT '{}',

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, kept_id) REFERENCES contacts(organization_id, id) ON DELETE CASCADE,
            FOREIGN KEY (organization_id, gone_id) REFERENCES contacts(organization_id, id) ON DELETE CASCADE,
            FOREIGN KEY (organization_id, merged_by) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (merged_by),
            FOREIGN KEY (organization_id, undone_by) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (undone_by)
        )
    """)
    op.execute("""
        CREATE UNIQUE INDEX contact_merges_standing_key ON contact_merges(gone_id) WHERE undone_at IS NULL
    """)
    op.execute("CREATE INDEX idx_contact_merges_kept ON contact_merges(organization_id, kept_id, merged_at)")
    op.execute("SELECT protect_tenant_table('contact_merges')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON contact_merges TO pytake_app")


def create_suggestions() -> None:
    op.execute("""
        CREATE TABLE contact_merge_suggestions (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            one_id UUID NOT NULL,
            other_id UUID NOT NULL,
            reason VARCHAR(20) NOT NULL
                CHECK (reason IN ('same_person', 'same_phone', 'number_change', 'user_id_change', 'by_hand')),
            state VARCHAR(10) NOT NULL DEFAULT 'open'
                CHECK (state IN ('open', 'proven', 'accepted', 'dismissed')),

            -- Whose phone and user id are the person's now, and what they gave up with the change.
            shows_id UUID NOT NULL,
            given_up JSONB NOT NULL DEFAULT '[]',
            told_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            decided_by UUID,
            decided_at TIMESTAMP WITH TIME ZONE,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            -- The smaller id comes first.
            UNIQUE (organization_id, one_id, other_id),
            FOREIGN KEY (organization_id, one_id) REFERENCES contacts(organization_id, id) ON DELETE CASCADE,
            FOREIGN KEY (organization_id, other_id) REFERENCES contacts(organization_id, id) ON DELETE CASCADE,
            FOREIGN KEY (organization_id, decided_by) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (decided_by)
        )
    """)
    op.execute("""
        CREATE INDEX idx_contact_merge_suggestions_waiting
        ON contact_merge_suggestions(organization_id, state) WHERE state IN ('open', 'proven')
    """)
    op.execute("SELECT protect_tenant_table('contact_merge_suggestions')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON contact_merge_suggestions TO pytake_app")


def create_lookup() -> None:
    op.execute("""
        CREATE FUNCTION organizations_with_proven_merges(most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT DISTINCT s.organization_id FROM contact_merge_suggestions s
            WHERE s.state = 'proven' LIMIT most;
        END
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION organizations_with_proven_merges FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION organizations_with_proven_merges TO pytake_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION organizations_with_proven_merges")
    op.execute("DROP TABLE contact_merge_suggestions, contact_merges")
    op.execute("DROP INDEX idx_contacts_merged_into")
    op.execute(
        "ALTER TABLE contacts DROP COLUMN merged_into, DROP COLUMN marketing_source, DROP COLUMN is_merged"
    )
