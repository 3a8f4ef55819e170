"""Pictures of people, and links that change an address."""

from alembic import op

revision = "042"
down_revision = "041"
branch_labels = None
depends_on = None

PURPOSES = "'reset_password', 'verify_email', 'invitation'"


def upgrade() -> None:
    create_avatars()
    create_lookup()
    let_links_be_for(f"{PURPOSES}, 'change_email'")


def create_avatars() -> None:
    # In the database and not in a folder: they are small, and so they are behind the same wall and in the same
    # backup as their people. `address` is what nobody guesses.
    op.execute("""
        CREATE TABLE avatars (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            user_id UUID NOT NULL UNIQUE,
            address VARCHAR(43) NOT NULL UNIQUE,
            content BYTEA NOT NULL CHECK (octet_length(content) <= 65536),
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, user_id) REFERENCES users(organization_id, id) ON DELETE CASCADE
        )
    """)
    # A JPEG does not get smaller.
    op.execute("ALTER TABLE avatars ALTER COLUMN content SET STORAGE EXTERNAL")
    op.execute("SELECT protect_tenant_table('avatars')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON avatars TO pytake_app")


def create_lookup() -> None:
    # An <img> says nothing of an organization.
    op.execute("""
        CREATE FUNCTION find_avatar(address text) RETURNS uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT a.organization_id FROM avatars a WHERE a.address = find_avatar.address;
        END
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION find_avatar FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION find_avatar TO pytake_app")


def let_links_be_for(purposes: str) -> None:
    op.execute("ALTER TABLE one_time_links DROP CONSTRAINT one_time_links_purpose_check")
    op.execute(f"""
        ALTER TABLE one_time_links
        ADD CONSTRAINT one_time_links_purpose_check CHECK (purpose IN ({purposes}))
    """)


def downgrade() -> None:
    op.execute("DELETE FROM one_time_links WHERE purpose = 'change_email'")
    let_links_be_for(PURPOSES)
    op.execute("DROP FUNCTION find_avatar")
    op.execute("UPDATE users SET avatar_url = NULL WHERE avatar_url LIKE '/api/v1/avatars/%'")
    op.execute("DROP TABLE avatars")
