"""An installation is set up once, by who has its link; and guesses at a password are told to whom they were made at.

Neither a link nor a guess belongs to a tenant, and nobody but the functions here reads or writes them.
"""

from alembic import op

revision = "041"
down_revision = "020"
branch_labels = None
depends_on = None

FUNCTIONS = (
    "is_set_up",
    "make_setup_link",
    "find_setup_link",
    "take_setup_link",
    "note_sign_in_failure",
    "list_sign_in_failures",
    "finish_sign_in_failure",
)


def upgrade() -> None:
    create_setup_links()
    create_sign_in_failures()
    for function in FUNCTIONS:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO pytake_app")


def create_setup_links() -> None:
    # One row at most: a newer link replaces the one before. The token is made from the id and a key that is
    # not in the database.
    op.execute("""
        CREATE TABLE setup_links (
            is_only BOOLEAN PRIMARY KEY DEFAULT true CHECK (is_only),
            id UUID NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
        )
    """)
    # A deleted organization counts: its data are still here, and not for whoever comes next.
    op.execute("""
        CREATE FUNCTION is_set_up() RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT EXISTS (SELECT FROM organizations);
        END
    """)
    op.execute("""
        CREATE FUNCTION make_setup_link(link uuid, hours integer) RETURNS timestamptz
        LANGUAGE sql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            INSERT INTO setup_links (id, expires_at)
            SELECT link, now() + make_interval(hours => hours) WHERE NOT EXISTS (SELECT FROM organizations)
            ON CONFLICT (is_only) DO UPDATE SET id = excluded.id, expires_at = excluded.expires_at, created_at = now()
            RETURNING expires_at;
        END
    """)
    op.execute("""
        CREATE FUNCTION find_setup_link(link uuid) RETURNS timestamptz
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT s.expires_at FROM setup_links s
            WHERE s.id = find_setup_link.link AND s.expires_at > now() AND NOT EXISTS (SELECT FROM organizations);
        END
    """)
    # The row is the link's: of two who take it the second waits for the first, and finds it gone. The table is
    # locked against an organization that is made elsewhere (`pytake organization create`) at the same moment.
    op.execute("""
        CREATE FUNCTION take_setup_link(link uuid) RETURNS boolean
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        AS $$
        BEGIN
            DELETE FROM setup_links s WHERE s.id = link AND s.expires_at > clock_timestamp();
            IF NOT FOUND THEN
                RETURN false;
            END IF;
            LOCK TABLE organizations IN SHARE ROW EXCLUSIVE MODE;
            RETURN NOT EXISTS (SELECT FROM organizations);
        END
        $$
    """)


def create_sign_in_failures() -> None:
    # Noting a wrong password costs the same whether anybody has the address; whose it was is found out later,
    # by a worker.
    op.execute("""
        CREATE TABLE sign_in_failures (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            email VARCHAR(255) NOT NULL,
            is_known_device BOOLEAN NOT NULL,
            ip_address TEXT NOT NULL,
            user_agent TEXT,
            request_id TEXT,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
        )
    """)
    op.execute("""
        CREATE FUNCTION note_sign_in_failure(
            address text, is_known_device boolean, ip_address text, user_agent text, request_id text
        ) RETURNS void
        LANGUAGE sql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            INSERT INTO sign_in_failures (email, is_known_device, ip_address, user_agent, request_id)
            VALUES (address, note_sign_in_failure.is_known_device, note_sign_in_failure.ip_address,
                    note_sign_in_failure.user_agent, note_sign_in_failure.request_id);
        END
    """)
    op.execute("""
        CREATE FUNCTION list_sign_in_failures(most integer)
        RETURNS TABLE (
            id uuid, is_known_device boolean, ip_address text, user_agent text, request_id text,
            created_at timestamptz, user_id uuid, organization_id uuid
        )
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT f.id, f.is_known_device, f.ip_address, f.user_agent, f.request_id, f.created_at, u.id,
                   u.organization_id
            FROM sign_in_failures f
            LEFT JOIN users u ON lower(u.email) = lower(f.email) AND u.deleted_at IS NULL
            ORDER BY f.created_at LIMIT most;
        END
    """)
    op.execute("""
        CREATE FUNCTION finish_sign_in_failure(failure uuid) RETURNS boolean
        LANGUAGE sql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH gone AS (DELETE FROM sign_in_failures WHERE id = failure RETURNING 1)
            SELECT EXISTS (SELECT FROM gone);
        END
    """)


def downgrade() -> None:
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP TABLE sign_in_failures, setup_links")
