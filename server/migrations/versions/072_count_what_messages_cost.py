"""What the messages of a month cost: how many of each category and kind of price, by number."""

from alembic import op

revision = "072"
down_revision = "071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE message_charges (
            organization_id UUID NOT NULL,
            month DATE NOT NULL CHECK (month = date_trunc('month', month)),
            whatsapp_number_id UUID NOT NULL,
            category VARCHAR(50) NOT NULL,
            type VARCHAR(50) NOT NULL,
            messages BIGINT NOT NULL DEFAULT 0,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            PRIMARY KEY (organization_id, month, whatsapp_number_id, category, type),
            FOREIGN KEY (organization_id, whatsapp_number_id)
                REFERENCES whatsapp_numbers(organization_id, id) ON DELETE CASCADE
        ) WITH (fillfactor = 50)
    """)
    op.execute("CREATE INDEX idx_message_charges_number ON message_charges(whatsapp_number_id)")
    op.execute("SELECT protect_tenant_table('message_charges')")
    op.execute("GRANT SELECT, INSERT, UPDATE ON message_charges TO pytake_app")


def downgrade() -> None:
    op.execute("DROP TABLE message_charges")
