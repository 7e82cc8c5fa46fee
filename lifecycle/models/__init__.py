"""The records of lifecycle. Not here: how they change (commands, steps)."""

from lifecycle.models.ai_models import AIModel, Deployment
from lifecycle.models.cases import Case, Dossier, Waiver
from lifecycle.models.commitments import Commitment
from lifecycle.models.effects import Effect, StageChange
from lifecycle.models.facts import Fact, Source
from lifecycle.models.notices import ImportRun, Notice, NoticeVersion, RejectedRow
from lifecycle.models.suspensions import Suspension

__all__ = [
    "AIModel",
    "Case",
    "Commitment",
    "Deployment",
    "Dossier",
    "Effect",
    "Fact",
    "ImportRun",
    "Notice",
    "NoticeVersion",
    "RejectedRow",
    "Source",
    "StageChange",
    "Suspension",
    "Waiver",
]
