"""The models, used: what is written is what is read, and a loaded status is the enumeration's."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import Constraint, Index, make_url, select, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from pytake.chatbots.models import Chatbot, Flow, FlowRun, FlowVersion
from pytake.chatbots.types import FlowType, StoredRunStatus
from pytake.contacts.models import Contact
from pytake.conversations.models import Conversation, Message
from pytake.conversations.types import ConversationStatus, Direction, MessageStatus, MessageType
from pytake.entrypoints.models import METADATA
from pytake.identity.models import Organization, User
from pytake.identity.types import PlanType, Role
from pytake.kit.ids import new_id

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)


@pytest.fixture
async def organization_id() -> UUID:
    return new_id()


@pytest.fixture
async def session(app_url: str, organization_id: UUID) -> AsyncIterator[AsyncSession]:
    """In a transaction of the organization, as the application has it."""
    engine = create_async_engine(make_url(app_url).set(drivername="postgresql+asyncpg"))
    async with AsyncSession(engine, expire_on_commit=False) as session:
        await session.execute(text("SELECT set_config('app.org', :id, true)"), {"id": str(organization_id)})
        session.add(Organization(id=organization_id, name="Padaria Aurora", slug="padaria-aurora"))
        await session.flush()
        yield session
    await engine.dispose()


async def test_what_the_database_fills_in_comes_back(session: AsyncSession, organization_id: UUID) -> None:
    contact = Contact(
        organization_id=organization_id, name="João", phone="+55 11 91111-2222", last_message_at=NOON
    )
    user = User(organization_id=organization_id, email="a@b.example", password_hash="-", full_name="Ana")
    session.add_all([contact, user])
    await session.flush()

    organization = await session.get_one(Organization, organization_id)
    assert (organization.plan_type, user.role) == (PlanType.FREE, Role.AGENT)
    assert (contact.opt_in, contact.tags, contact.attributes) == (False, [], {})
    assert (contact.search_text, contact.last_message_on) == (" joao    5511911112222 ", date(2026, 11, 5))


async def test_a_talk_is_read_as_it_was_written(session: AsyncSession, organization_id: UUID) -> None:
    contact = Contact(organization_id=organization_id, whatsapp_id="5511911112222")
    conversation = Conversation(organization_id=organization_id, contact_id=contact_id(contact))
    session.add(contact)
    await session.flush()
    session.add(conversation)
    await session.flush()
    session.add(
        Message(
            organization_id=organization_id,
            conversation_id=conversation.id,
            direction=Direction.INBOUND,
            status=MessageStatus.RECEIVED,
            content={"text": "Olá, João"},
            details={"timestamp": 1},
        )
    )
    await session.flush()
    session.expunge_all()

    message = (await session.scalars(select(Message))).one()
    assert (message.direction, message.status, message.type) == (
        Direction.INBOUND,
        MessageStatus.RECEIVED,
        MessageType.TEXT,
    )
    assert (message.content, message.details) == ({"text": "Olá, João"}, {"timestamp": 1})
    found = (await session.scalars(select(Conversation))).one()
    assert found.status is ConversationStatus.OPEN


def contact_id(contact: Contact) -> UUID:
    contact.id = new_id()
    return contact.id


async def test_a_flow_is_published(session: AsyncSession, organization_id: UUID) -> None:
    bot = Chatbot(id=new_id(), organization_id=organization_id, name="Bia")
    flow = Flow(id=new_id(), organization_id=organization_id, chatbot_id=bot.id, name="Início")
    session.add(bot)
    await session.flush()
    session.add(flow)
    await session.flush()
    version = FlowVersion(
        id=new_id(),
        organization_id=organization_id,
        flow_id=flow.id,
        number=1,
        canvas={},
        program={"nodes": []},
        content_hash="-",
    )
    session.add(version)
    await session.flush()
    flow.published_version_id = version.id
    await session.flush()
    await session.refresh(flow)

    assert (flow.type, flow.published_version_id) == (FlowType.MAIN, version.id)
    assert flow.canvas_data == {"nodes": [], "edges": []}
    assert (
        await session.scalars(select(FlowRun).where(FlowRun.status == StoredRunStatus.WAITING))
    ).all() == []


def test_every_name_fits_postgresql() -> None:
    """Longer names would be cut, and the models would look for the whole ones."""
    named: list[Constraint | Index] = []
    for table in METADATA.sorted_tables:
        named += [*table.constraints, *table.indexes]
    names = [str(thing.name) for thing in named if thing.name]

    assert len(names) > 200
    assert [name for name in names if len(name) > 63] == []
