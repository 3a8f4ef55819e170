"""Runs are no longer checked against what their conversation and their flow's version are checked against.

A run belongs to its conversation, which belongs to the contact; it plays a version, which belongs to the flow
and that to the bot. Whoever deletes a contact, a flow or a bot deletes the run by those ways. Each check was
a look-up and a row lock for each run begun: together a third of what writing a run cost.
"""

from alembic import op

revision = "016"
down_revision = "015"
branch_labels = None
depends_on = None

KEYS = (
    ("contact_id", "contacts", "CASCADE"),
    ("chatbot_id", "chatbots", "SET NULL (chatbot_id)"),
    ("flow_id", "flows", "SET NULL (flow_id)"),
)


def upgrade() -> None:
    for column, _, _ in KEYS:
        op.execute(f"ALTER TABLE flow_runs DROP CONSTRAINT flow_runs_organization_id_{column}_fkey")


def downgrade() -> None:
    for column, table, action in KEYS:
        op.execute(f"""
            ALTER TABLE flow_runs ADD CONSTRAINT flow_runs_organization_id_{column}_fkey
            FOREIGN KEY (organization_id, {column}) REFERENCES {table}(organization_id, id) ON DELETE {action}
        """)
