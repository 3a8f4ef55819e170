"""What the audit API answers."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from pytake.audit.types import Damage
from pytake.http.pages import Page


class AuditLogRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    sequence: int
    action: str
    """`user.created`: what was done to what."""
    user_id: UUID | None
    user_name: str | None
    """None when nobody was signed in, or the user is gone."""
    resource_type: str | None
    resource_id: UUID | None
    description: str | None
    changes: dict[str, Any] | None
    """`before` and `after`, each with what is different; a secret is `[redacted]`."""
    metadata: dict[str, Any]
    ip_address: str | None
    user_agent: str | None
    created_at: datetime


class AuditLogPage(Page[AuditLogRead]):
    names: dict[UUID, str]
    """What these rows speak of, by id: how it is called today, as far as it is still there."""


class FindingRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    damage: Damage
    sequence: int
    row_id: UUID | None


class VerificationRead(BaseModel):
    intact: bool
    verified_at: datetime
    """Rows that were added after this moment were not looked at."""
    actor: Literal["system", "user", "machine", "command"]
    """Who had it looked through: a person, somebody at the server's command line, or PyTake, as every day."""
    user_id: UUID | None
    user_name: str | None
    rows: int
    findings: list[FindingRead]


class LastVerificationRead(BaseModel):
    last: VerificationRead | None
    """None when nobody has looked yet, and when what is stored was not written by PyTake."""


class RequestLogRead(BaseModel):
    id: UUID = Field(validation_alias="_id")
    method: str
    path: str
    query_params: dict[str, Any]
    headers: dict[str, Any]
    body: Any
    """JSON without secrets; of what is large or no JSON only the size."""
    status_code: int
    response_time_ms: int
    success: bool
    error_message: str | None
    user_id: UUID | None
    api_key_id: UUID | None
    ip_address: str | None
    user_agent: str | None
    request_id: str | None
    created_at: datetime


class RequestLogPage(Page[RequestLogRead]):
    pass
