"""Bots, their flows, what was published of those, and where each conversation stands in them."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Numeric, String, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from pytake.chatbots.types import AiProvider, FlowType, NodeType, StoredRunStatus, TriggerType
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


class Chatbot(Identified, OwnedByOrganization, TimestampsMixin, Base):
    __tablename__ = "chatbots"
    __table_args__ = (
        one_per_tenant("id"),
        refers_to("created_by", "users"),
        Index("idx_chatbots_organization", "organization_id"),
        Index("idx_chatbots_active", "organization_id", "is_active"),
    )

    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None]
    avatar_url: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(server_default=TRUE)
    is_published: Mapped[bool] = mapped_column(server_default=FALSE)
    welcome_message: Mapped[str | None]
    fallback_message: Mapped[str | None] = mapped_column(
        server_default="Desculpe, não entendi. Pode reformular?"
    )
    """None is a bot that says nothing."""
    away_message: Mapped[str | None]
    ai_enabled: Mapped[bool] = mapped_column(server_default=FALSE)
    ai_provider: Mapped[AiProvider | None] = one_of(AiProvider, "ai_provider", 50)
    ai_model: Mapped[str | None] = mapped_column(String(100))
    ai_api_key_encrypted: Mapped[str | None]
    ai_system_prompt: Mapped[str | None]
    ai_temperature: Mapped[Decimal] = mapped_column(Numeric(3, 2), server_default="0.7")
    auto_handoff_enabled: Mapped[bool] = mapped_column(server_default=TRUE)
    handoff_keywords: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    business_hours: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    settings: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    statistics: Mapped[dict[str, Any]] = mapped_column(
        server_default=text("""'{"total_conversations": 0, "total_messages": 0}'""")
    )
    created_by: Mapped[UUID | None]
    deleted_at: Mapped[datetime | None]


class Flow(Identified, Tenant, TimestampsMixin, Base):
    """A flow; `canvas_data` is its draft, `published_version_id` what runs."""

    __tablename__ = "flows"
    __table_args__ = (
        one_per_tenant("id"),
        belongs_to("chatbot_id", "chatbots"),
        refers_to("whatsapp_number_id", "whatsapp_numbers"),
        refers_to("published_version_id", "flow_versions", use_alter=True),
        refers_to("created_by", "users"),
        Index("idx_flows_chatbot", "chatbot_id"),
        Index("idx_flows_type", "chatbot_id", "type"),
        Index("idx_flows_whatsapp_number", "whatsapp_number_id"),
    )

    chatbot_id: Mapped[UUID]
    whatsapp_number_id: Mapped[UUID | None]
    """None answers on every number of the organization."""
    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None]
    type: Mapped[FlowType] = one_of(FlowType, "type", 50, FlowType.MAIN)
    trigger_type: Mapped[TriggerType] = one_of(TriggerType, "trigger_type", 50, TriggerType.KEYWORD)
    trigger_keywords: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    trigger_conditions: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    is_active: Mapped[bool] = mapped_column(server_default=TRUE)
    version: Mapped[int] = mapped_column(server_default="1")
    canvas_data: Mapped[dict[str, Any]] = mapped_column(
        server_default=text("""'{"nodes": [], "edges": []}'""")
    )
    published_version_id: Mapped[UUID | None]
    created_by: Mapped[UUID | None]


class FlowVersion(Identified, Tenant, Base):
    """What was published; the database refuses to change it, because runs pin it."""

    __tablename__ = "flow_versions"
    __table_args__ = (
        one_per_tenant("id"),
        UniqueConstraint("flow_id", "number"),
        belongs_to("flow_id", "flows"),
        refers_to("published_by", "users"),
    )

    flow_id: Mapped[UUID]
    number: Mapped[int]
    canvas: Mapped[dict[str, Any]]
    program: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    schema_version: Mapped[int] = mapped_column(server_default="1")
    published_by: Mapped[UUID | None]
    note: Mapped[str | None]
    published_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Node(Identified, Tenant, TimestampsMixin, Base):
    """A node of a flow's draft: a projection of `canvas_data`."""

    __tablename__ = "nodes"
    __table_args__ = (
        one_per_tenant("id"),
        belongs_to("flow_id", "flows"),
        refers_to("next_node_id", "nodes"),
        Index("idx_nodes_flow", "flow_id"),
        Index("idx_nodes_type", "flow_id", "type"),
        Index(
            "idx_nodes_next",
            "organization_id",
            "next_node_id",
            postgresql_where=text("next_node_id IS NOT NULL"),
        ),
    )

    flow_id: Mapped[UUID]
    position_x: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    position_y: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    type: Mapped[NodeType] = one_of(NodeType, "type", 50)
    label: Mapped[str | None] = mapped_column(String(255))
    content: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    next_node_id: Mapped[UUID | None]
    settings: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)


class FlowRun(Identified, Tenant, TimestampsMixin, Base):
    """Where a conversation stands in a flow."""

    __tablename__ = "flow_runs"
    __table_args__ = (
        one_per_tenant("id"),
        belongs_to("conversation_id", "conversations"),
        belongs_to("flow_version_id", "flow_versions"),
        Index(
            "flow_runs_waiting_key",
            "conversation_id",
            unique=True,
            postgresql_where=text("status = 'waiting'"),
        ),
        Index("idx_flow_runs_conversation", "conversation_id"),
    )

    conversation_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    """The conversation's; like the two below it needs no check of its own (016)."""
    chatbot_id: Mapped[UUID | None]
    flow_id: Mapped[UUID | None]
    flow_version_id: Mapped[UUID]
    status: Mapped[StoredRunStatus] = one_of(StoredRunStatus, "status", 20, StoredRunStatus.WAITING)
    state: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    step_no: Mapped[int] = mapped_column(server_default="0")
    waiting_kind: Mapped[str | None] = mapped_column(String(32))
    finished_at: Mapped[datetime | None]


class FlowTimer(Tenant, Base):
    """When a waiting run must be woken, and the token that says it is still the same wait."""

    __tablename__ = "flow_timers"
    __table_args__ = (
        belongs_to("run_id", "flow_runs"),
        Index("idx_flow_timers_fire", "fire_at"),
        Index("idx_flow_timers_organization", "organization_id", "fire_at"),
    )

    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    fire_at: Mapped[datetime]
    token: Mapped[str] = mapped_column(String(64))
