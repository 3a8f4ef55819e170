-- One message and its reply in one transaction of seven round trips, as the textbook has it: dedupe, contact,
-- conversation lock, two messages, status. For pgbench; :org, :number and :people are given.
\set person random(1, :people)
BEGIN;
INSERT INTO message_ids (organization_id, whatsapp_number_id, whatsapp_message_id, message_id, message_created_at)
VALUES (:org, :number, 'wamid.HBgNNTUxMTk5OTk5OTk5ORUCABIYFjNF' || replace(uuidv7()::text, '-', ''), uuidv7(), now())
ON CONFLICT DO NOTHING RETURNING message_id AS inbound, whatsapp_message_id AS wamid, uuidv7() AS outbound \gset
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
UPDATE messages SET status = 'accepted', whatsapp_message_id = 'wamid.OUT' || id::text
WHERE organization_id = :org AND id = :outbound AND created_at = now();
COMMIT;
