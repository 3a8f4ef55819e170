-- One message and its reply with every row that PyTake leaves behind, in one transaction: as one.sql, and the
-- reply's id, the conversation, the run of the flow, the outbox row that comes and goes, five facts of the journal.
-- For pgbench; :org, :number, :people, :flow, :version and :bot are given.
\set person random(1, :people)
BEGIN;
INSERT INTO message_ids (organization_id, whatsapp_number_id, whatsapp_message_id, message_id, message_created_at)
VALUES (:org, :number, 'wamid.HBgNNTUxMTk5OTk5OTk5ORUCABIYFjNF' || replace(uuidv7()::text, '-', ''), uuidv7(), now())
ON CONFLICT DO NOTHING
RETURNING message_id AS inbound, whatsapp_message_id AS wamid, uuidv7() AS outbound, uuidv7() AS run \gset
INSERT INTO contacts AS c (organization_id, whatsapp_id, whatsapp_name, phone)
VALUES (:org, '55118' || lpad((:person)::text, 8, '0'), 'Maria', '+55118' || lpad((:person)::text, 8, '0'))
ON CONFLICT (organization_id, whatsapp_id) WHERE deleted_at IS NULL
DO UPDATE SET whatsapp_name = EXCLUDED.whatsapp_name, total_messages = c.total_messages + 2,
              last_message_at = now(), updated_at = now()
RETURNING id AS contact \gset
SELECT id AS conversation FROM conversations
WHERE organization_id = :org AND contact_id = :contact AND whatsapp_number_id = :number
  AND status NOT IN ('resolved', 'closed')
FOR NO KEY UPDATE \gset
INSERT INTO messages (id, organization_id, conversation_id, contact_id, whatsapp_number_id, direction, sender_type,
                      type, content, status, whatsapp_message_id, metadata, created_at)
VALUES (:inbound, :org, :conversation, :contact, :number, 'inbound', 'contact',
        'text', '{"text": "1700000.12345"}', 'received', :wamid, '{"timestamp": 1763820000}', now()),
       (:outbound, :org, :conversation, :contact, :number, 'outbound', 'bot',
        'text', '{"text": "eco: 1700000.12345"}', 'pending', NULL, '{}', now());
INSERT INTO outbox (message_id, message_created_at, organization_id, whatsapp_number_id, conversation_id, contact_id,
                    priority, reads_whatsapp_id)
VALUES (:outbound, now(), :org, :number, :conversation, :contact, 1, :wamid);
UPDATE conversations SET last_message_at = now(), last_customer_message_at = now(),
       twenty_four_hour_window_expires_at = now() + interval '24 hours', can_send_free_form = true,
       message_count = message_count + 2, chatbot_id = :bot, current_flow_id = :flow, updated_at = now()
WHERE organization_id = :org AND id = :conversation;
INSERT INTO flow_runs (id, organization_id, conversation_id, contact_id, chatbot_id, flow_id, flow_version_id,
                       status, state, step_no, finished_at)
VALUES (:run, :org, :conversation, :contact, :bot, :flow, :version,
        'completed', '{"node": null, "variables": {"mensagem": "1700000.12345"}}', 2, now());
DELETE FROM outbox WHERE message_id = :outbound;
INSERT INTO message_ids (organization_id, whatsapp_number_id, whatsapp_message_id, message_id, message_created_at)
VALUES (:org, :number, 'wamid.OUT' || (:outbound)::text, :outbound, now());
UPDATE messages SET status = 'accepted', whatsapp_message_id = 'wamid.OUT' || id::text
WHERE organization_id = :org AND id = :outbound AND created_at = now();
INSERT INTO events (organization_id, type, payload)
SELECT :org, type, jsonb_build_object('message_id', (:outbound)::text, 'message_created_at', now(),
                                      'conversation_id', (:conversation)::text, 'contact_id', (:contact)::text)
FROM unnest(ARRAY['message.received', 'flow.started', 'message.created', 'flow.finished', 'message.updated']) AS type;
COMMIT;
