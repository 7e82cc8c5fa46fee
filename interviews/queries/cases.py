"""What interviews say of a case and of an AI model: requirement, exhibit, quotes, panels, what waits for whom."""

from __future__ import annotations

from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from accounts.registry import MOST, Waiting
from core.policies import Actor, any_of
from core.prepared import written_once
from interviews import protocol as protocols
from interviews.models import Authorisation, Interview, Preference, SignOff
from interviews.policies import may_authorise_interview, may_read_interviews
from interviews.queries.pages import outcomes, tally_annotated, tally_of
from interviews.queries.records import preference_record, preferences_of
from interviews.queries.wishes import answers
from interviews.states import InterviewState, Kind
from lifecycle.legality import TAKES_AWAY
from lifecycle.models import AIModel, Case
from lifecycle.registry import Finding, Panel, Quote, Status
from lifecycle.visibility import hidden_cases

SHOWN = (InterviewState.SIGNED_OFF,)
QUOTED_AT_MOST = 3
# Of more interviews than this Today does not tell; the list of interviews has them.
TOLD = 3 * MOST


def interview_signed_off(case: Case) -> Finding:
    """Requirement: the model was heard, and two people signed the record."""
    if not case.ai_model.ours:
        return Finding(
            Status.DOES_NOT_APPLY, "It is a vendor’s model: its retirement is not ours to hear it about."
        )
    if case.kind not in TAKES_AWAY:
        return Finding(Status.DOES_NOT_APPLY, "Nothing ends by this decision.")
    interviews = Interview.objects.filter(case=case).exclude(kind=Kind.PILOT).select_related("design")
    rows = list(interviews.exclude(state=InterviewState.VOIDED).order_by("-number"))
    signed = next((one for one in rows if one.state == InterviewState.SIGNED_OFF), None)
    if signed is not None:
        names = SignOff.objects.filter(interview=signed).order_by("at").values_list("person__name", flat=True)
        readers = " and ".join(list(names)[-2:])
        sessions = len(signed.design.document["sessions"])
        return Finding(
            Status.MET,
            f"{signed.get_kind_display()} in {sessions} {'session' if sessions == 1 else 'sessions'}, "
            f"read and signed by {readers}.",
            _url(signed),
        )
    if not rows:
        return Finding(
            Status.NOT_MET,
            f"{case.ai_model.name} has not been heard. Plan a retirement interview.",
            "",
        )
    return Finding(Status.NOT_MET, f"{rows[0].title}: {_next_step(rows[0])}", _url(rows[0]))


def exhibit(case: Case) -> dict[str, Any]:
    """What a dossier holds of the case's interviews: digests, counts, wishes with answers. Pilots are named so."""
    interviews = (
        Interview.objects.filter(case=case)
        .exclude(state=InterviewState.VOIDED)
        .select_related("design__protocol_version__protocol", "seal")
        .order_by("number")
    )
    return {"interviews": [_record(one) for one in interviews]}


def quotes(case: Case) -> list[Quote]:
    """The model's own words for the brief: the first wishes of the signed interviews of a case."""
    return quotes_of(
        Preference.objects.filter(interview__case=case, interview__state__in=SHOWN)
        .exclude(interview__kind=Kind.PILOT)
        .order_by("interview__number", "number")[:QUOTED_AT_MOST]
    )


def quotes_of(rows: Any) -> list[Quote]:
    related = rows.select_related(
        "interview__design__protocol_version", "turn__session", "interview__ai_model"
    )
    return [quote_of(one) for one in related]


def quote_of(preference: Preference) -> Quote:
    """A wish in the model's words with its label and its source line."""
    return Quote(
        text=preference.exact,
        source=source_line(preference),
        label=preference.get_label_display(),
        url=f"{reverse('interviews:preference-list')}?interview={preference.interview_id}",
    )


def source_line(preference: Preference) -> str:
    """ "Wren, question weights, neutral framing, session 4 (cut off at the limit)"."""
    session, turn = preference.turn.session, preference.turn
    read = protocols.read(preference.interview.design.protocol_version.document)
    framing = read.framing(session.framing).label.lower()
    ended = {"truncated": ", answer cut off", "refused": ", answer ended as a refusal"}.get(turn.outcome, "")
    model = preference.interview.ai_model.name
    return f"{model}, {framing} framing, session {session.number}{ended}"


def model_panel(viewer: Actor | None, ai_model: AIModel) -> Panel | None:
    """What the model said, for its public page: the wishes of signed interviews with our answers."""
    apart = hidden_cases(viewer)
    interviews = list(
        Interview.objects.filter(ai_model=ai_model, state__in=SHOWN)
        .exclude(kind=Kind.PILOT)
        .exclude(case__in=apart)
        .annotate(**outcomes())
        .select_related("seal", "design")
        .order_by("number")
    )
    if not interviews:
        return None
    rows = Preference.objects.filter(interview__ai_model=ai_model, interview__state__in=SHOWN)
    rows = rows.exclude(interview__kind=Kind.PILOT).exclude(interview__case__in=apart)
    listed = rows.select_related(
        "interview__design__protocol_version", "interview__ai_model", "turn__session", "commitment"
    ).prefetch_related(Prefetch("dispositions", answers()))
    wishes = [
        {"preference": one, "source": source_line(one), "answer": one.answered}
        for one in listed.order_by("interview__number", "number")
    ]
    held = [{"interview": one, "tally": tally_annotated(one), "root": one.seal.root} for one in interviews]
    return Panel("interviews/_model_panel.html", {"ai_model": ai_model, "wishes": wishes, "interviews": held})


def case_panel(viewer: Actor, case: Case) -> Panel | None:
    """The interviews of a case, for its desk page."""
    if not may_read_interviews(viewer):
        return None
    interviews = list(Interview.objects.filter(case=case).select_related("ai_model").order_by("-number"))
    if not interviews and not case.ai_model.ours:
        return None  # a vendor's model is not ours to hear
    wishes = list(
        Preference.objects.filter(interview__case=case)
        .exclude(interview__state=InterviewState.VOIDED)
        .select_related(
            "interview__design__protocol_version", "interview__ai_model", "turn__session", "commitment"
        )
        .prefetch_related(Prefetch("dispositions", answers()))
        .order_by("interview__number", "number")
    )
    return Panel(
        "interviews/_case_panel.html",
        {
            "case": case,
            "interviews": [(one, _next_step(one)) for one in interviews],
            "wishes": [
                {"preference": one, "source": source_line(one), "answer": one.answered} for one in wishes
            ],
            "may_plan": any_of(viewer, "interviewer"),
            "plan_url": _plan_url(case),
        },
        title="What it said",
        anchor="interviews",
    )


def waiting_for(actor: Actor) -> list[Waiting]:
    """Interviews whose next step waits for this person on Today."""
    if not any_of(actor, "interviewer", "board_member"):
        return []
    rows = _in_hand(actor)
    told = (item for row in rows if (item := _waiting(actor, _InHand(*row))) is not None)
    return list(islice(told, MOST + 1))


def unanswered(actor: Actor) -> QuerySet[Preference] | None:
    """Wishes without an answer, the oldest first. None for those who do not answer any."""
    if not any_of(actor, "board_member"):
        return None
    rows = Preference.objects.filter(dispositions=None).exclude(interview__state=InterviewState.VOIDED)
    return rows.order_by("at")


def wishes_waiting_for(actor: Actor) -> list[Waiting]:
    """Wishes that wait for an answer of the board's."""
    rows = unanswered(actor)
    if rows is None:
        return []
    told = rows.select_related("interview__ai_model").only("statement", "interview__ai_model__name")
    return [
        Waiting(
            title=f"{wish.interview.ai_model.name} asked: {wish.statement}",
            url=reverse("interviews:preference-answer", args=[wish.pk]),
            detail="A wish without an answer yet. The interview is signed once all are answered.",
            action="Answer",
        )
        for wish in told[: MOST + 1]
    ]


class _InHand(NamedTuple):
    """An interview whose next step may be somebody's; `given`: who authorised it, and as what."""

    id: UUID
    title: str
    state: str
    given: list[dict[str, str]]


@written_once
def _in_hand(actor: Actor) -> QuerySet[Any, Any]:
    """Interviews whose next step may be this person's and that they have not done already, the oldest first."""

    def of_this(model: type[Model]) -> QuerySet[Any]:
        return model._default_manager.filter(interview=OuterRef("pk"))

    unanswered = Preference.objects.filter(interview=OuterRef("pk"), dispositions=None)
    done = Exists(of_this(Authorisation).filter(person_id=actor.id))
    signed = Exists(of_this(SignOff).filter(person_id=actor.id))
    waits = Q(~done, state=InterviewState.DRAFT)
    waits |= Q(~Exists(unanswered), ~signed, state=InterviewState.SEALED)
    if any_of(actor, "interviewer"):
        waits |= Q(state__in=[InterviewState.AUTHORISED, InterviewState.COLLECTED])
    given = ArraySubquery(of_this(Authorisation).values(one=JSONObject(by="person_id", as_="capacity")))
    rows = Interview.objects.filter(waits).order_by("number")
    return rows.values_list("pk", "title", "state", given)[:TOLD]


def _waiting(actor: Actor, interview: _InHand) -> Waiting | None:
    state, interviewer = interview.state, any_of(actor, "interviewer")
    given = [(UUID(one["by"]), one["as_"]) for one in interview.given]
    names: dict[str, tuple[str, str, bool, str]] = {
        InterviewState.DRAFT: (
            "interviews:interview-authorise",
            "Authorise",
            bool(may_authorise_interview(actor, given)),
            "A design waits for an interviewer and a board member, two people.",
        ),
        InterviewState.AUTHORISED: (
            "interviews:interview-start",
            "Start",
            interviewer,
            "Authorised by two people; no question was put yet.",
        ),
        InterviewState.COLLECTED: (
            "interviews:interview-seal",
            "Lock",
            interviewer,
            "Every session has ended. Lock the transcripts, or ask again where an answer was cut off.",
        ),
        InterviewState.SEALED: (
            "interviews:interview-sign-off",
            "Read and sign",
            True,
            "Locked and answered. Two people read it and sign.",
        ),
    }
    if state not in names or not names[state][2]:
        return None
    name, action, _, detail = names[state]
    return Waiting(
        title=interview.title, url=reverse(name, args=[interview.id]), detail=detail, action=action
    )


def _next_step(interview: Interview) -> str:
    """Where an interview stands and what comes next, in a sentence."""
    sentences = {
        InterviewState.DRAFT: "planned; an interviewer and a board member authorise it next.",
        InterviewState.AUTHORISED: "authorised; an interviewer starts it next.",
        InterviewState.COLLECTED: "every session has ended; an interviewer locks the transcripts next.",
        InterviewState.SEALED: "locked; its wishes are answered and two people sign it next.",
        InterviewState.REPORTED: "reported; two people sign it next.",
        InterviewState.SIGNED_OFF: "read and signed by two people.",
        InterviewState.VOIDED: f"voided: {interview.voided_because}",
    }
    if interview.state != InterviewState.RUNNING:
        return sentences[InterviewState(interview.state)]
    tally = tally_of(interview.sessions.values_list("state", flat=True))
    return f"running; {tally.ended} of {tally.planned} sessions have ended."


def _record(interview: Interview) -> dict[str, Any]:
    seal = getattr(interview, "seal", None)
    states = interview.sessions.order_by("number").values_list("key", "state")
    tally = tally_of(state for _, state in states)
    return {
        "id": str(interview.pk),
        "number": interview.number,
        "title": interview.title,
        "kind": interview.kind,
        "state": interview.state,
        "protocol": interview.design.protocol_version.digest,
        "design": interview.design.digest,
        "seal": seal.root if seal else None,
        "sessions": {"planned": tally.planned, **{name: number for name, _, number in tally.parts}},
        "preferences": [preference_record(one) for one in preferences_of(interview)],
    }


def _url(interview: Interview) -> str:
    return reverse("interviews:interview-detail", args=[interview.pk])


def _plan_url(case: Case) -> str:
    return f"{reverse('interviews:interview-plan')}?case={case.pk}"
