"""The table of `heartbeat.py`: which processes are up. It belongs to no organization."""

from datetime import datetime

from sqlalchemy import String, func
from sqlalchemy.orm import Mapped, mapped_column

from pytake.kit.models import Base


class Heartbeat(Base):
    __tablename__ = "heartbeats"

    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    instance: Mapped[str] = mapped_column(String(64), primary_key=True)
    up_since: Mapped[datetime] = mapped_column(server_default=func.now())
    beat_at: Mapped[datetime] = mapped_column(server_default=func.now())
