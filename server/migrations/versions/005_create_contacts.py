"""The people who write to us, and the tags we give them."""

from alembic import op

revision = "005"
down_revision = "004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_search_functions()
    create_contacts()
    create_tags()


def create_search_functions() -> None:
    # pg_trgm and unaccent are extensions, which not every server has. These two need none. Both are bound
    # to what they call when they are created (BEGIN ATOMIC), as generated columns and indexes demand.
    op.execute("""
        CREATE FUNCTION fold(said text) RETURNS text
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        BEGIN ATOMIC
            SELECT lower(CASE
                WHEN octet_length(said) = length(said) THEN said
                ELSE regexp_replace(normalize(said, NFKD), U&'[\\0300-\\036f]', '', 'g')
            END);
        END
    """)
    # The tenant is part of every trigram, so that the index answers for one organization alone. Three
    # replacements, each beginning one letter later, are four times as fast as a loop over the letters.
    op.execute("""
        CREATE FUNCTION trigrams(organization_id uuid, folded text) RETURNS text[]
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        BEGIN ATOMIC
            SELECT string_to_array(rtrim(
                regexp_replace(left(folded, length(folded) / 3 * 3),
                               '(...)', left(organization_id::text, 8) || '\\1' || chr(31), 'g')
                || regexp_replace(substr(folded, 2, (length(folded) - 1) / 3 * 3),
                                  '(...)', left(organization_id::text, 8) || '\\1' || chr(31), 'g')
                || regexp_replace(substr(folded, 3, (length(folded) - 2) / 3 * 3),
                                  '(...)', left(organization_id::text, 8) || '\\1' || chr(31), 'g'),
                chr(31)), chr(31));
        END
    """)
    for function in ("fold", "trigrams"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO pytake_app")


def create_contacts() -> None:
    op.execute("""
        CREATE TABLE contacts (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,

            -- Who it is for WhatsApp: a phone in international format, an id of its own, or both.
            whatsapp_id VARCHAR(255),
            whatsapp_user_id VARCHAR(255),
            whatsapp_parent_user_id VARCHAR(255),
            whatsapp_username VARCHAR(255),
            whatsapp_name VARCHAR(255),
            whatsapp_profile_pic_url TEXT,

            name VARCHAR(255),
            email VARCHAR(255),
            phone VARCHAR(20),

            tags TEXT[] NOT NULL DEFAULT '{}',

            is_blocked BOOLEAN NOT NULL DEFAULT false,
            -- Consent is given, never assumed.
            opt_in BOOLEAN NOT NULL DEFAULT false,
            opt_in_date TIMESTAMP WITH TIME ZONE,
            opt_out_date TIMESTAMP WITH TIME ZONE,

            attributes JSONB NOT NULL DEFAULT '{}',

            last_message_at TIMESTAMP WITH TIME ZONE,
            -- Indexed in place of the moment: a message then touches the indexes once a day, not each time.
            last_message_on DATE GENERATED ALWAYS AS ((last_message_at AT TIME ZONE 'UTC')::date) STORED,
            total_conversations INTEGER NOT NULL DEFAULT 0,
            total_messages INTEGER NOT NULL DEFAULT 0,

            notes TEXT,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            deleted_at TIMESTAMP WITH TIME ZONE,

            -- What a person is looked for by: words without accents, digits without spelling, each after a
            -- space.
            search_text TEXT GENERATED ALWAYS AS (
                ' ' || fold(COALESCE(name, '') || ' ' || COALESCE(whatsapp_name, '') || ' '
                     || COALESCE(whatsapp_username, '') || ' ' || COALESCE(email, '')) || ' '
                || regexp_replace(COALESCE(phone, ''), '[^0-9]', '', 'g') || ' ' || COALESCE(whatsapp_id, '')
            ) STORED,

            UNIQUE (organization_id, id),
            CONSTRAINT contacts_identity_check CHECK (
                deleted_at IS NOT NULL
                OR num_nonnulls(whatsapp_id, whatsapp_user_id, phone, email) > 0
            )
        ) WITH (fillfactor = 85)
    """)
    # Only among the living: a customer whose contact was deleted may write again.
    op.execute("""
        CREATE UNIQUE INDEX contacts_organization_id_whatsapp_id_key
        ON contacts(organization_id, whatsapp_id) WHERE deleted_at IS NULL
    """)
    op.execute("""
        CREATE UNIQUE INDEX contacts_organization_id_whatsapp_user_id_key
        ON contacts(organization_id, whatsapp_user_id) WHERE deleted_at IS NULL
    """)
    op.execute("CREATE INDEX idx_contacts_organization ON contacts(organization_id)")
    op.execute("CREATE INDEX idx_contacts_whatsapp_id ON contacts(organization_id, whatsapp_id)")
    op.execute("CREATE INDEX idx_contacts_phone ON contacts(organization_id, phone) WHERE phone IS NOT NULL")
    op.execute("CREATE INDEX idx_contacts_tags ON contacts USING GIN(tags)")
    op.execute("CREATE INDEX idx_contacts_attributes ON contacts USING GIN(attributes)")
    op.execute("""
        CREATE INDEX idx_contacts_last_message ON contacts(organization_id, last_message_on DESC NULLS LAST)
    """)
    op.execute("SELECT protect_tenant_table('contacts')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON contacts TO pytake_app")


def create_tags() -> None:
    op.execute("""
        CREATE TABLE tags (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,

            name VARCHAR(100) NOT NULL,
            color VARCHAR(7) NOT NULL DEFAULT '#3B82F6',
            description TEXT,

            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, name),
            UNIQUE (organization_id, id)
        )
    """)
    op.execute("CREATE INDEX idx_tags_organization ON tags(organization_id)")
    op.execute("SELECT protect_tenant_table('tags')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON tags TO pytake_app")


def downgrade() -> None:
    op.execute("DROP TABLE tags, contacts")
    op.execute("DROP FUNCTION trigrams, fold")
