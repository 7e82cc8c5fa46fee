"""Reading and taking restricted papers: who did is recorded, and so is whoever was refused."""

from uuid import UUID

from audit.commands import command, locked, record
from board import policies
from board.events import Verb
from board.models import Ballot, Certificate, Motion
from board.papers.pack import recused_from
from board.queries import decision_of
from core.errors import NotFound
from core.policies import Actor, require


@command(Verb.PACK_READ)
def read_pack(*, actor: Actor, motion_id: UUID) -> Motion:
    """The motion whose pack is read on the page. NotAllowed for whoever recused themselves from it."""
    return _pack(actor, motion_id)


@command(Verb.PACK_EXPORTED)
def export_pack(*, actor: Actor, motion_id: UUID) -> Motion:
    """The motion whose pack is taken along as a file. NotAllowed for whoever recused themselves from it."""
    return _pack(actor, motion_id)


@command(Verb.MINUTES_EXPORTED)
def export_minutes(*, actor: Actor, ballot_id: UUID) -> Certificate:
    """The certificate whose minutes are taken along as a file. NotFound before it is certified."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    require(policies.may_read_board(actor))
    certificate = decision_of(actor, ballot.pk)
    if certificate is None:
        raise NotFound("There are no minutes yet: they are made when the result is certified.")
    record(ballot, data={"number": certificate.number})
    return certificate


def _pack(actor: Actor, motion_id: UUID) -> Motion:
    motion = locked(Motion, motion_id, select_related=("board",))
    require(policies.may_read_pack(actor, recused=recused_from(actor, motion)))
    record(motion, data={"revision": motion.revision, "dossier": motion.dossier_digest})
    return motion
