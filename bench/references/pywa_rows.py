"""What a bot stores that keeps its messages: the rows of sql/one.sql, by SQLAlchemy's sessions."""

import uuid
from datetime import datetime
from typing import NamedTuple

import orjson
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

CONNECTIONS = 20

_SEEN = text("""
INSERT INTO message_ids (organization_id, whatsapp_number_id, whatsapp_message_id, message_id,
                         message_created_at)
VALUES (:org, :number, :wamid, :inbound, now())
ON CONFLICT DO NOTHING RETURNING message_created_at
""")
_CONTACT = text("""
INSERT INTO contacts AS c (organization_id, whatsapp_id, whatsapp_name, phone)
VALUES (:org, :wa_id, 'Maria', :phone)
ON CONFLICT (organization_id, whatsapp_id) WHERE deleted_at IS NULL
DO UPDATE SET whatsapp_name = EXCLUDED.whatsapp_name, total_messages = c.total_messages + 2,
              last_message_at = now(), updated_at = now()
RETURNING id
""")
_CONVERSATION = text("""
INSERT INTO conversations (organization_id, contact_id, whatsapp_number_id)
VALUES (:org, :contact, :number)
ON CONFLICT (organization_id, contact_id, whatsapp_number_id) WHERE status NOT IN ('resolved', 'closed')
DO UPDATE SET last_message_at = now()
RETURNING id
""")
_MESSAGES = text("""
INSERT INTO messages (id, organization_id, conversation_id, contact_id, whatsapp_number_id, direction,
                      sender_type, type, content, status, whatsapp_message_id)
VALUES (:inbound, :org, :conversation, :contact, :number, 'inbound', 'contact', 'text',
        CAST(:said AS jsonb), 'received', :wamid),
       (:outbound, :org, :conversation, :contact, :number, 'outbound', 'bot', 'text',
        CAST(:reply AS jsonb), 'pending', NULL)
""")
_STATUS = text("""
UPDATE messages SET status = 'accepted', whatsapp_message_id = :wamid
WHERE organization_id = :org AND id = :outbound AND created_at = :created_at
""")


class Stored(NamedTuple):
    outbound: uuid.UUID
    created_at: datetime


class Rows:
    def __init__(self, url: str, organization_id: str, number_id: str) -> None:
        engine = create_async_engine(
            make_url(url).set(drivername="postgresql+asyncpg"), pool_size=CONNECTIONS, max_overflow=0
        )
        self._sessions = async_sessionmaker(engine)
        self._scope = {"org": uuid.UUID(organization_id), "number": uuid.UUID(number_id)}

    async def store(self, wamid: str, wa_id: str, said: str, reply: str) -> Stored | None:
        """None when the message was seen before."""
        ids = {"inbound": uuid.uuid4(), "outbound": uuid.uuid4(), "wamid": wamid}
        async with self._sessions.begin() as session:
            seen = await session.execute(_SEEN, self._scope | ids)
            created_at = seen.scalar()
            if created_at is None:
                return None
            person = {"wa_id": wa_id, "phone": f"+{wa_id}"}
            contact = (await session.execute(_CONTACT, self._scope | person)).scalar_one()
            found = await session.execute(_CONVERSATION, self._scope | {"contact": contact})
            texts = {"said": _text(said), "reply": _text(reply)}
            where = {"conversation": found.scalar_one(), "contact": contact}
            await session.execute(_MESSAGES, self._scope | ids | where | texts)
        return Stored(uuid.UUID(str(ids["outbound"])), created_at)

    async def settle(self, stored: Stored, wamid: str) -> None:
        async with self._sessions.begin() as session:
            await session.execute(_STATUS, self._scope | stored._asdict() | {"wamid": wamid})


def _text(words: str) -> str:
    return orjson.dumps({"text": words}).decode()
