"""The set statements of `batch`: what a hundred messages leave behind, a statement for each kind of row.

`LEAN` are the rows of sql/one.sql, `FULL` those of sql/one_full.sql.
"""

IDS = """
INSERT INTO message_ids (organization_id, whatsapp_number_id, whatsapp_message_id, message_id,
                         message_created_at)
SELECT $1, $2, wamid, id, now() FROM unnest($3::text[], $4::uuid[]) AS new (wamid, id)
ON CONFLICT DO NOTHING RETURNING message_id
"""
CONTACTS = """
INSERT INTO contacts AS c (organization_id, whatsapp_id, whatsapp_name, phone)
SELECT $1, wa_id, 'Maria', '+' || wa_id FROM unnest($2::text[]) AS new (wa_id)
ON CONFLICT (organization_id, whatsapp_id) WHERE deleted_at IS NULL
DO UPDATE SET whatsapp_name = EXCLUDED.whatsapp_name, total_messages = c.total_messages + 2,
              last_message_at = now(), updated_at = now()
RETURNING id
"""
LOCK = """
SELECT c.id, c.contact_id FROM conversations c
JOIN unnest($3::uuid[]) AS people (id) ON c.contact_id = people.id
WHERE c.organization_id = $1 AND c.whatsapp_number_id = $2 AND c.status NOT IN ('resolved', 'closed')
ORDER BY c.id FOR NO KEY UPDATE OF c
"""
MESSAGES = """
INSERT INTO messages (id, organization_id, conversation_id, contact_id, whatsapp_number_id, direction,
                      sender_type, type, content, status, whatsapp_message_id, metadata, created_at)
SELECT id, $1, conversation_id, contact_id, $2, direction, sender_type, 'text', content::jsonb, status, wamid,
       metadata::jsonb, now()
FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
            $11::text[])
     AS new (id, conversation_id, contact_id, direction, sender_type, content, status, wamid, metadata)
"""
STATUS = """
UPDATE messages m SET status = 'accepted', whatsapp_message_id = new.wamid
FROM unnest($2::uuid[], $3::text[]) AS new (id, wamid)
WHERE m.organization_id = $1 AND m.id = new.id AND m.created_at = now()
"""
OUTBOX = """
INSERT INTO outbox (message_id, message_created_at, organization_id, whatsapp_number_id, conversation_id,
                    contact_id, priority, reads_whatsapp_id)
SELECT id, now(), $1, $2, conversation_id, contact_id, 1, wamid
FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[]) AS new (id, conversation_id, contact_id, wamid)
"""
SENT = "DELETE FROM outbox WHERE organization_id = $1 AND message_id = ANY($2::uuid[])"
CONVERSATIONS = """
UPDATE conversations SET last_message_at = now(), last_customer_message_at = now(),
       twenty_four_hour_window_expires_at = now() + interval '24 hours', can_send_free_form = true,
       message_count = message_count + 2, chatbot_id = $3, current_flow_id = $4, updated_at = now()
WHERE organization_id = $1 AND id = ANY($2::uuid[])
"""
RUNS = """
INSERT INTO flow_runs (id, organization_id, conversation_id, contact_id, chatbot_id, flow_id, flow_version_id,
                       status, state, step_no, finished_at)
SELECT id, $1, conversation_id, contact_id, $5, $6, $7, 'completed', state::jsonb, 2, now()
FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $8::text[]) AS new (id, conversation_id, contact_id, state)
"""
EVENTS = """
INSERT INTO events (organization_id, type, payload)
SELECT $1, type, payload::jsonb FROM unnest($2::text[], $3::text[]) AS news (type, payload)
"""
FACTS = ("message.received", "flow.started", "message.created", "flow.finished", "message.updated")
