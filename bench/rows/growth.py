"""Whether a database that has seen a million messages is slower than an empty one."""

from bench.alternate import OURS, alternate, unless_alone
from bench.desk import Tenant, make_tenant
from bench.figures import Figures
from bench.history import MESSAGES_EACH, write_history
from bench.row import Record, Row
from bench.stand import Stand
from bench.talk import note_cpu, numbers_of, plan_for, talk

CONVERSATIONS = 50_000
EMPTY, FULL = "growth_empty", "growth_full"

_SEEN = """
INSERT INTO message_ids (organization_id, whatsapp_number_id, whatsapp_message_id, message_id,
                         message_created_at)
SELECT organization_id, whatsapp_number_id, whatsapp_message_id, id, created_at FROM messages
"""
_RUNS = """
INSERT INTO flow_runs (id, organization_id, conversation_id, contact_id, flow_version_id, status, state,
                       step_no, created_at, updated_at, finished_at)
SELECT uuidv7(created_at - now()), organization_id, conversation_id, contact_id, $1, 'completed',
       '{"node": null, "variables": {"mensagem": "Bom dia!"}}', 2, created_at, created_at, created_at
FROM messages WHERE direction = 'inbound'
"""


async def run(stand: Stand, record: Record) -> None:
    full = await _fill(stand)

    async def on_full() -> Figures:
        return await _talk_on(stand, record, stand.database_url(FULL), full)

    async def on_empty() -> Figures:
        return await _talk_on(stand, record, await stand.make_database(EMPTY), None)

    await alternate(stand, record, {OURS: on_full} | unless_alone(stand, {"empty": on_empty}))
    messages = stand.options.scaled(CONVERSATIONS, CONVERSATIONS // 50) * MESSAGES_EACH
    record.state(f"with {messages:,} messages stored before", record.median(OURS, "msg/s"), "replies/s")
    record.compare("against an empty database", OURS, "empty", "msg/s")
    note_cpu(record)
    if "empty" in record.series:
        note_cpu(record, "empty")


async def _fill(stand: Stand) -> Tenant:
    """Statistics are left to PyTake and autovacuum, as in life."""
    database = await stand.make_database(FULL)
    async with stand.pytake(database, processes={}) as pytake:
        tenant = await make_tenant(pytake)
        conversations = stand.options.scaled(CONVERSATIONS, CONVERSATIONS // 50)
        await write_history(pytake, tenant, conversations, analyse=False)
        await pytake.owner.execute(_SEEN)
        version = await pytake.owner.fetchval("SELECT id FROM flow_versions")
        await pytake.owner.execute(_RUNS, version)
    return tenant


async def _talk_on(stand: Stand, record: Record, database: str, tenant: Tenant | None) -> Figures:
    """Its own processes each time: two PyTakes would take each other's nudges."""
    async with stand.pytake(database) as pytake:
        number = tenant or await make_tenant(pytake)
        return (await talk(pytake, record, plan_for(pytake, numbers_of([number])))).figures()


ROW = Row(8, "The main job on a database with a million messages", run)
