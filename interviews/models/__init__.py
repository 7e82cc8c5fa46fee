"""The records of interviews: protocols, what was planned, what was said, what was asked for and answered."""

from interviews.models.conversation import Session, Turn
from interviews.models.plan import Authorisation, Design, Interview
from interviews.models.protocols import Protocol, ProtocolVersion
from interviews.models.wishes import Disposition, Preference, Seal, SignOff

__all__ = [
    "Authorisation",
    "Design",
    "Disposition",
    "Interview",
    "Preference",
    "Protocol",
    "ProtocolVersion",
    "Seal",
    "Session",
    "SignOff",
    "Turn",
]
