"""Templates with a product of the catalog above their words."""

from alembic import op

revision = "075"
down_revision = "074"
branch_labels = None
depends_on = None

BEFORE = "'TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'"


def upgrade() -> None:
    let_headers_be(f"{BEFORE}, 'PRODUCT'")


def downgrade() -> None:
    # What Meta has stands in `components`; the column is for whoever looks at the table.
    op.execute("UPDATE whatsapp_templates SET header_type = NULL WHERE header_type = 'PRODUCT'")
    let_headers_be(BEFORE)


def let_headers_be(types: str) -> None:
    op.execute("ALTER TABLE whatsapp_templates DROP CONSTRAINT whatsapp_templates_header_type_check")
    op.execute(f"""
        ALTER TABLE whatsapp_templates ADD CONSTRAINT whatsapp_templates_header_type_check
        CHECK (header_type IN ({types}))
    """)
