"""Refresh tokens that were replaced and have expired are deleted, and what tidies accounts takes a piece at a time.

A replay matters while the token is fresh; after that its row answers what no row would. The newest token of a
session stays as long as the session: it says when that ended.
"""

from alembic import op

revision = "045"
down_revision = "044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The specification's own: what has expired is looked for in all organizations at once, and never in one.
    op.execute("DROP INDEX idx_refresh_tokens_expires")
    op.execute("CREATE INDEX idx_refresh_tokens_expires ON refresh_tokens(expires_at)")
    op.execute("DROP FUNCTION tidy_accounts(integer)")
    op.execute("""
        CREATE FUNCTION tidy_accounts(days integer, most integer) RETURNS integer
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        AS $$
        DECLARE
            kept_since timestamptz := now() - make_interval(days => days);
            deleted integer;
            largest integer;
        BEGIN
            DELETE FROM refresh_tokens WHERE id IN (
                SELECT id FROM refresh_tokens WHERE revoked AND expires_at <= now()
                ORDER BY expires_at LIMIT most FOR UPDATE SKIP LOCKED
            );
            GET DIAGNOSTICS largest = ROW_COUNT;
            DELETE FROM user_sessions WHERE id IN (
                SELECT id FROM user_sessions WHERE expires_at < kept_since OR revoked_at < kept_since
                LIMIT most FOR UPDATE SKIP LOCKED
            );
            GET DIAGNOSTICS deleted = ROW_COUNT;
            largest := greatest(largest, deleted);
            DELETE FROM one_time_links WHERE id IN (
                SELECT id FROM one_time_links WHERE expires_at < kept_since LIMIT most FOR UPDATE SKIP LOCKED
            );
            GET DIAGNOSTICS deleted = ROW_COUNT;
            largest := greatest(largest, deleted);
            DELETE FROM mails WHERE id IN (
                SELECT id FROM mails WHERE created_at < kept_since AND status <> 'pending'
                LIMIT most FOR UPDATE SKIP LOCKED
            );
            GET DIAGNOSTICS deleted = ROW_COUNT;
            largest := greatest(largest, deleted);
            DELETE FROM sign_in_attempts WHERE subject IN (
                SELECT subject FROM sign_in_attempts
                WHERE last_at < now() - interval '2 days' AND COALESCE(locked_until < now(), true)
                LIMIT most FOR UPDATE SKIP LOCKED
            );
            GET DIAGNOSTICS deleted = ROW_COUNT;
            RETURN greatest(largest, deleted);
        END
        $$
    """)
    permit("tidy_accounts(integer, integer)")


def permit(function: str) -> None:
    op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO pytake_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION tidy_accounts(integer, integer)")
    op.execute("""
        CREATE FUNCTION tidy_accounts(days integer) RETURNS void
        LANGUAGE sql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            DELETE FROM sign_in_attempts
            WHERE last_at < now() - interval '2 days' AND COALESCE(locked_until < now(), true);
            DELETE FROM user_sessions
            WHERE expires_at < now() - make_interval(days => days)
               OR revoked_at < now() - make_interval(days => days);
            DELETE FROM one_time_links WHERE expires_at < now() - make_interval(days => days);
            DELETE FROM mails WHERE created_at < now() - make_interval(days => days) AND status <> 'pending';
        END
    """)
    permit("tidy_accounts(integer)")
    op.execute("DROP INDEX idx_refresh_tokens_expires")
    op.execute("CREATE INDEX idx_refresh_tokens_expires ON refresh_tokens(organization_id, expires_at)")
