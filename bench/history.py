"""What has been said in an organization before anybody measures: as many conversations as one wants."""

from bench.desk import Tenant
from bench.options import say
from bench.processes import PyTake

MESSAGES_EACH = 20
A_STATEMENT = 5_000
"""Conversations whose messages are written at once."""

# One conversation every hundred seconds back into the past, each of three hours; two in five are live.
# Ids rise with time, as PyTake's own do.
_TALKS = """
CREATE TEMPORARY TABLE talks AS
SELECT place, began, began + interval '3 hours' AS ended,
       uuidv7(began - now()) AS contact_id, uuidv7(began - now()) AS conversation_id,
       (ARRAY['open', 'waiting_in_queue', 'assigned', 'pending', 'resolved', 'resolved', 'closed', 'resolved',
              'resolved', 'resolved'])[1 + place % 10] AS status
FROM generate_series(0, $1::int - 1) AS place,
     LATERAL (SELECT now() - interval '3 hours' - make_interval(secs => 100 * place)) AS t (began)
"""
_CONTACTS = """
INSERT INTO contacts (id, organization_id, whatsapp_id, phone, whatsapp_name, last_message_at)
SELECT contact_id, $1, '55119' || lpad(place::text, 8, '0'), '+55119' || lpad(place::text, 8, '0'),
       'Maria ' || place, ended
FROM talks ORDER BY place DESC
"""
_CONVERSATIONS = """
INSERT INTO conversations (id, organization_id, contact_id, whatsapp_number_id, status, first_message_at,
                           last_message_at, last_customer_message_at, twenty_four_hour_window_expires_at,
                           message_count, created_at)
SELECT conversation_id, $1, contact_id, $2, status, began,
       ended, ended, ended + interval '24 hours', $3::int, began
FROM talks ORDER BY place DESC
"""
_MESSAGES = """
INSERT INTO messages (id, organization_id, conversation_id, contact_id, whatsapp_number_id, direction,
                      sender_type, type, content, status, whatsapp_message_id, created_at)
SELECT uuidv7(said - now()), $1, conversation_id, contact_id, $2,
       CASE WHEN ours THEN 'outbound' ELSE 'inbound' END, CASE WHEN ours THEN 'bot' ELSE 'contact' END,
       'text',
       jsonb_build_object('text', 'Bom dia! Queria encomendar duas dúzias de pão de queijo para as ' || turn),
       CASE WHEN ours THEN 'read' ELSE 'received' END,
       'wamid.HBgNNTUxMTk5OTk5OTk5ORUCABIYFjNF' || place || '.' || turn, said
FROM talks, generate_series(1, $3::int) AS turn,
     LATERAL (SELECT turn % 2 = 1, ended - (ended - began) * ($3::int - turn) / $3::int) AS t (ours, said)
WHERE place >= $4 AND place < $5
ORDER BY said
"""


async def write_history(pytake: PyTake, tenant: Tenant, conversations: int, *, analyse: bool = True) -> None:
    owner = pytake.owner
    await owner.execute(
        "SELECT make_message_partition((date_trunc('month', now()) - make_interval(months => back))::date)"
        " FROM generate_series(1, 3) AS back"
    )
    await owner.execute(_TALKS, conversations)
    await owner.execute(_CONTACTS, tenant.organization_id)
    await owner.execute(_CONVERSATIONS, tenant.organization_id, tenant.number_id, MESSAGES_EACH)
    for first in range(0, conversations, A_STATEMENT):
        await owner.execute(
            _MESSAGES, tenant.organization_id, tenant.number_id, MESSAGES_EACH, first, first + A_STATEMENT
        )
        say(f"history: {first} of {conversations} conversations have messages")
    await owner.execute("DROP TABLE talks")
    if analyse:
        await owner.execute("VACUUM ANALYZE contacts, conversations, messages")
