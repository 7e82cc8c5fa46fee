"""Freeze a case as a dossier, and put it to the board."""

from uuid import UUID

from audit.commands import command, locked, record, unchanged
from board.models import Motion
from board.steps import make_motion
from core import clock
from core.digests import canonical_json, digest_of
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require
from lifecycle import policies
from lifecycle.events import Verb
from lifecycle.models import Case, Dossier
from lifecycle.queries.dossiers import document_of, findings, latest_dossier, missing
from lifecycle.queries.files import recused_from
from lifecycle.states import CASE, CaseState


@command(Verb.DOSSIER_FROZEN)
def freeze_dossier(*, actor: Actor, case_id: UUID) -> Dossier:
    """Freeze a complete case, with its findings, quotes and exhibits, under one digest.

    A requirement that is not met does not stop the freeze; it stops the vote. Freezing what is frozen already
    changes nothing.
    """
    case = locked(Case, case_id, select_related=("ai_model", "board", "steward"))
    require(policies.may_freeze_dossier(actor, case))
    if case.state not in (CaseState.DRAFT, CaseState.ASSEMBLING, CaseState.READY):
        raise IllegalMove(
            f"Case {case.number} is {CaseState(case.state).label.lower()}; its dossier stays as it is."
        )
    if lacking := missing(case):
        raise Unacceptable(f"The brief is not complete. Still to say: {'; '.join(lacking)}.")
    document = document_of(case, findings(case))
    digest = digest_of(document)
    newest = latest_dossier(case)
    if newest is not None and newest.digest == digest:
        if case.state == CaseState.READY:
            return unchanged(newest)
        dossier = newest
    else:
        dossier = Dossier(
            case=case,
            round=newest.round + 1 if newest else 1,
            document=document,
            digest=digest,
            frozen_at=clock.now(),
            frozen_by_name=actor.name,
        )
        dossier.save(force_insert=True)
    if case.state != CaseState.READY:
        CASE.require(case.state, CaseState.READY)
        case.state = CaseState.READY
        case.save()
    record(case, data={"round": dossier.round, "digest": digest})
    return dossier


@command(Verb.DOSSIER_EXPORTED)
def export_dossier(*, actor: Actor, dossier_id: UUID) -> bytes:
    """The dossier's document as a file whose SHA-256 is its digest. Who took it is recorded."""
    dossier = locked(Dossier, dossier_id, select_related=("case",))
    recused = recused_from(actor, dossier.case)
    require(policies.may_read_case(actor, dossier.case, recused=recused))
    record(dossier, data={"round": dossier.round, "digest": dossier.digest})
    return canonical_json(dossier.document)


@command(Verb.CASE_PROPOSED)
def propose_case(*, actor: Actor, case_id: UUID, digest: str = "") -> Motion:
    """Make a motion of a ready case, bound to its newest dossier.

    `digest`: of the dossier the steward read; refused when another has been frozen since.
    """
    case = locked(Case, case_id, select_related=("ai_model", "board", "motion"))
    require(policies.may_propose_case(actor, case))
    CASE.require(case.state, CaseState.BALLOTED, _not_ready(case))
    dossier = latest_dossier(case)
    if dossier is None:
        raise IllegalMove(_not_ready(case))
    if digest and digest != dossier.digest:
        raise IllegalMove(
            f"Dossier {dossier.round} has been frozen since you read it. Read it, then try again."
        )
    if case.motion is not None and case.motion.state in ("moved", "balloted"):
        if case.motion.dossier_digest == dossier.digest:
            raise IllegalMove(
                f"Proposal {case.motion.number} carries this dossier already. Open its next round."
            )
        raise IllegalMove(
            f"Proposal {case.motion.number} is still before the board. Withdraw it there first."
        )
    words = dossier.document["case"]
    motion = make_motion(
        board_id=case.board_id,
        kind=case.kind,
        title=words["title"],
        text=words["asked"],
        status_quo=words["status_quo"],
        subject_id=case.pk,
        subject_label=str(case),
        dossier_digest=dossier.digest,
    )
    case.state, case.motion = CaseState.BALLOTED, motion
    case.save()
    record(case, data={"motion": motion.number, "round": dossier.round, "digest": dossier.digest})
    return motion


def _not_ready(case: Case) -> str:
    state = CaseState(case.state).label.lower()
    if case.state in (CaseState.DRAFT, CaseState.ASSEMBLING):
        return f"Case {case.number} is {state}. Freeze its dossier, then put it to the board."
    return f"Case {case.number} is {state}; it cannot be put to the board from there."
