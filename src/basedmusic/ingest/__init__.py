"""Ingest: a file comes in, is proved to be music, plays at once; the rest happens in the background."""

from basedmusic.ingest.contracts import Step, StepSource, StepState, StepStatus, StepTools, Write
from basedmusic.ingest.jobs import StepRunner
from basedmusic.ingest.service import (
    RUN_STEP,
    StepJob,
    UploadForm,
    create_track,
    probe_upload,
    store_source,
    sweep_abandoned_uploads,
    track_topic,
)
from basedmusic.ingest.spool import Spool
from basedmusic.ingest.steps import STEPS
from basedmusic.ingest.subscribers import forget_upload
from basedmusic.ingest.turns import Turns

__all__ = [
    "RUN_STEP",
    "STEPS",
    "Spool",
    "Step",
    "StepJob",
    "StepRunner",
    "StepSource",
    "StepState",
    "StepStatus",
    "StepTools",
    "Turns",
    "UploadForm",
    "Write",
    "create_track",
    "forget_upload",
    "probe_upload",
    "store_source",
    "sweep_abandoned_uploads",
    "track_topic",
]
