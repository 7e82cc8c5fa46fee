"""The document of a certificate, made from a ballot and its roll. Reads nothing and writes nothing."""

from datetime import datetime
from typing import Any

from board import explanation, wording
from board.acts import Acts, as_certified
from board.models import Ballot
from board.roll import Line, Roll, Stance
from board.tally import CARRIED, Outcome, decide

FORM = "emeritus.board.certificate/2"


def preview(ballot: Ballot, roll: Roll, acts: Acts) -> dict[str, Any]:
    """What a certificate would say, before it has a number: the result and all it rests on."""
    counts, terms = roll.counts, ballot.arithmetic
    outcome = decide(terms, counts)
    recused = [line.name for line in roll.having("recused")]
    return {
        **_asked(ballot),
        "terms": ballot.terms,
        "roll": [_line(line) for line in roll.lines],
        "counts": dict(vars(counts)),
        "outcome": dict(vars(outcome)),
        "sentence": wording.result_sentence(counts, outcome),
        "sensitivity": explanation.sensitivity(terms, counts, recused),
        "minority": minority(roll, outcome),
        **as_certified(acts, ballot),
    }


def document(
    ballot: Ballot,
    roll: Roll,
    acts: Acts,
    *,
    number: str,
    previous: dict[str, str] | None,
    certified_by: str,
    certified_at: datetime,
) -> dict[str, Any]:
    """The whole certificate, as it is digested. `previous`: number and digest of the one before (board.chain)."""
    return {
        "form": FORM,
        "number": number,
        "previous": previous,
        "certified_at": certified_at.isoformat(),
        "certified_by": certified_by,
        **preview(ballot, roll, acts),
    }


def minority(roll: Roll, outcome: Outcome) -> list[dict[str, str]]:
    """The reasons given on the losing side: against what carried, or for what did not."""
    side = ("reject", "hold") if outcome.result == CARRIED else ("approve",)
    return [
        {"name": line.name, "position": line.status, "statement": line.counted.reason}
        for line in roll.having(*side)
        if line.counted is not None and line.counted.reason
    ]


def _asked(ballot: Ballot) -> dict[str, Any]:
    motion = ballot.motion
    return {
        "board": {"id": str(motion.board_id), "name": motion.board.name},
        "motion": {
            "id": str(motion.pk),
            "number": motion.number,
            "kind": motion.kind,
            "title": motion.title,
            "text": motion.text,
            "status_quo": motion.status_quo,
            "revision": motion.revision,
            "digest": ballot.motion_digest,
            "mover": motion.mover_name,
            "subject": motion.subject_label,
            "subject_id": str(motion.subject_id) if motion.subject_id else None,
            "dossier_digest": motion.dossier_digest,
            **({"reconsiders": motion.reconsiders.number} if motion.reconsiders else {}),
            **({"particulars": motion.particulars} if motion.particulars else {}),
        },
        "ballot": {
            "id": str(ballot.pk),
            "round": ballot.round,
            "opened_at": ballot.opens_at.isoformat(),
            "closes_at": ballot.closes_at.isoformat(),
            "closed_at": ballot.closed_at.isoformat() if ballot.closed_at else None,
            "counts_until": ballot.counts_until.isoformat() if ballot.counts_until else None,
        },
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "order": line.order,
        "name": line.name,
        "role": line.role,
        "affiliation": line.affiliation,
        "alternate_for": line.alternate_for,
        "status": line.status,
        "hold_lapsed": line.lapsed,
        "recused_as": line.recusal.category if line.recusal else None,
        "position": _stance(line.counted) if line.counted else None,
    }


def _stance(stance: Stance) -> dict[str, Any]:
    return {
        "number": stance.number,
        "position": stance.position,
        "reason": stance.reason,
        "lifts_when": stance.lifts_when,
        "taken_at": stance.taken_at.isoformat(),
        "entered_by": stance.entered_by,
        **({"confirmed": True} if stance.confirmed else {}),
        **({"renewed_at": stance.renewed_at.isoformat()} if stance.renewed_at else {}),
    }
