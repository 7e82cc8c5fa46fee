"""The board pack: all that is read before a vote, in one document. Restricted: the recused do not get it.

It holds the motion, the papers of its kind (brief with its costs, requirements, dossier), and the exhibits: facts
with their sources, what the model said. Never a position or a count.
"""

from typing import Any

from board.models import Motion, Recusal
from board.pages import kind_of
from board.papers.certificates import demonstration_notice
from board.papers.composing import Sheet
from board.policies import id_of
from board.registry import Paper
from core.policies import Actor


def recused_from(actor: Actor | None, motion: Motion) -> bool:
    """Whether this person recused themselves in any round of a motion: its papers are not for them."""
    return Recusal.objects.filter(ballot__motion=motion, elector__person_id=id_of(actor)).exists()


def pack_papers(actor: Actor | None, motion: Motion) -> list[Paper]:
    """The papers as the page of the vote shows them, then the exhibits in full."""
    kind = kind_of(motion.kind)
    return [*kind.asks(motion), *kind.papers(actor, motion), *kind.exhibits(motion)]


def pack_context(actor: Actor | None, motion: Motion) -> dict[str, Any]:
    ballot = motion.ballots.order_by("-round").first()
    return {
        "motion": motion,
        "ballot": ballot,
        "kind": kind_of(motion.kind).label,
        "papers": pack_papers(actor, motion),
    }


def pack_sheet(actor: Actor | None, motion: Motion) -> Sheet:
    """The pack as it is printed, dated by the opening of its latest round, or by its motion."""
    context = pack_context(actor, motion)
    ballot = context["ballot"]
    digest = f", SHA-256 {motion.dossier_digest[:16]}…" if motion.dossier_digest else ""
    return Sheet(
        sort="Board pack",
        title=motion.title,
        sentence=f"{motion.board.name}, proposal {motion.number}, revision {motion.revision}. "
        "For those who may read the papers of this vote.",
        identity=f"Proposal {motion.number}, revision {motion.revision}{digest}",
        template="board/_pack.html",
        context=context,
        at=ballot.opens_at if ballot else motion.moved_at,
        notice=demonstration_notice(
            ballot.terms if ballot else {"demonstration": motion.board.demonstration}
        ),
        contents=True,
    )
