"""The SQL tables of sweeps. A sweep's trials refer to runs; the figures are those of the runs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, DateTime, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from nnlab.runs.tables import Base
from nnlab.runs.words import String, Text


class SweepRow(Base):
    """What is tried, what was expected of it, and which app process looks after it.

    Times are UTC.
    """

    __tablename__ = "sweeps"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    title: Mapped[str] = mapped_column(String(80))
    sweep: Mapped[dict[str, Any]] = mapped_column(JSON)
    expectation: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), index=True)
    message: Mapped[str | None] = mapped_column(Text, default=None)
    created_at: Mapped[datetime] = mapped_column(DateTime)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime, default=None)
    driver: Mapped[str | None] = mapped_column(String(80), default=None)
    driven_at: Mapped[datetime | None] = mapped_column(DateTime, default=None)


class TrialRow(Base):
    """One setting tried, and its run, which may have been deleted since."""

    __tablename__ = "sweep_trials"

    sweep_id: Mapped[str] = mapped_column(
        ForeignKey("sweeps.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON)
    run_id: Mapped[str] = mapped_column(String(32), index=True)
    queued: Mapped[bool] = mapped_column(Boolean, default=False)
    pruned: Mapped[bool] = mapped_column(Boolean, default=False)
    refused: Mapped[str | None] = mapped_column(Text, default=None)
