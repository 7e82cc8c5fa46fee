"""The minutes of one decision, made from the records: what was asked, who decided how, and what follows from it."""

from dataclasses import dataclass
from typing import Any

from board.models import Ballot, Certificate, Recusal
from board.pages import certified_cells, kind_of
from board.papers.certificates import counted_context, demonstration_notice
from board.papers.composing import Sheet, tally_drawing


@dataclass(frozen=True)
class Said:
    """One position of the roll call with its reason."""

    name: str
    position: str
    reason: str
    lifts_when: str
    entered_by: str


def minutes_sheet(certificate: Certificate) -> Sheet:
    """The minutes as they are printed and shown."""
    document = certificate.told
    cells = certified_cells(certificate)
    return Sheet(
        sort=f"Minutes of decision {certificate.number}",
        title=document["motion"]["title"],
        sentence=certificate.sentence,
        identity=f"{document['board']['name']}, decision {certificate.number}",
        template="board/_minutes.html",
        context=minutes_context(certificate),
        at=certificate.certified_at,
        notice=demonstration_notice(document["terms"]),
        drawings=[tally_drawing(cells, document["outcome"]["needed"])],
    )


def minutes_context(certificate: Certificate) -> dict[str, Any]:
    motion, document = certificate.ballot.motion, certificate.told
    kind = kind_of(motion.kind)
    return counted_context(certificate) | {
        "electors": certified_cells(certificate),
        "absent": [line["name"] for line in document["roll"] if line["status"] in ("silent", "departed")],
        "recusals": list(_recusals(certificate)),
        "reasons": _reasons(document),
        "effects": kind.effects(motion, certificate) if certificate.carried else [],
        "rounds": _rounds_before(certificate.ballot),
    }


def _reasons(document: dict[str, Any]) -> list[Said]:
    """Every reason that was given for a position that counts, in roll order."""
    return [
        Said(line["name"], position["position"], position["reason"], position["lifts_when"], position["entered_by"])
        for line in document["roll"]
        if (position := line["position"]) and position["reason"]
    ]  # fmt: skip


def _recusals(certificate: Certificate) -> list[Recusal]:
    """With their texts, which the board reads and the public certificate leaves out."""
    until = certificate.ballot.counts_until or certificate.certified_at
    rows = Recusal.objects.filter(ballot=certificate.ballot, declared_at__lte=until)
    return list(rows.select_related("elector").order_by("elector__order"))


def _rounds_before(ballot: Ballot) -> list[Ballot]:
    rows = Ballot.objects.filter(motion_id=ballot.motion_id, round__lt=ballot.round)
    return list(rows.select_related("certificate").order_by("round"))
