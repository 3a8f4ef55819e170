"""Whether a code has proven whose a number is, as Meta says: without it the number is not registered."""

from alembic import op

revision = "077"
down_revision = "076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE whatsapp_numbers ADD COLUMN code_verification_status VARCHAR(50)")


def downgrade() -> None:
    op.execute("ALTER TABLE whatsapp_numbers DROP COLUMN code_verification_status")
