"""A statement that names its own tenant."""

from alembic import op

revision = "080"
down_revision = "079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Both settings end with the transaction, and a statement alone is one: so there is nothing to undo behind it,
    # and nothing that the connection's next user could find. What reads this way cannot write.
    op.execute("""
        CREATE FUNCTION enter(tenant uuid) RETURNS timestamptz LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_catalog.set_config('app.org', tenant::text, true),
                    pg_catalog.set_config('transaction_read_only', 'on', true);
            RETURN pg_catalog.now();
        END $$
    """)
    # An error ends the statement, so what it has read goes nowhere.
    op.execute("""
        CREATE FUNCTION insist(holds boolean) RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN
            IF holds IS NOT TRUE THEN
                RAISE 'the premise is overtaken' USING ERRCODE = 'PT001';
            END IF;
            RETURN true;
        END $$
    """)
    for function in ("enter", "insist"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO pytake_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION enter(uuid), insist(boolean)")
