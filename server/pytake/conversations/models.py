"""Conversations and their messages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, SmallInteger, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from pytake.conversations.types import (
    ConversationStatus,
    Direction,
    MessageStatus,
    MessageType,
    OutboxState,
    Priority,
    SenderType,
)
from pytake.kit.ids import new_id
from pytake.kit.models import (
    EMPTY_ARRAY,
    EMPTY_OBJECT,
    FALSE,
    TRUE,
    Base,
    Identified,
    OwnedByOrganization,
    Tenant,
    TimestampsMixin,
    belongs_to,
    one_of,
    one_per_tenant,
    refers_to,
)

_LIVE = text("status NOT IN ('resolved', 'closed')")


class Conversation(Identified, OwnedByOrganization, TimestampsMixin, Base):
    __tablename__ = "conversations"
    __table_args__ = (
        one_per_tenant("id"),
        belongs_to("contact_id", "contacts"),
        refers_to("chatbot_id", "chatbots"),
        refers_to("whatsapp_number_id", "whatsapp_numbers"),
        refers_to("department_id", "departments"),
        refers_to("assigned_to", "users"),
        refers_to("current_flow_id", "flows"),
        refers_to("current_node_id", "nodes"),
        CheckConstraint("satisfaction_rating BETWEEN 1 AND 5", name="satisfaction_rating"),
        Index(
            "conversations_live_key",
            "organization_id",
            "contact_id",
            "whatsapp_number_id",
            unique=True,
            postgresql_where=_LIVE,
            postgresql_nulls_not_distinct=True,
        ),
        Index("idx_conversations_contact", "contact_id"),
        Index(
            "idx_conversations_status",
            "organization_id",
            "status",
            postgresql_where=text("last_message_at IS NOT NULL"),
        ),
        Index("idx_conversations_assigned", "assigned_to"),
        Index("idx_conversations_department", "department_id"),
        Index("idx_conversations_whatsapp_number", "whatsapp_number_id"),
        Index(
            "idx_conversations_queue",
            "department_id",
            "status",
            postgresql_where=text("status = 'waiting_in_queue'"),
        ),
        Index(
            "idx_conversations_last_message", "organization_id", text("last_message_at DESC"), text("id DESC")
        ),
        Index(
            "idx_conversations_live",
            "organization_id",
            text("last_message_at DESC"),
            text("id DESC"),
            postgresql_where=_LIVE,
        ),
        Index(
            "idx_conversations_24h_window",
            "organization_id",
            "twenty_four_hour_window_expires_at",
            postgresql_where=text("twenty_four_hour_window_expires_at IS NOT NULL"),
        ),
        Index(
            "idx_conversations_agent_open",
            "assigned_to",
            "status",
            postgresql_where=text("status IN ('open', 'pending', 'assigned')"),
        ),
        Index("idx_conversations_analytics", "organization_id", "created_at", "status"),
    )

    contact_id: Mapped[UUID]
    chatbot_id: Mapped[UUID | None]
    whatsapp_number_id: Mapped[UUID | None]
    status: Mapped[ConversationStatus] = one_of(ConversationStatus, "status", 50, ConversationStatus.OPEN)
    department_id: Mapped[UUID | None]
    assigned_to: Mapped[UUID | None]
    assigned_at: Mapped[datetime | None]
    entered_queue_at: Mapped[datetime | None]
    pulled_from_queue_at: Mapped[datetime | None]
    queue_position: Mapped[int | None]
    is_bot_active: Mapped[bool] = mapped_column(server_default=TRUE)
    handoff_at: Mapped[datetime | None]
    handoff_reason: Mapped[str | None]
    current_flow_id: Mapped[UUID | None]
    current_node_id: Mapped[UUID | None]
    flow_variables: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    last_customer_message_at: Mapped[datetime | None]
    twenty_four_hour_window_expires_at: Mapped[datetime | None]
    can_send_free_form: Mapped[bool] = mapped_column(server_default=FALSE)
    first_message_at: Mapped[datetime | None]
    last_message_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    response_time_avg: Mapped[int | None]
    """Seconds."""
    message_count: Mapped[int] = mapped_column(server_default="0")
    tags: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    notes: Mapped[str | None]
    priority: Mapped[Priority] = one_of(Priority, "priority", 20, Priority.NORMAL)
    satisfaction_rating: Mapped[int | None]


class Message(Tenant, Base):
    """A message. Its table is cut by month, so an id is looked up together with its time."""

    __tablename__ = "messages"
    __table_args__ = (
        belongs_to("conversation_id", "conversations"),
        refers_to("sender_id", "users"),
        Index(
            "idx_messages_status",
            "organization_id",
            text("failed_at DESC"),
            postgresql_where=text("direction = 'outbound' AND failed_at IS NOT NULL"),
        ),
        Index("idx_messages_created", "organization_id", text("created_at DESC"), "id", unique=True),
        Index(
            "idx_messages_recent",
            "conversation_id",
            text("created_at DESC"),
            postgresql_include=["type", "direction"],
        ),
        {"postgresql_partition_by": "RANGE (created_at)"},
    )

    id: Mapped[UUID] = mapped_column(
        primary_key=True, default=new_id, server_default=func.gen_random_uuid(), sort_order=-2
    )
    conversation_id: Mapped[UUID]
    whatsapp_number_id: Mapped[UUID | None]
    contact_id: Mapped[UUID | None]
    direction: Mapped[Direction] = one_of(Direction, "direction", 10)
    sender_type: Mapped[SenderType | None] = one_of(SenderType, "sender_type", 20)
    sender_id: Mapped[UUID | None]
    whatsapp_message_id: Mapped[str | None] = mapped_column(String(600))
    type: Mapped[MessageType] = one_of(MessageType, "type", 50, MessageType.TEXT)
    content: Mapped[dict[str, Any]]
    status: Mapped[MessageStatus] = one_of(MessageStatus, "status", 20, MessageStatus.PENDING)
    error_code: Mapped[int | None]
    error_message: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    details: Mapped[dict[str, Any]] = mapped_column("metadata", server_default=EMPTY_OBJECT)
    created_at: Mapped[datetime] = mapped_column(primary_key=True, server_default=func.now())


class MessageId(Tenant, Base):
    """A WhatsApp id we know, and the message it stands for: where duplicates end."""

    __tablename__ = "message_ids"

    whatsapp_number_id: Mapped[UUID] = mapped_column(primary_key=True)
    whatsapp_message_id: Mapped[str] = mapped_column(String(600), primary_key=True)
    message_id: Mapped[UUID]
    message_created_at: Mapped[datetime]


class FreeEntryPoint(Tenant, Base):
    """The free hours of somebody who came through an advertisement: see `free_entry`."""

    __tablename__ = "free_entry_points"
    __table_args__ = (
        belongs_to("contact_id", "contacts"),
        belongs_to("whatsapp_number_id", "whatsapp_numbers"),
        Index("idx_free_entry_points_number", "whatsapp_number_id"),
    )

    contact_id: Mapped[UUID] = mapped_column(primary_key=True)
    whatsapp_number_id: Mapped[UUID] = mapped_column(primary_key=True)
    entered_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]


class OutboxRow(Tenant, Base):
    """A message that still has to leave; gone when the outcome of its send is recorded."""

    __tablename__ = "outbox"
    __table_args__ = (
        belongs_to("conversation_id", "conversations"),
        belongs_to("whatsapp_number_id", "whatsapp_numbers"),
        Index("idx_outbox_number", "whatsapp_number_id", "priority", "position"),
        Index("idx_outbox_conversation", "conversation_id", "position"),
    )

    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    message_created_at: Mapped[datetime]
    whatsapp_number_id: Mapped[UUID]
    conversation_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    priority: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    state: Mapped[OutboxState] = one_of(OutboxState, "state", 10, OutboxState.PENDING)
    attempts: Mapped[int] = mapped_column(server_default="0")
    not_before: Mapped[datetime] = mapped_column(server_default=func.now())
    claimed_at: Mapped[datetime | None]
    is_template: Mapped[bool] = mapped_column(server_default=FALSE)
    last_error: Mapped[str | None]
    reads_whatsapp_id: Mapped[str | None] = mapped_column(String(600))
    times_unknown: Mapped[int] = mapped_column(SmallInteger, server_default="0")


class BusinessInitiation(Tenant, Base):
    """Somebody whom the business has written to first, and when it last did: see `initiations`."""

    __tablename__ = "business_initiations"
    __table_args__ = (
        belongs_to("contact_id", "contacts"),
        Index("idx_business_initiations_recent", "organization_id", "initiated_at"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)
    contact_id: Mapped[UUID] = mapped_column(primary_key=True)
    message_id: Mapped[UUID]
    initiated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    previous_at: Mapped[datetime | None]


class QuickReply(Identified, OwnedByOrganization, TimestampsMixin, Base):
    __tablename__ = "quick_replies"
    __table_args__ = (
        one_per_tenant("id"),
        one_per_tenant("shortcut"),
        refers_to("created_by", "users"),
        Index("idx_quick_replies_organization", "organization_id"),
        Index("idx_quick_replies_global", "organization_id", "is_global"),
    )

    shortcut: Mapped[str] = mapped_column(String(50))
    title: Mapped[str] = mapped_column(String(255))
    content: Mapped[str]
    media_url: Mapped[str | None]
    media_type: Mapped[str | None] = mapped_column(String(50))
    usage_count: Mapped[int] = mapped_column(server_default="0")
    is_global: Mapped[bool] = mapped_column(server_default=TRUE)
    created_by: Mapped[UUID | None]


class AgentGreeting(Identified, Tenant, TimestampsMixin, Base):
    """What an agent's first words are."""

    __tablename__ = "agent_greetings"
    __table_args__ = (
        one_per_tenant("id"),
        belongs_to("user_id", "users"),
        Index("idx_agent_greetings_user", "user_id"),
    )

    user_id: Mapped[UUID] = mapped_column(unique=True)
    message_template: Mapped[str]
    is_active: Mapped[bool] = mapped_column(server_default=TRUE)
    auto_send: Mapped[bool] = mapped_column(server_default=TRUE)
