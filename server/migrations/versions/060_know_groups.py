"""Groups: a conversation with many people has a contact that stands for all of them."""

from alembic import op

revision = "060"
down_revision = "058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE contacts
            ADD COLUMN whatsapp_group_id VARCHAR(255),
            DROP CONSTRAINT contacts_identity_check,
            ADD CONSTRAINT contacts_identity_check CHECK (
                deleted_at IS NOT NULL
                OR num_nonnulls(whatsapp_id, whatsapp_user_id, phone, email, whatsapp_group_id) > 0
            )
    """)
    op.execute("""
        CREATE UNIQUE INDEX contacts_organization_id_whatsapp_group_id_key
        ON contacts(organization_id, whatsapp_group_id)
        WHERE whatsapp_group_id IS NOT NULL AND deleted_at IS NULL
    """)


def downgrade() -> None:
    op.execute("DELETE FROM contacts WHERE whatsapp_group_id IS NOT NULL")
    op.execute("""
        ALTER TABLE contacts
            DROP CONSTRAINT contacts_identity_check,
            DROP COLUMN whatsapp_group_id,
            ADD CONSTRAINT contacts_identity_check CHECK (
                deleted_at IS NOT NULL
                OR num_nonnulls(whatsapp_id, whatsapp_user_id, phone, email) > 0
            )
    """)
