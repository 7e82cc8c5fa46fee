"""The seven kinds of motion that cases make: what forbids their vote, what the board reads, what they do."""

from django.urls import reverse
from django.utils.formats import date_format

from board.models import Certificate, Motion
from board.registry import MotionKind, Paper, Subject
from core import clock
from core.policies import Actor
from lifecycle.legality import misfit
from lifecycle.models import Case, Commitment, Effect
from lifecycle.queries.dossiers import brief_parts, dossier_of_digest, findings, latest_dossier
from lifecycle.queries.waivers import waived_since
from lifecycle.registry import exhibit_papers
from lifecycle.states import CaseKind, CommitmentState
from lifecycle.steps.decisions import end_without_effect, take_effect

TERMS = {CaseKind.REMOVE_WEIGHTS: "irreversible", CaseKind.RESPOND: "ordinary"}


def case_of(motion: Motion) -> Case | None:
    """The case a motion decides."""
    rows = Case.objects.select_related("ai_model", "board", "steward")
    return rows.filter(pk=motion.subject_id).first() if motion.subject_id else None


def obstacles(motion: Motion) -> list[str]:
    """What still forbids a vote: a dossier that moved on, a kind that does not fit, unmet requirements."""
    case = case_of(motion)
    if case is None:
        return ["This proposal has no case. Put a case to the board instead."]
    sentences = []
    newest = latest_dossier(case)
    if newest is None or newest.digest != motion.dossier_digest:
        sentences.append(
            f"The dossier of case {case.number} has been frozen anew since this proposal was made."
            " Put the case to the board again with the new dossier."
        )
    if case.motion_id != motion.pk:
        sentences.append(f"Case {case.number} stands before the board with another proposal.")
    ai_model = case.ai_model
    if reason := misfit(case.kind, name=ai_model.name, ours=ai_model.ours, stage=ai_model.stage):
        sentences.append(reason)
    sentences += [f"{each.label}: {each.finding.sentence}" for each in findings(case) if each.finding.forbids]
    return sentences


def stands_against(motion: Motion) -> list[Subject]:
    """Open promises about the model that speak against a case of this kind."""
    case = case_of(motion)
    if case is None:
        return []
    open_ones = Commitment.objects.filter(
        ai_model=case.ai_model, state=CommitmentState.OPEN, stands_against=case.kind
    ).order_by("number")
    page = reverse("lifecycle:commitments")
    return [Subject(f"Promise {row.number}: {row.text} ({row.source})", page) for row in open_ones]


def papers(viewer: Actor | None, motion: Motion) -> list[Paper]:
    """The brief as it was frozen, the requirements as they then stood, and what the dossier holds."""
    case = case_of(motion)
    dossier = dossier_of_digest(case, motion.dossier_digest) if case else None
    if case is None or dossier is None:
        return []
    document = dossier.document
    context = {
        "case": case,
        "dossier": dossier,
        "brief": [part for part in brief_parts(document) if part.name not in ("asked", "status_quo")],
        "requirements": document["requirements"],
        "exhibits": document["exhibits"],
        "waived_since": waived_since(case, motion.dossier_digest),
    }
    return [
        Paper("Brief", "lifecycle/_brief.html", context),
        Paper("Requirements", "lifecycle/_requirements.html", context),
        Paper("Dossier", "lifecycle/_dossier.html", context),
    ]


def exhibits(motion: Motion) -> list[Paper]:
    """What the board pack holds besides: the facts with their sources, and every exhibit as the dossier froze it."""
    case = case_of(motion)
    dossier = dossier_of_digest(case, motion.dossier_digest) if case else None
    if dossier is None:
        return []
    document = dossier.document
    papers = [Paper("Facts, each with its source", "lifecycle/_dossier_facts.html", {"document": document})]
    for key, data in document["exhibits"].items():
        if key in exhibit_papers:
            papers += exhibit_papers.get(key)(data)
    return papers


def effects(motion: Motion, certificate: Certificate) -> list[str]:
    """What a carried decision does, in sentences: stages by their day, and the promise made with it."""
    case = case_of(motion)
    if case is None:
        return []
    planned = Effect.objects.filter(certificate=certificate).select_related("ai_model").order_by("due_on")
    sentences = [
        f"{effect.ai_model.name} becomes {effect.get_to_stage_display().lower()} on "
        f"{date_format(effect.due_on, 'D j M Y')}."
        for effect in planned
    ]
    made = Commitment.objects.filter(case=case, source=f"Decision {certificate.number}").order_by("id")
    sentences += [f"Promised: {promise.text}" for promise in made]
    if not sentences:
        sentences = [f"Case {case.number} is decided; nothing changes by itself."]
    return sentences


def public_papers(certificate: Certificate) -> list[Paper]:
    """Why, and what follows: the brief without costs and without the interview, whose publication is decided with
    its report; then what this very decision does, and what was promised with its case."""
    motion = certificate.ballot.motion
    case = case_of(motion)
    dossier = dossier_of_digest(case, motion.dossier_digest) if case else None
    if case is None or dossier is None:
        return []
    parts = [
        part
        for part in brief_parts(dossier.document)
        if part.name not in ("asked", "status_quo", "cost", "quotes")
    ]
    context = {"case": case, "dossier": dossier, "brief": parts}
    return [Paper("Why", "lifecycle/_brief.html", context), *_follows(certificate, case)]


def _follows(certificate: Certificate, case: Case) -> list[Paper]:
    """What follows a decision that carried; nothing follows any other."""
    if not certificate.carried:
        return []
    follows = {
        "effects": list(certificate.effects.order_by("due_on")),
        "promises": list(case.commitments.select_related("owner").order_by("number")),
        "today": clock.today(),
    }
    told = follows["effects"] or follows["promises"]
    return [Paper("What follows", "lifecycle/_follows.html", follows)] if told else []


def subject(motion: Motion) -> Subject | None:
    case = case_of(motion)
    return Subject(f"Case {case.number}", f"/desk/cases/{case.pk}/") if case else None


def public_subject(motion: Motion) -> Subject | None:
    case = case_of(motion)
    return Subject(case.ai_model.name, f"/models/{case.ai_model.slug}/") if case else None


def kind_of(kind: CaseKind) -> MotionKind:
    """What the board needs to know of one kind."""
    return MotionKind(
        label=kind.label,
        terms=TERMS.get(kind, "retirement"),
        obstacles=obstacles,
        stands_against=stands_against,
        papers=papers,
        exhibits=exhibits,
        effects=effects,
        effect=take_effect,
        ended=end_without_effect,
        subject=subject,
        public_subject=public_subject,
        public_papers=public_papers,
    )
