"""Timers of an organization that must be silent stay where they are until it may speak again."""

from alembic import op

revision = "047"
down_revision = "046"
branch_labels = None
depends_on = None

MAY_SPEAK = """
              AND EXISTS (
                  SELECT FROM organizations o
                  WHERE o.id = known.organization_id AND o.is_active AND o.deleted_at IS NULL
                    AND COALESCE(o.messages_paused_until <= now(), true))"""


def upgrade() -> None:
    look_for_due_timers(MAY_SPEAK)


def look_for_due_timers(whose: str) -> None:
    op.execute(f"""
        CREATE OR REPLACE FUNCTION organizations_with_due_timers(most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        BEGIN ATOMIC
            WITH RECURSIVE known (organization_id) AS (
                (SELECT t.organization_id FROM flow_timers t ORDER BY t.organization_id LIMIT 1)
                UNION ALL
                SELECT (SELECT t.organization_id FROM flow_timers t
                        WHERE t.organization_id > known.organization_id ORDER BY t.organization_id LIMIT 1)
                FROM known WHERE known.organization_id IS NOT NULL
            )
            SELECT known.organization_id
            FROM known
            WHERE known.organization_id IS NOT NULL
              AND EXISTS (
                  SELECT FROM flow_timers t
                  WHERE t.organization_id = known.organization_id AND t.fire_at <= now()){whose}
            ORDER BY random()
            LIMIT most;
        END
    """)


def downgrade() -> None:
    look_for_due_timers("")
