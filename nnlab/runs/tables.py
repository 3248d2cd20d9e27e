"""The run store's SQL tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from nnlab.runs.words import String, Text


class Base(DeclarativeBase):
    """All tables of the store."""


class RunRow(Base):
    """One execution of an experiment. Times are UTC."""

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    experiment: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16), index=True)
    requested: Mapped[str | None] = mapped_column(String(8), default=None)
    engine: Mapped[str | None] = mapped_column(String(80), default=None)
    created_at: Mapped[datetime] = mapped_column(DateTime)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime, default=None)
    epoch: Mapped[int] = mapped_column(Integer, default=0)
    step: Mapped[int] = mapped_column(Integer, default=0)
    steps_per_epoch: Mapped[int | None] = mapped_column(Integer, default=None)
    images_per_second: Mapped[float | None] = mapped_column(Float, default=None)
    test_loss: Mapped[float | None] = mapped_column(Float, default=None)
    test_accuracy: Mapped[float | None] = mapped_column(Float, default=None)
    message: Mapped[str | None] = mapped_column(Text, default=None)


class PointRow(Base):
    """A point of a live training curve."""

    __tablename__ = "points"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[int] = mapped_column(Integer, primary_key=True)
    epoch: Mapped[float] = mapped_column(Float)
    loss: Mapped[float] = mapped_column(Float)
    accuracy: Mapped[float] = mapped_column(Float)


class EpochRow(Base):
    """The figures of a finished epoch."""

    __tablename__ = "epochs"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, primary_key=True)
    loss: Mapped[float] = mapped_column(Float)
    accuracy: Mapped[float] = mapped_column(Float)
    val_loss: Mapped[float | None] = mapped_column(Float)
    val_accuracy: Mapped[float | None] = mapped_column(Float)
    seconds: Mapped[float] = mapped_column(Float)


class EngineRow(Base):
    """An app process and its last sign of life. Times are UTC, by the clock of its host."""

    __tablename__ = "engines"

    identity: Mapped[str] = mapped_column(String(80), primary_key=True)
    beats: Mapped[int] = mapped_column(Integer)
    seen_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(DateTime, default=None)


class LeaseRow(Base):
    """Which worker has a run. Times are UTC."""

    __tablename__ = "run_leases"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    token: Mapped[str] = mapped_column(String(16))
    worker: Mapped[str] = mapped_column(String(200))
    leave: Mapped[bool] = mapped_column(Boolean)
    since: Mapped[datetime] = mapped_column(DateTime)


class SteeringRow(Base):
    """How a run's owner steers it: epochs a second at most, and the step to pause at."""

    __tablename__ = "run_steering"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    speed: Mapped[float | None] = mapped_column(Float, default=None)
    until_step: Mapped[int | None] = mapped_column(Integer, default=None)


class ChangeRow(Base):
    """A change of settings that its run has not made yet."""

    __tablename__ = "run_changes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), index=True)
    change: Mapped[dict[str, Any]] = mapped_column(JSON)


class RunLabelRow(Base):
    """What a run's owner noted on it: tags, and whether it stands first in lists."""

    __tablename__ = "run_labels"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    pinned: Mapped[bool] = mapped_column(Boolean)
    tags: Mapped[list[str]] = mapped_column(JSON)


class PredictionRow(Base):
    """What a visitor expected of a comparison, named by a hash of its settings. Times are UTC."""

    __tablename__ = "predictions"

    owner: Mapped[str] = mapped_column(String(64), primary_key=True)
    comparison: Mapped[str] = mapped_column(String(64), primary_key=True)
    expected: Mapped[Any] = mapped_column(JSON)
    stated_at: Mapped[datetime] = mapped_column(DateTime)


class DrawingRow(Base):
    """A drawing that a visitor kept, with the digit it shows. Times are UTC."""

    __tablename__ = "drawings"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    label: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
    points: Mapped[int] = mapped_column(Integer)
    canvas: Mapped[int] = mapped_column(Integer)
    pens: Mapped[list[float]] = mapped_column(JSON)
    strokes: Mapped[list[Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(DateTime)


class OwnDataRow(Base):
    """A data set of a visitor's own. Its content is a file named by `digest`. Times are UTC."""

    __tablename__ = "own_data"
    __table_args__ = (UniqueConstraint("owner", "digest"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64), index=True)
    title: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(DateTime)


class DraftRow(Base):
    """What a visitor is working on, kept through reloads and restarts."""

    __tablename__ = "drafts"

    owner: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class AssignmentRow(Base):
    """A teacher's task, found by its code. Times are UTC."""

    __tablename__ = "assignments"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    assignment: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(DateTime, index=True)


class ShareRow(Base):
    """Whoever knows the token may look at the run, until it expires. Times are UTC."""

    __tablename__ = "shares"

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), unique=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime)
    expires_at: Mapped[datetime | None] = mapped_column(DateTime, default=None)


class ChallengeRoundRow(Base):
    """A class round of the challenge. Times are UTC."""

    __tablename__ = "challenge_rounds"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    seed: Mapped[int] = mapped_column(Integer)
    seconds: Mapped[float] = mapped_column(Float)
    confidence: Mapped[float] = mapped_column(Float)
    network: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    closed_at: Mapped[datetime | None] = mapped_column(DateTime, default=None)


class ChallengeScoreRow(Base):
    """A player's best score in a class round. Without an owner: a nickname that was removed."""

    __tablename__ = "challenge_scores"
    __table_args__ = (UniqueConstraint("code", "nickname_key"), UniqueConstraint("code", "owner"))

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("challenge_rounds.code", ondelete="CASCADE"))
    owner: Mapped[str | None] = mapped_column(String(64))
    nickname: Mapped[str] = mapped_column(String(40))
    nickname_key: Mapped[str] = mapped_column(String(400))
    right: Mapped[int | None] = mapped_column(Integer, default=None)
    mean_seconds: Mapped[float | None] = mapped_column(Float, default=None)
    points: Mapped[int | None] = mapped_column(Integer, default=None)
