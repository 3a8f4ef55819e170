"""What looking through each audit trail showed last, so that it is known between one look and the next."""

from alembic import op

revision = "046"
down_revision = "045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Like a chain it refers to nothing: it outlives the organization. `signature` is made with the chain's own
    # key, so nobody who merely writes to the database can claim that a trail was found whole.
    op.execute("""
        CREATE TABLE audit_verifications (
            organization_id UUID PRIMARY KEY,
            verified_at TIMESTAMP WITH TIME ZONE NOT NULL,
            actor VARCHAR(20) NOT NULL CHECK (actor IN ('system', 'user', 'machine', 'command')),
            user_id UUID,
            rows_checked BIGINT NOT NULL,
            findings JSONB NOT NULL DEFAULT '[]',
            signature BYTEA
        )
    """)
    op.execute("SELECT protect_tenant_table('audit_verifications')")
    op.execute("GRANT SELECT, INSERT, UPDATE ON audit_verifications TO pytake_app")


def downgrade() -> None:
    op.execute("DROP TABLE audit_verifications")
