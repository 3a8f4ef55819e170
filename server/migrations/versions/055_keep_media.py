"""Files: what they are, which messages carry them, and what Meta calls those it has."""

from alembic import op

revision = "055"
down_revision = "051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_media_files()
    create_attachments()
    create_media_uploads()
    remember_what_is_left()
    create_lookups()


def create_media_files() -> None:
    # The bytes are in the storage, under a key made of the organization and the hash. `mime_type` is what they
    # are by themselves; whatever a browser might run is application/octet-stream.
    op.execute("""
        CREATE TABLE media_files (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
            sha256 VARCHAR(64) NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
            size BIGINT NOT NULL CHECK (size > 0),
            mime_type VARCHAR(100) NOT NULL,
            width INTEGER,
            height INTEGER,
            has_thumbnail BOOLEAN NOT NULL DEFAULT false,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            UNIQUE (organization_id, sha256)
        )
    """)
    op.execute("SELECT protect_tenant_table('media_files')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON media_files TO pytake_app")


def create_attachments() -> None:
    # No key to the message: it moves between partitions. Its conversation ties it to its tenant, and takes it along.
    op.execute("""
        CREATE TABLE attachments (
            message_id UUID PRIMARY KEY,
            message_created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            organization_id UUID NOT NULL,
            conversation_id UUID NOT NULL,
            whatsapp_number_id UUID NOT NULL,
            kind VARCHAR(20) NOT NULL CHECK (kind IN ('image', 'video', 'audio', 'document', 'sticker')),
            media_id VARCHAR(255),
            mime_type VARCHAR(255),
            sha256 VARCHAR(64),
            file_name TEXT,
            state VARCHAR(20) NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'stored', 'failed')),
            tries INTEGER NOT NULL DEFAULT 0,
            next_try_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            error VARCHAR(50),
            media_file_id UUID,

            FOREIGN KEY (organization_id, conversation_id)
                REFERENCES conversations(organization_id, id) ON DELETE CASCADE,
            FOREIGN KEY (organization_id, media_file_id)
                REFERENCES media_files(organization_id, id) ON DELETE SET NULL (media_file_id)
        )
    """)
    op.execute("CREATE INDEX idx_attachments_conversation ON attachments(conversation_id)")
    op.execute("CREATE INDEX idx_attachments_file ON attachments(media_file_id)")
    op.execute("""
        CREATE INDEX idx_attachments_due ON attachments(organization_id, next_try_at) WHERE state = 'waiting'
    """)
    op.execute("SELECT protect_tenant_table('attachments')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON attachments TO pytake_app")


def create_media_uploads() -> None:
    # An id belongs to the number that uploaded it, and lives thirty days.
    op.execute("""
        CREATE TABLE media_uploads (
            media_file_id UUID NOT NULL,
            whatsapp_number_id UUID NOT NULL,
            organization_id UUID NOT NULL,
            media_id VARCHAR(255) NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,

            PRIMARY KEY (media_file_id, whatsapp_number_id),
            FOREIGN KEY (organization_id, media_file_id)
                REFERENCES media_files(organization_id, id) ON DELETE CASCADE,
            FOREIGN KEY (organization_id, whatsapp_number_id)
                REFERENCES whatsapp_numbers(organization_id, id) ON DELETE CASCADE
        )
    """)
    op.execute("CREATE INDEX idx_media_uploads_number ON media_uploads(whatsapp_number_id)")
    op.execute("SELECT protect_tenant_table('media_uploads')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON media_uploads TO pytake_app")


def remember_what_is_left() -> None:
    # The rows of an organization leave with it; its files are elsewhere, and somebody has to be told.
    op.execute("""
        CREATE TABLE media_leftovers (
            organization_id UUID PRIMARY KEY,
            left_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
        )
    """)
    op.execute("""
        CREATE FUNCTION leave_files_behind() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        AS $$
        BEGIN
            INSERT INTO media_leftovers (organization_id)
            SELECT OLD.id WHERE EXISTS (SELECT FROM media_files WHERE organization_id = OLD.id)
            ON CONFLICT DO NOTHING;
            RETURN OLD;
        END
        $$
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION leave_files_behind FROM PUBLIC")
    op.execute("""
        CREATE TRIGGER organizations_leave_files
        BEFORE DELETE ON organizations FOR EACH ROW EXECUTE FUNCTION leave_files_behind()
    """)


def create_lookups() -> None:
    # Its cost is the number of organizations with something to fetch, not of files.
    op.execute("""
        CREATE FUNCTION organizations_with_due_media(most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH RECURSIVE known (organization_id) AS (
                (SELECT a.organization_id FROM attachments a WHERE a.state = 'waiting'
                 ORDER BY a.organization_id LIMIT 1)
                UNION ALL
                SELECT (SELECT a.organization_id FROM attachments a
                        WHERE a.state = 'waiting' AND a.organization_id > known.organization_id
                        ORDER BY a.organization_id LIMIT 1)
                FROM known WHERE known.organization_id IS NOT NULL
            )
            SELECT known.organization_id
            FROM known
            WHERE known.organization_id IS NOT NULL
              AND EXISTS (
                  SELECT FROM attachments a
                  WHERE a.organization_id = known.organization_id AND a.state = 'waiting'
                    AND a.next_try_at <= now())
            ORDER BY random()
            LIMIT most;
        END
    """)
    # A while later: what was being stored at that moment goes, too.
    op.execute("""
        CREATE FUNCTION organizations_with_files_left(patience interval, most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT l.organization_id FROM media_leftovers l
            WHERE l.left_at <= now() - organizations_with_files_left.patience
            ORDER BY l.left_at LIMIT most;
        END
    """)
    op.execute("""
        CREATE FUNCTION forget_files_left(organization_id uuid) RETURNS void
        LANGUAGE sql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            DELETE FROM media_leftovers l WHERE l.organization_id = forget_files_left.organization_id;
        END
    """)
    for name in ("organizations_with_due_media", "organizations_with_files_left", "forget_files_left"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO pytake_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION forget_files_left, organizations_with_files_left, organizations_with_due_media")
    op.execute("DROP TRIGGER organizations_leave_files ON organizations")
    op.execute("DROP FUNCTION leave_files_behind")
    op.execute("DROP TABLE media_leftovers, media_uploads, attachments, media_files")
