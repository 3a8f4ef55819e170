"""Who works here: users, their tokens, departments and greetings; the WhatsApp numbers they work with."""

from alembic import op

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_users()
    create_refresh_tokens()
    create_channels()
    create_whatsapp_numbers()
    create_departments()
    create_user_departments()
    create_agent_greetings()
    create_lookups()


def create_users() -> None:
    op.execute("""
        CREATE TABLE users (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,

            email VARCHAR(255) NOT NULL,
            password_hash VARCHAR(255) NOT NULL,
            email_verified BOOLEAN NOT NULL DEFAULT false,
            email_verified_at TIMESTAMP WITH TIME ZONE,

            full_name VARCHAR(255) NOT NULL,
            avatar_url TEXT,
            phone_number VARCHAR(20),

            role VARCHAR(50) NOT NULL DEFAULT 'agent'
                CHECK (role IN ('super_admin', 'org_admin', 'agent', 'viewer')),
            permissions JSONB NOT NULL DEFAULT '[]',

            is_active BOOLEAN NOT NULL DEFAULT true,
            is_online BOOLEAN NOT NULL DEFAULT false,
            last_seen_at TIMESTAMP WITH TIME ZONE,

            last_login_at TIMESTAMP WITH TIME ZONE,
            last_login_ip INET,
            failed_login_attempts INTEGER NOT NULL DEFAULT 0,
            locked_until TIMESTAMP WITH TIME ZONE,

            preferences JSONB NOT NULL DEFAULT '{}',
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            deleted_at TIMESTAMP WITH TIME ZONE,

            UNIQUE (organization_id, id)
        )
    """)
    # One account per address, however it is written, and an address is free again after its user is gone.
    op.execute("CREATE UNIQUE INDEX users_email_key ON users(lower(email)) WHERE deleted_at IS NULL")
    op.execute("CREATE INDEX idx_users_email ON users(email)")
    op.execute("CREATE INDEX idx_users_organization ON users(organization_id)")
    op.execute("CREATE INDEX idx_users_role ON users(organization_id, role)")
    op.execute("SELECT protect_tenant_table('users')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON users TO pytake_app")


def create_refresh_tokens() -> None:
    op.execute("""
        CREATE TABLE refresh_tokens (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            user_id UUID NOT NULL,
            token_hash VARCHAR(255) UNIQUE NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            revoked BOOLEAN NOT NULL DEFAULT false,
            revoked_at TIMESTAMP WITH TIME ZONE,
            user_agent TEXT,
            ip_address INET,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, user_id) REFERENCES users(organization_id, id) ON DELETE CASCADE
        )
    """)
    op.execute("CREATE INDEX idx_refresh_tokens_user ON refresh_tokens(user_id)")
    op.execute("CREATE INDEX idx_refresh_tokens_token ON refresh_tokens(token_hash)")
    op.execute("CREATE INDEX idx_refresh_tokens_expires ON refresh_tokens(organization_id, expires_at)")
    op.execute("SELECT protect_tenant_table('refresh_tokens')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON refresh_tokens TO pytake_app")


def create_channels() -> None:
    # One Meta app: what proves that a webhook comes from it, and the address it is sent to.
    op.execute("""
        CREATE TABLE channels (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
            channel_key VARCHAR(64) UNIQUE NOT NULL,
            name VARCHAR(255) NOT NULL,
            meta_app_id VARCHAR(255),
            app_secret_encrypted TEXT NOT NULL,
            previous_app_secret_encrypted TEXT,
            verify_token_encrypted TEXT NOT NULL,
            is_active BOOLEAN NOT NULL DEFAULT true,
            last_event_at TIMESTAMP WITH TIME ZONE,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, id)
        )
    """)
    op.execute("SELECT protect_tenant_table('channels')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON channels TO pytake_app")


def create_whatsapp_numbers() -> None:
    op.execute("""
        CREATE TABLE whatsapp_numbers (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
            channel_id UUID,

            phone_number VARCHAR(20) NOT NULL,
            phone_number_id VARCHAR(255) NOT NULL,
            display_name VARCHAR(255),

            whatsapp_business_account_id VARCHAR(255),
            access_token_encrypted TEXT,

            is_active BOOLEAN NOT NULL DEFAULT true,
            is_default BOOLEAN NOT NULL DEFAULT false,
            is_verified BOOLEAN NOT NULL DEFAULT false,

            throughput_per_second INTEGER NOT NULL DEFAULT 80 CHECK (throughput_per_second > 0),
            sending_stopped_at TIMESTAMP WITH TIME ZONE,
            sending_stopped_reason TEXT,

            quality_rating VARCHAR(20) CHECK (quality_rating IN ('GREEN', 'YELLOW', 'RED', 'UNKNOWN', 'NA')),
            messaging_limit_tier VARCHAR(50),

            settings JSONB NOT NULL DEFAULT '{}',
            last_synced_at TIMESTAMP WITH TIME ZONE,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            deleted_at TIMESTAMP WITH TIME ZONE,

            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, channel_id) REFERENCES channels(organization_id, id)
                ON DELETE RESTRICT
        )
    """)
    # Only among the living: a number that left may come back, to this organization or to another.
    op.execute("""
        CREATE UNIQUE INDEX whatsapp_numbers_phone_number_id_key
        ON whatsapp_numbers(phone_number_id) WHERE deleted_at IS NULL
    """)
    op.execute("""
        CREATE UNIQUE INDEX whatsapp_numbers_organization_id_phone_number_key
        ON whatsapp_numbers(organization_id, phone_number) WHERE deleted_at IS NULL
    """)
    op.execute("""
        CREATE UNIQUE INDEX whatsapp_numbers_default_key
        ON whatsapp_numbers(organization_id) WHERE is_default AND deleted_at IS NULL
    """)
    op.execute("CREATE INDEX idx_whatsapp_numbers_org ON whatsapp_numbers(organization_id)")
    op.execute("CREATE INDEX idx_whatsapp_numbers_phone ON whatsapp_numbers(phone_number_id)")
    op.execute("CREATE INDEX idx_whatsapp_numbers_active ON whatsapp_numbers(organization_id, is_active)")
    op.execute("CREATE INDEX idx_whatsapp_numbers_channel ON whatsapp_numbers(organization_id, channel_id)")
    op.execute("SELECT protect_tenant_table('whatsapp_numbers')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON whatsapp_numbers TO pytake_app")


def create_departments() -> None:
    op.execute("""
        CREATE TABLE departments (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,

            name VARCHAR(255) NOT NULL,
            description TEXT,
            color VARCHAR(7) NOT NULL DEFAULT '#3B82F6',

            whatsapp_number_id UUID,

            auto_assign_enabled BOOLEAN NOT NULL DEFAULT true,
            assignment_strategy VARCHAR(50) NOT NULL DEFAULT 'round_robin'
                CHECK (assignment_strategy IN ('round_robin', 'load_balance', 'priority')),
            max_queue_size INTEGER NOT NULL DEFAULT 100,

            business_hours JSONB NOT NULL DEFAULT '{}',

            is_active BOOLEAN NOT NULL DEFAULT true,

            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (organization_id, name),
            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, whatsapp_number_id) REFERENCES whatsapp_numbers(organization_id, id)
                ON DELETE SET NULL (whatsapp_number_id)
        )
    """)
    op.execute("CREATE INDEX idx_departments_org ON departments(organization_id)")
    op.execute("CREATE INDEX idx_departments_active ON departments(organization_id, is_active)")
    op.execute("SELECT protect_tenant_table('departments')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON departments TO pytake_app")


def create_user_departments() -> None:
    op.execute("""
        CREATE TABLE user_departments (
            organization_id UUID NOT NULL,
            user_id UUID NOT NULL,
            department_id UUID NOT NULL,

            is_primary BOOLEAN NOT NULL DEFAULT false,
            can_pull_from_queue BOOLEAN NOT NULL DEFAULT true,
            max_concurrent_conversations INTEGER NOT NULL DEFAULT 5,
            priority_level INTEGER NOT NULL DEFAULT 0,

            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            PRIMARY KEY (user_id, department_id),
            FOREIGN KEY (organization_id, user_id) REFERENCES users(organization_id, id) ON DELETE CASCADE,
            FOREIGN KEY (organization_id, department_id) REFERENCES departments(organization_id, id)
                ON DELETE CASCADE
        )
    """)
    op.execute("CREATE INDEX idx_user_departments_user ON user_departments(user_id)")
    op.execute("CREATE INDEX idx_user_departments_dept ON user_departments(department_id)")
    op.execute("SELECT protect_tenant_table('user_departments')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON user_departments TO pytake_app")


def create_agent_greetings() -> None:
    op.execute("""
        CREATE TABLE agent_greetings (
            id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
            organization_id UUID NOT NULL,
            user_id UUID NOT NULL,

            -- May use {{agent_name}}, {{agent_department}}, {{contact_name}}, {{time}} and {{day}}.
            message_template TEXT NOT NULL,

            is_active BOOLEAN NOT NULL DEFAULT true,
            auto_send BOOLEAN NOT NULL DEFAULT true,

            created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),

            UNIQUE (user_id),
            UNIQUE (organization_id, id),
            FOREIGN KEY (organization_id, user_id) REFERENCES users(organization_id, id) ON DELETE CASCADE
        )
    """)
    op.execute("CREATE INDEX idx_agent_greetings_user ON agent_greetings(user_id)")
    op.execute("SELECT protect_tenant_table('agent_greetings')")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON agent_greetings TO pytake_app")


def create_lookups() -> None:
    op.execute("""
        CREATE FUNCTION find_user(email text) RETURNS TABLE (id uuid, organization_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT u.id, u.organization_id FROM users u
            WHERE lower(u.email) = lower(find_user.email) AND u.deleted_at IS NULL;
        END
    """)
    op.execute("""
        CREATE FUNCTION find_channel(key text)
        RETURNS TABLE (
            id uuid,
            organization_id uuid,
            app_secret_encrypted text,
            previous_app_secret_encrypted text,
            verify_token_encrypted text,
            is_active boolean
        )
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            SELECT c.id, c.organization_id, c.app_secret_encrypted, c.previous_app_secret_encrypted,
                   c.verify_token_encrypted, c.is_active
            FROM channels c WHERE c.channel_key = find_channel.key;
        END
    """)
    for function in ("find_user", "find_channel"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO pytake_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION find_channel, find_user")
    op.execute("DROP TABLE agent_greetings, user_departments, departments")
    op.execute("DROP TABLE whatsapp_numbers, channels, refresh_tokens, users")
