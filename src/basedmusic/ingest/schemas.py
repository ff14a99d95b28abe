"""Wire shapes."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from basedmusic.ingest.contracts import StepStatus


class StepOut(BaseModel):
    """One background step of a track."""

    model_config = ConfigDict(from_attributes=True)
    name: str
    status: StepStatus
    attempts: int
    error: str | None
    finished_at: datetime | None
