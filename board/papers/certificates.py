"""The certificate of a decision on paper: what was counted from its document alone, and what a loss led to."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from board import chain, queries
from board.models import Certificate
from board.pages import arithmetic_of, certified_cells, kind_of
from board.papers.composing import Sheet, tally_drawing, whole_address
from board.tally import Counts, terms_from_data
from board.wording import roll_sentence, took_part_sentence


def certificate_sheet(certificate: Certificate) -> Sheet:
    """The certificate as it is printed. Everything counted comes from the document that its digest is over."""
    cells = certified_cells(certificate)
    document = certificate.told
    return Sheet(
        sort=f"Certificate of decision {certificate.number}",
        title=document["motion"]["title"],
        sentence=certificate.sentence,
        identity=f"Decision {certificate.number}, SHA-256 {certificate.digest[:16]}…",
        template="board/_certificate_paper.html",
        context=counted_context(certificate) | {"electors": cells, "link": chain.link_of(certificate)},
        at=certificate.certified_at,
        notice=demonstration_notice(document["terms"]),
        drawings=[tally_drawing(cells, document["outcome"]["needed"])],
    )


def counted_context(certificate: Certificate) -> dict[str, Any]:
    """What certificate and minutes both tell: the count, its arithmetic, where it is read and checked."""
    document, motion = certificate.told, certificate.ballot.motion
    counts, kind = Counts(**document["counts"]), kind_of(motion.kind)
    return {
        "certificate": certificate,
        "document": document,
        "kind": kind.label,
        "loss": kind.what_a_loss_did(motion, certificate),
        "roll": f"{roll_sentence(counts)} {took_part_sentence(counts)}",
        "arithmetic": arithmetic_of(terms_from_data(document["terms"]["arithmetic"]), counts),
        "address": whole_address(reverse("board_public:decision", args=[certificate.number])),
        "hidden": not queries.may_read_decision(None, certificate.pk),
    }


def demonstration_notice(terms: dict[str, Any]) -> str:
    """What every paper of a demonstration board says of itself."""
    if not terms.get("demonstration"):
        return ""
    return render_to_string("board/_demonstration_note.html").strip()
