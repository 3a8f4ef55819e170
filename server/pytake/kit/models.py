"""What every table has in common.

The schema itself is made by the migrations; a test compares the two, so neither can drift from the other.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    TIMESTAMP,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

from pytake.kit.ids import new_id

E = TypeVar("E", bound=StrEnum)

NAMING = {
    "pk": "%(table_name)s_pkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "ix": "idx_%(table_name)s_%(column_0_N_name)s",
}
"""The names PostgreSQL itself gives, so that DDL may leave them out."""

CASCADE = "CASCADE"
EMPTY_OBJECT = text("'{}'")
EMPTY_ARRAY = text("'{}'")
EMPTY_LIST = text("'[]'")
TRUE = text("true")
FALSE = text("false")


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        str: Text,
        UUID: Uuid,
        datetime: TIMESTAMP(timezone=True),
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
        list[str]: ARRAY(Text),
    }


class Identified:
    """A row with an id of its own, which sorts by the time it was made."""

    id: Mapped[UUID] = mapped_column(
        primary_key=True, default=new_id, server_default=func.gen_random_uuid(), sort_order=-2
    )


class Tenant:
    """A row of one organization, tied to it by what it belongs to. Row level security shows no other's."""

    organization_id: Mapped[UUID] = mapped_column(sort_order=-1)


class OwnedByOrganization:
    """A row of one organization, tied to it directly."""

    organization_id: Mapped[UUID] = mapped_column(
        ForeignKey("organizations.id", ondelete=CASCADE), sort_order=-1
    )


class CreatedMixin:
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=98)


class TimestampsMixin(CreatedMixin):
    updated_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), onupdate=func.now(), sort_order=99
    )


def one_per_tenant(*columns: str, **options: Any) -> UniqueConstraint:
    """No two rows of an organization share these. On `id` it says nothing new: it is what other tables'
    keys point at, so that a reference cannot leave its organization.
    """
    return UniqueConstraint("organization_id", *columns, **options)


def belongs_to(column: str, table: str) -> ForeignKeyConstraint:
    """A reference within the organization; the row leaves with what it refers to."""
    return _reference(column, table, CASCADE)


def refers_to(column: str, table: str, **options: Any) -> ForeignKeyConstraint:
    """A reference within the organization that is forgotten when its target leaves."""
    return _reference(column, table, f"SET NULL ({column})", **options)


def leans_on(column: str, table: str) -> ForeignKeyConstraint:
    """A reference within the organization whose target may not leave."""
    return _reference(column, table, "RESTRICT")


def _reference(column: str, table: str, ondelete: str, **options: Any) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["organization_id", column],
        [f"{table}.organization_id", f"{table}.id"],
        ondelete=ondelete,
        **options,
    )


def one_of(kind: type[E], name: str, length: int, default: E | None = None) -> MappedColumn[E]:
    """A column that holds one of the enumeration's values: varchar with a CHECK, so that it can grow."""
    values = Enum(
        kind,
        name=name,
        native_enum=False,
        length=length,
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
    )
    return mapped_column(values, server_default=None if default is None else default.value)
