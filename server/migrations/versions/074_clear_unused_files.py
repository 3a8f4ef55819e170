"""Files that no message carries: each file is looked at a week after it came, and once a month while it is used."""

from alembic import op

revision = "074"
down_revision = "073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # One that is leaving is nobody's any more: its bytes are being removed, and its row goes after them. Until
    # then `next_check_at` is when somebody else takes over.
    op.execute("""
        ALTER TABLE media_files
            ADD COLUMN next_check_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW() + INTERVAL '7 days',
            ADD COLUMN is_leaving BOOLEAN NOT NULL DEFAULT false
    """)
    op.execute("CREATE INDEX idx_media_files_check ON media_files(organization_id, next_check_at)")
    # Its cost is the number of organizations with files, not of files.
    op.execute("""
        CREATE FUNCTION organizations_with_files_to_check(most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH RECURSIVE known (organization_id) AS (
                (SELECT f.organization_id FROM media_files f ORDER BY f.organization_id LIMIT 1)
                UNION ALL
                SELECT (SELECT f.organization_id FROM media_files f
                        WHERE f.organization_id > known.organization_id
                        ORDER BY f.organization_id LIMIT 1)
                FROM known WHERE known.organization_id IS NOT NULL
            )
            SELECT known.organization_id
            FROM known
            WHERE known.organization_id IS NOT NULL
              AND EXISTS (
                  SELECT FROM media_files f
                  WHERE f.organization_id = known.organization_id AND f.next_check_at <= now())
            ORDER BY random()
            LIMIT most;
        END
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION organizations_with_files_to_check FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION organizations_with_files_to_check TO pytake_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION organizations_with_files_to_check")
    op.execute("DROP INDEX idx_media_files_check")
    op.execute("ALTER TABLE media_files DROP COLUMN next_check_at, DROP COLUMN is_leaving")
