"""The document of a certificate, made from a ballot and its roll. Reads nothing and writes nothing.

What it repeats of records that can be redacted are `Words`, which know the field they are from (audit.disclosures).
"""

from datetime import datetime
from typing import Any

from audit.disclosures import words, words_of
from board import explanation, wording
from board.acts import Acts, as_certified
from board.models import Ballot, Elector, Position
from board.roll import Line, Roll, Stance
from board.tally import CARRIED, Outcome, decide

FORM = "emeritus.board.certificate/3"


def preview(ballot: Ballot, roll: Roll, acts: Acts) -> dict[str, Any]:
    """What a certificate would say, before it has a number: the result and all it rests on."""
    counts, terms = roll.counts, ballot.arithmetic
    outcome = decide(terms, counts)
    recused = roll.having("recused")
    return {
        **_asked(ballot),
        "terms": ballot.terms,
        "roll": [_line(line) for line in roll.lines],
        "counts": dict(vars(counts)),
        "outcome": dict(vars(outcome)),
        "sentence": wording.result_sentence(counts, outcome),
        "sensitivity": [
            *(
                words(sentence, Elector._meta.label, line.id, "name")
                for line in recused
                for sentence in explanation.without(terms, counts, [line.name])
            ),
            *explanation.margins(terms, counts),
        ],
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
        {"name": _of(line, "name"), "position": line.status, "statement": _taken(line.counted, "reason")}
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
            **{field: words_of(motion, field) for field in ("title", "text", "status_quo")},
            "revision": motion.revision,
            "digest": ballot.motion_digest,
            "mover": words_of(motion, "mover_name"),
            "subject": words_of(motion, "subject_label"),
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


def _of(line: Line, field: str) -> str:
    return words(getattr(line, field), Elector._meta.label, line.id, field)


def _taken(stance: Stance, field: str) -> str:
    return words(getattr(stance, field), Position._meta.label, stance.id, field)


def _line(line: Line) -> dict[str, Any]:
    return {
        "order": line.order,
        "name": _of(line, "name"),
        "role": line.role,
        "affiliation": _of(line, "affiliation"),
        "alternate_for": _of(line, "alternate_for"),
        "status": line.status,
        "hold_lapsed": line.lapsed,
        "recused_as": line.recusal.category if line.recusal else None,
        "position": _stance(line.counted) if line.counted else None,
    }


def _stance(stance: Stance) -> dict[str, Any]:
    return {
        "number": stance.number,
        "position": stance.position,
        "reason": _taken(stance, "reason"),
        "lifts_when": _taken(stance, "lifts_when"),
        "taken_at": stance.taken_at.isoformat(),
        "entered_by": words(stance.entered_by, Position._meta.label, stance.id, "entered_by_name"),
        **({"confirmed": True} if stance.confirmed else {}),
        **({"renewed_at": stance.renewed_at.isoformat()} if stance.renewed_at else {}),
    }
