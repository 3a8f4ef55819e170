"""Contacts that came in under two spellings of one phone may be one person: somebody is asked."""

from alembic import op

revision = "062"
down_revision = "061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        WITH spelt AS (
            SELECT id, organization_id, whatsapp_user_id, last_message_at, created_at, CASE
                WHEN whatsapp_id ~ '^55[0-9]{2}9[6-9][0-9]{7}$'
                    THEN left(whatsapp_id, 4) || substr(whatsapp_id, 6)
                WHEN whatsapp_id ~ '^521[0-9]{10}$' THEN '52' || substr(whatsapp_id, 4)
                WHEN whatsapp_id ~ '^549[0-9]{10}$' THEN '54' || substr(whatsapp_id, 4)
            END AS short
            FROM contacts WHERE deleted_at IS NULL
        )
        INSERT INTO contact_merge_suggestions (organization_id, one_id, other_id, reason, shows_id)
        SELECT long.organization_id, LEAST(long.id, short.id), GREATEST(long.id, short.id), 'same_phone',
               CASE WHEN COALESCE(long.last_message_at, long.created_at)
                         >= COALESCE(short.last_message_at, short.created_at)
                    THEN long.id ELSE short.id END
        FROM spelt long
        JOIN contacts short ON short.organization_id = long.organization_id AND short.deleted_at IS NULL
                           AND short.whatsapp_id = long.short
        WHERE num_nonnulls(long.whatsapp_user_id, short.whatsapp_user_id) < 2
           OR long.whatsapp_user_id = short.whatsapp_user_id
        ON CONFLICT DO NOTHING
    """)


def downgrade() -> None:
    """What was suspected stays: nothing tells it from what messages have shown since."""
