"""By what people were ever known: every phone, user id and name, from when to when, and who told."""

from alembic import op

revision = "050"
down_revision = "047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Changes when the person installs WhatsApp anew; told for numbers with the identity check only.
    op.execute("ALTER TABLE contacts ADD COLUMN whatsapp_identity_key VARCHAR(255)")
    create_identities()
    fill_identities()
    follow_contacts()


def create_identities() -> None:
    # The columns of `contacts` say who somebody is now, which is what each message asks for; a trigger keeps
    # the current rows here equal to them. `given_up`: WhatsApp said that it is no longer theirs.
    op.execute("""
        CREATE TABLE contact_identities (
            organization_id UUID NOT NULL,
            contact_id UUID NOT NULL,
            kind VARCHAR(20) NOT NULL
                CHECK (kind IN ('wa_id', 'user_id', 'parent_user_id', 'username', 'phone', 'identity_key')),
            value VARCHAR(255) NOT NULL,
            state VARCHAR(10) NOT NULL DEFAULT 'current' CHECK (state IN ('current', 'former', 'given_up')),
            source VARCHAR(20) NOT NULL DEFAULT 'message'
                CHECK (source IN ('message', 'send', 'number_change', 'user_id_change', 'merge', 'earlier')),
            first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            PRIMARY KEY (organization_id, contact_id, kind, value),
            FOREIGN KEY (organization_id, contact_id) REFERENCES contacts(organization_id, id)
                ON DELETE CASCADE
        )
    """)
    # One living contact each. The rest is looked at only for people who are not found otherwise.
    op.execute("""
        CREATE UNIQUE INDEX contact_identities_current_key ON contact_identities(organization_id, kind, value)
        WHERE state = 'current' AND kind IN ('wa_id', 'user_id')
    """)
    op.execute("""
        CREATE INDEX idx_contact_identities_earlier ON contact_identities(organization_id, value)
        WHERE (state <> 'current' AND kind IN ('wa_id', 'user_id')) OR kind = 'phone'
    """)
    op.execute("SELECT protect_tenant_table('contact_identities')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON contact_identities TO pytake_app")


SHOWN = """
    (VALUES ('wa_id', {c}.whatsapp_id), ('user_id', {c}.whatsapp_user_id),
            ('parent_user_id', {c}.whatsapp_parent_user_id), ('username', {c}.whatsapp_username),
            ('identity_key', {c}.whatsapp_identity_key),
            ('phone', NULLIF(NULLIF(regexp_replace({c}.phone, '[^0-9]', '', 'g'), ''), {c}.whatsapp_id)))
    AS shown (kind, value)
"""
"""What a contact's row says it is known by now. A phone counts by itself only if it is not the wa_id."""


def fill_identities() -> None:
    op.execute(f"""
        INSERT INTO contact_identities (organization_id, contact_id, kind, value, source, first_seen_at,
                                        last_seen_at)
        SELECT c.organization_id, c.id, shown.kind, shown.value, 'earlier', c.created_at,
               COALESCE(c.last_message_at, c.created_at)
        FROM contacts c CROSS JOIN LATERAL {SHOWN.format(c="c")}
        WHERE c.deleted_at IS NULL AND shown.value <> ''
    """)


def follow_contacts() -> None:
    # For the statement, not for the row: people come a batch at a time.
    op.execute(f"""
        CREATE FUNCTION remember_new_contacts() RETURNS trigger
        LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp
        AS $$
        BEGIN
            INSERT INTO contact_identities (organization_id, contact_id, kind, value)
            SELECT c.organization_id, c.id, shown.kind, shown.value
            FROM added c CROSS JOIN LATERAL {SHOWN.format(c="c")}
            WHERE c.deleted_at IS NULL AND shown.value <> '';
            RETURN NULL;
        END
        $$
    """)
    op.execute("""
        CREATE TRIGGER contacts_remember_new AFTER INSERT ON contacts
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION remember_new_contacts()
    """)
    op.execute(f"""
        CREATE FUNCTION remember_changed_contact() RETURNS trigger
        LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp
        AS $$
        BEGIN
            UPDATE contact_identities i SET state = 'former', last_seen_at = now()
            WHERE i.organization_id = NEW.organization_id AND i.contact_id = NEW.id AND i.state = 'current'
              AND (NEW.deleted_at IS NOT NULL
                   OR (i.kind, i.value) NOT IN (SELECT shown.kind, shown.value FROM {SHOWN.format(c="NEW")}
                                                WHERE shown.value <> ''));
            IF NEW.deleted_at IS NULL THEN
                INSERT INTO contact_identities AS i (organization_id, contact_id, kind, value)
                SELECT NEW.organization_id, NEW.id, shown.kind, shown.value
                FROM {SHOWN.format(c="NEW")} WHERE shown.value <> ''
                ON CONFLICT (organization_id, contact_id, kind, value)
                DO UPDATE SET state = 'current', last_seen_at = now() WHERE i.state <> 'current';
            END IF;
            RETURN NULL;
        END
        $$
    """)
    # Counting messages sets none of these columns, so it does not come by here.
    op.execute("""
        CREATE TRIGGER contacts_remember_changed
        AFTER UPDATE OF whatsapp_id, whatsapp_user_id, whatsapp_parent_user_id, whatsapp_username,
                        whatsapp_identity_key, phone, deleted_at ON contacts
        FOR EACH ROW WHEN (
            (OLD.whatsapp_id, OLD.whatsapp_user_id, OLD.whatsapp_parent_user_id, OLD.whatsapp_username,
             OLD.whatsapp_identity_key, OLD.phone, OLD.deleted_at)
            IS DISTINCT FROM
            (NEW.whatsapp_id, NEW.whatsapp_user_id, NEW.whatsapp_parent_user_id, NEW.whatsapp_username,
             NEW.whatsapp_identity_key, NEW.phone, NEW.deleted_at))
        EXECUTE FUNCTION remember_changed_contact()
    """)
    for function in ("remember_new_contacts", "remember_changed_contact"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")


def downgrade() -> None:
    op.execute("DROP TRIGGER contacts_remember_changed ON contacts")
    op.execute("DROP TRIGGER contacts_remember_new ON contacts")
    op.execute("DROP FUNCTION remember_changed_contact, remember_new_contacts")
    op.execute("DROP TABLE contact_identities")
    op.execute("ALTER TABLE contacts DROP COLUMN whatsapp_identity_key")
