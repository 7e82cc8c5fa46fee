"""Making a certificate: the whole of a round as one numbered, digested document."""

from typing import Any

from django.db import connection

from accounts.models import Person
from audit.commands import in_command
from board import explanation, wording
from board.models import Ballot, Certificate
from board.queries import roll_of
from board.roll import Line, Roll, Stance
from board.tally import CARRIED, Counts, Outcome, decide
from core import clock
from core.digests import digest_of

FORM = "emeritus.board.certificate/1"


def certify(ballot: Ballot) -> Certificate:
    """The certificate of a closed ballot, counted from the positions before its close."""
    actor = in_command().actor
    now = clock.now()
    roll = roll_of(ballot, now)
    counts, terms = roll.counts, ballot.arithmetic
    outcome = decide(terms, counts)
    year, serial = now.year, _next_serial(now.year)
    number = f"{year}-{serial:02d}"
    sentence = wording.result_sentence(counts, outcome)
    recused = [line.name for line in roll.having("recused")]
    document = {
        "form": FORM,
        "number": number,
        "certified_at": now.isoformat(),
        "certified_by": actor.name,
        **_asked(ballot),
        "terms": ballot.terms,
        "roll": [_line(line) for line in roll.lines],
        "counts": vars(counts),
        "outcome": vars(outcome),
        "sentence": sentence,
        "sensitivity": explanation.sensitivity(terms, counts, recused),
        "minority": minority(roll, outcome),
    }
    certificate = Certificate(
        ballot=ballot,
        year=year,
        serial=serial,
        number=number,
        result=outcome.result,
        sentence=sentence,
        document=document,
        digest=digest_of(document),
        certified_by=Person.objects.get(pk=actor.id),
        certified_by_name=actor.name,
        certified_at=now,
    )
    certificate.save(force_insert=True)
    return certificate


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
    }


def _next_serial(year: int) -> int:
    """The next number of the year. One certification at a time, over all boards: numbers leave no gap."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('board.certificate'))")
    last = Certificate.objects.filter(year=year).order_by("-serial").values_list("serial", flat=True).first()
    return (last or 0) + 1
