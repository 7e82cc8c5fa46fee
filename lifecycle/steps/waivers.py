"""Waive a requirement for one case: the effect of the motion that asked for it."""

from typing import Any

from audit.commands import in_command, locked, record
from board.models import Certificate, Motion
from core.errors import IllegalMove
from lifecycle.events import Verb
from lifecycle.models import Case, Waiver


def asked_of(motion: Motion) -> dict[str, Any]:
    """What such a motion proposes: requirement (its key), label, found (what the case showed), reason."""
    asked: dict[str, Any] = (motion.particulars or {})["waiver"]
    return asked


def grant_waiver(motion: Motion, certificate: Certificate) -> None:
    """The motion carried: the requirement no longer keeps the case from a vote.

    A case that went on in the meantime keeps the row all the same: it was decided. IllegalMove when it was waived
    before, which opening the vote forbids.
    """
    in_command()
    case = locked(Case, motion.subject_id or "")
    asked = asked_of(motion)
    if Waiver.objects.filter(case=case, requirement=asked["requirement"]).exists():
        raise IllegalMove(f"“{asked['label']}” is waived for case {case.number} already.")
    waiver = Waiver(
        case=case, requirement=asked["requirement"], reason=asked["reason"], certificate=certificate
    )
    waiver.save(force_insert=True)
    record(
        waiver,
        verb=Verb.WAIVER_GRANTED,
        reason=waiver.reason,
        data={"decision": certificate.number, "requirement": waiver.requirement, "case": case.number},
    )
