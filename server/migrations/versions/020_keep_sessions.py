"""Sign-in that can be taken back: sessions, rotating tokens, links by mail, second factors, and guesses counted.

Guesses and requests of strangers belong to no tenant, and nobody but the functions here reads or writes them.
"""

from alembic import op

revision = "020"
down_revision = "030"
branch_labels = None
depends_on = None

FUNCTIONS = (
    "find_refresh_token",
    "find_link",
    "take_attempts",
    "forgive_attempts",
    "ask_for_reset",
    "list_reset_requests",
    "finish_reset_request",
    "organizations_with_mail",
    "tidy_accounts",
)


def upgrade() -> None:
    create_user_sessions()
    tie_refresh_tokens()
    create_one_time_links()
    create_mails()
    create_second_factors()
    create_sign_in_attempts()
    create_reset_requests()
    create_lookups()
    create_tidying()
    for function in FUNCTIONS:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO pytake_app")


def create_user_sessions() -> None:
    # One sign-in on one device; its refresh tokens are one family.
    op.execute("""
        CREATE TABLE user_sessions (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            user_id UUID NOT NULL,
            user_agent TEXT,
            ip_address INET,
            access_token_hash VARCHAR(64),
            last_used_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            revoked_at TIMESTAMP WITH TIME ZONE,
            revoked_reason VARCHAR(50),
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, user_id) REFERENCES users(organization_id, id) ON DELETE CASCADE
        )
    """)
    op.execute("CREATE INDEX idx_user_sessions_user ON user_sessions(organization_id, user_id)")
    op.execute("SELECT protect_tenant_table('user_sessions')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON user_sessions TO pytake_app")


def tie_refresh_tokens() -> None:
    op.execute("DELETE FROM refresh_tokens")  # none was ever given out before there were sessions
    op.execute("ALTER TABLE refresh_tokens ADD COLUMN session_id UUID NOT NULL")
    op.execute("""
        ALTER TABLE refresh_tokens ADD FOREIGN KEY (organization_id, session_id)
        REFERENCES user_sessions(organization_id, id) ON DELETE CASCADE
    """)
    op.execute("CREATE UNIQUE INDEX refresh_tokens_live_key ON refresh_tokens(session_id) WHERE NOT revoked")
    op.execute("CREATE INDEX idx_refresh_tokens_session ON refresh_tokens(organization_id, session_id)")


def create_one_time_links() -> None:
    # The token in a link is made from the row's id and a key that is not in the database: nothing to steal here.
    op.execute("""
        CREATE TABLE one_time_links (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
            purpose VARCHAR(50) NOT NULL CHECK (purpose IN ('reset_password', 'verify_email', 'invitation')),
            user_id UUID,
            email VARCHAR(255) NOT NULL,
            full_name VARCHAR(255),
            role VARCHAR(50) CHECK (role IN ('super_admin', 'org_admin', 'agent', 'viewer')),
            created_by UUID,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            used_at TIMESTAMP WITH TIME ZONE,
            withdrawn_at TIMESTAMP WITH TIME ZONE,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, user_id) REFERENCES users(organization_id, id) ON DELETE CASCADE,
            FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id)
                ON DELETE SET NULL (created_by)
        )
    """)
    op.execute("CREATE INDEX idx_one_time_links_purpose ON one_time_links(organization_id, purpose, user_id)")
    op.execute("SELECT protect_tenant_table('one_time_links')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON one_time_links TO pytake_app")


def create_mails() -> None:
    op.execute("""
        CREATE TABLE mails (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
            recipient VARCHAR(255) NOT NULL,
            template VARCHAR(50) NOT NULL,
            locale VARCHAR(10) NOT NULL DEFAULT 'pt-BR',
            -- What the letter is written from when it leaves. Never a secret.
            context JSONB NOT NULL DEFAULT '{}',
            link_id UUID,
            status VARCHAR(20) NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'sent', 'kept', 'failed')),
            attempts SMALLINT NOT NULL DEFAULT 0,
            next_attempt_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            last_error TEXT,
            sent_at TIMESTAMP WITH TIME ZONE,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, link_id) REFERENCES one_time_links(organization_id, id) ON DELETE CASCADE
        )
    """)
    op.execute("CREATE INDEX idx_mails_due ON mails(next_attempt_at) WHERE status = 'pending'")
    op.execute("CREATE INDEX idx_mails_organization ON mails(organization_id, created_at DESC)")
    op.execute("SELECT protect_tenant_table('mails')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON mails TO pytake_app")


def create_second_factors() -> None:
    op.execute("""
        CREATE TABLE totp_factors (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            user_id UUID NOT NULL UNIQUE,
            secret_encrypted TEXT NOT NULL,
            confirmed_at TIMESTAMP WITH TIME ZONE,
            -- A code is good once: the next must be of a later half minute.
            last_step BIGINT NOT NULL DEFAULT 0,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, user_id) REFERENCES users(organization_id, id) ON DELETE CASCADE
        )
    """)
    op.execute("SELECT protect_tenant_table('totp_factors')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON totp_factors TO pytake_app")
    op.execute("""
        CREATE TABLE recovery_codes (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            user_id UUID NOT NULL,
            code_hash VARCHAR(64) NOT NULL,
            used_at TIMESTAMP WITH TIME ZONE,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            UNIQUE (organization_id, user_id, code_hash),
            FOREIGN KEY (organization_id, user_id) REFERENCES users(organization_id, id) ON DELETE CASCADE
        )
    """)
    op.execute("SELECT protect_tenant_table('recovery_codes')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON recovery_codes TO pytake_app")


def create_sign_in_attempts() -> None:
    # `subject` is a keyed hash of what was guessed at, or of where from: addresses nobody has are counted too,
    # so that being locked out tells nothing.
    op.execute("""
        CREATE TABLE sign_in_attempts (
            subject VARCHAR(64) PRIMARY KEY,
            failures INTEGER NOT NULL DEFAULT 0,
            last_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            locked_until TIMESTAMP WITH TIME ZONE
        ) WITH (fillfactor = 50)
    """)
    # Counted before anything is checked, so that a thousand guesses at once are not a thousand checks.
    op.execute("""
        CREATE FUNCTION take_attempts(
            subjects text[], allowances integer[], memories integer[], pause integer, longest integer, address text
        ) RETURNS integer
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        AS $$
        DECLARE
            wait numeric;
        BEGIN
            INSERT INTO sign_in_attempts (subject) SELECT s FROM unnest(subjects) AS s ORDER BY s
            ON CONFLICT DO NOTHING;
            PERFORM FROM sign_in_attempts WHERE subject = ANY(subjects) ORDER BY subject FOR UPDATE;
            SELECT max(extract(epoch FROM locked_until - clock_timestamp())) INTO wait
            FROM sign_in_attempts WHERE subject = ANY(subjects);
            IF wait > 0 THEN
                RETURN ceil(wait);
            END IF;
            UPDATE sign_in_attempts AS a
            SET failures = next.failures, last_at = clock_timestamp(),
                locked_until = CASE WHEN next.failures >= next.allowance THEN clock_timestamp() + make_interval(
                    secs => least(pause * 2 ^ least(next.failures - next.allowance, 20), longest)) END
            FROM (
                SELECT s.subject, asked.allowance,
                       CASE WHEN s.last_at < clock_timestamp() - make_interval(secs => asked.memory)
                            THEN 1 ELSE s.failures + 1 END AS failures
                FROM sign_in_attempts s
                JOIN unnest(subjects, allowances, memories) AS asked (subject, allowance, memory)
                  ON asked.subject = s.subject
            ) AS next
            WHERE a.subject = next.subject;
            UPDATE users AS u SET failed_login_attempts = a.failures, locked_until = a.locked_until
            FROM sign_in_attempts a
            WHERE a.subject = subjects[1] AND lower(u.email) = lower(address) AND u.deleted_at IS NULL;
            RETURN 0;
        END
        $$
    """)
    op.execute("""
        CREATE FUNCTION forgive_attempts(forgotten text[], given_back text[]) RETURNS void
        LANGUAGE sql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            DELETE FROM sign_in_attempts WHERE subject = ANY(forgotten);
            UPDATE sign_in_attempts SET failures = greatest(failures - 1, 0), locked_until = NULL
            WHERE subject = ANY(given_back);
        END
    """)


def create_reset_requests() -> None:
    # Asking costs the same whether anybody has the address; who it was is found out later, by a worker.
    op.execute("""
        CREATE TABLE reset_requests (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            email VARCHAR(255) NOT NULL,
            locale VARCHAR(10) NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
        )
    """)
    op.execute("""
        CREATE FUNCTION ask_for_reset(address text, language text) RETURNS void
        LANGUAGE sql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            INSERT INTO reset_requests (email, locale) VALUES (address, language);
        END
    """)
    op.execute("""
        CREATE FUNCTION list_reset_requests(most integer)
        RETURNS TABLE (id uuid, locale varchar, user_id uuid, organization_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT r.id, r.locale, u.id, u.organization_id FROM reset_requests r
            LEFT JOIN users u ON lower(u.email) = lower(r.email) AND u.deleted_at IS NULL
            ORDER BY r.created_at LIMIT most;
        END
    """)
    op.execute("""
        CREATE FUNCTION finish_reset_request(request uuid) RETURNS boolean
        LANGUAGE sql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH gone AS (DELETE FROM reset_requests WHERE id = request RETURNING 1)
            SELECT EXISTS (SELECT FROM gone);
        END
    """)


def create_lookups() -> None:
    op.execute("""
        CREATE FUNCTION find_refresh_token(hash text) RETURNS TABLE (organization_id uuid, session_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT t.organization_id, t.session_id FROM refresh_tokens t
            WHERE t.token_hash = find_refresh_token.hash;
        END
    """)
    op.execute("""
        CREATE FUNCTION find_link(link uuid) RETURNS uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT l.organization_id FROM one_time_links l WHERE l.id = find_link.link;
        END
    """)
    op.execute("""
        CREATE FUNCTION organizations_with_mail(most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT DISTINCT due.organization_id FROM (
                SELECT m.organization_id FROM mails m
                WHERE m.status = 'pending' AND m.next_attempt_at <= now()
                ORDER BY m.next_attempt_at LIMIT most
            ) AS due;
        END
    """)


def create_tidying() -> None:
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


def downgrade() -> None:
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.execute(
        "DROP TABLE reset_requests, sign_in_attempts, recovery_codes, totp_factors, mails, one_time_links"
    )
    op.execute("DROP INDEX idx_refresh_tokens_session, refresh_tokens_live_key")
    op.execute("ALTER TABLE refresh_tokens DROP COLUMN session_id")
    op.execute("DROP TABLE user_sessions")
