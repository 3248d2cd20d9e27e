"""What visitors expect of comparisons, kept as it was stated before the runs began."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from nnlab.runs.run import utc_now
from nnlab.runs.tables import PredictionRow


@dataclass(frozen=True)
class Prediction:
    """An expectation as JSON, and when it was stated, in UTC."""

    expected: Any
    stated_at: datetime


class Predictions:
    """Expectations in the store's database, one for a visitor and a comparison."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def of(self, owner: str, comparison: str) -> Prediction | None:
        """What this visitor stated of the comparison, None for nothing."""
        with Session(self.engine) as session:
            row = session.get(PredictionRow, (owner, comparison))
            return None if row is None else Prediction(row.expected, row.stated_at)

    def state(self, owner: str, comparison: str, expected: Any) -> bool:
        """Keep a JSON value; False where there is one already, which stays as it is."""
        row = PredictionRow(
            owner=owner, comparison=comparison, expected=expected, stated_at=utc_now()
        )
        try:
            with Session(self.engine) as session, session.begin():
                session.add(row)
        except IntegrityError:
            return False
        return True
