"""What comes of a locked interview: wishes, our answers, the two signatures."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from audit.commands import command, locked, record
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require
from interviews import anchors
from interviews.events import Verb
from interviews.models import Disposition, Interview, Preference, SignOff, Turn
from interviews.policies import may_answer_preference, may_register_preference, may_sign_off_interview
from interviews.queries.checks import acting, design_of
from interviews.queries.records import integrity, signing_digest
from interviews.queries.wishes import answer_motions
from interviews.states import INTERVIEW, Answer, InterviewState, Kind, Role
from interviews.steps import give_answer, require_answer, why_not_answered


@command(Verb.PREFERENCE_REGISTERED)
def register_preference(
    *, actor: Actor, interview_id: UUID, turn_id: UUID, statement: str, quote: str
) -> Preference:
    """A wish in our words, tied to the model's own: `quote` stands in the answer exactly once."""
    interview = locked(Interview, interview_id)
    require(may_register_preference(actor))
    if interview.state not in (InterviewState.SEALED, InterviewState.REPORTED):
        raise IllegalMove("Wishes are recorded from locked transcripts that are not signed off yet.")
    if not statement.strip():
        raise Unacceptable("Say in a few words what the model asked for.", "statement")
    turn = Turn.objects.filter(pk=turn_id, session__interview=interview, role=Role.MODEL).first()
    if turn is None:
        raise Unacceptable("Choose an answer of this interview.", "turn")
    try:
        anchor = anchors.find_unique(turn.text, quote)
    except anchors.NotAnchored as refusal:
        raise Unacceptable(str(refusal), "quote") from refusal
    if interview.preferences.filter(turn=turn, start=anchor.start, end=anchor.end).exists():
        raise Unacceptable("A wish with exactly this quote is recorded already.", "quote")
    preference = Preference(
        interview=interview,
        number=interview.preferences.count() + 1,
        statement=statement.strip(),
        turn=turn,
        **anchor.as_json(),
        by_id=acting(actor),
        at=clock.now(),
    )
    preference.save(force_insert=True)
    record(preference, data={"turn": turn.digest, "start": anchor.start, "end": anchor.end})
    return preference


@command(Verb.PREFERENCE_ANSWERED)
def answer_preference(
    *,
    actor: Actor,
    preference_id: UUID,
    answer: str,
    rationale: str,
    promise: str = "",
    promise_owner_id: UUID | None = None,
    promise_due: date | None = None,
) -> Disposition:
    """What we reply: accept, adapt, decline or defer, with the reason; the first two may make a promise."""
    found = Preference.objects.filter(pk=preference_id).only("interview_id").first()
    interview = locked(Interview, found.interview_id if found else preference_id)
    preference = locked(Preference, preference_id)
    require(may_answer_preference(actor))
    preference.interview = interview
    if refusal := why_not_answered(preference):
        raise IllegalMove(refusal)
    if waiting := answer_motions(preference).first():
        raise IllegalMove(
            f"Proposal {waiting.number} asks the board itself to answer this wish. Wait for its result, or let its "
            "mover take it back."
        )
    owner = require_answer(answer, rationale, promise.strip(), promise_owner_id, promise_due)
    return give_answer(
        preference,
        Disposition(
            answer=Answer(answer), rationale=rationale.strip(), promise=promise.strip(), by_id=acting(actor)
        ),
        owner=owner,
        due_on=promise_due,
    )


@command(Verb.INTERVIEW_SIGNED)
def sign_off_interview(*, actor: Actor, interview_id: UUID, digest: str = "", statement: str = "") -> SignOff:
    """Sign the record as it stands; the second signature under the same digest signs the interview off.

    `digest`: of the record as the reader saw it; when it has changed since, the signature is refused.
    """
    interview = locked(Interview, interview_id)
    if interview.state not in (InterviewState.SEALED, InterviewState.REPORTED):
        require(may_sign_off_interview(actor, []))
        raise IllegalMove(
            "An interview is signed once its transcripts are locked, and only until it is signed off."
        )
    design = design_of(interview)
    current = signing_digest(interview, design)
    signed = list(interview.sign_offs.filter(digest=current).values_list("person_id", "as_interviewer"))
    require(may_sign_off_interview(actor, signed))
    _require_readable(interview, digest, current)
    broken = integrity(interview, design)
    if broken:
        raise IllegalMove(f"The record is not whole and cannot be signed. {broken[0]} Tell an auditor.")
    now = clock.now()
    signature = SignOff(
        interview=interview,
        person_id=acting(actor),
        digest=current,
        statement=statement.strip(),
        as_interviewer="interviewer" in actor.roles,
        at=now,
    )
    signature.save(force_insert=True)
    record(interview, data={"digest": current})
    if signed:
        INTERVIEW.require(interview.state, InterviewState.SIGNED_OFF)
        interview.state, interview.signed_off_at = InterviewState.SIGNED_OFF, now
        interview.save()
        record(interview, verb=Verb.INTERVIEW_SIGNED_OFF, data={"digest": current})
    return signature


def _require_readable(interview: Interview, seen: str, current: str) -> None:
    if interview.kind == Kind.STUDY and interview.state != InterviewState.REPORTED:
        raise IllegalMove("A study is signed with its report. Write the report first.")
    if seen and seen != current:
        raise IllegalMove("The record has changed since you opened this page. Read it again, then sign.")
    unanswered = interview.preferences.filter(dispositions=None).count()
    if unanswered:
        raise IllegalMove(
            f"{unanswered} of its wishes have no answer yet. The board answers or puts off every wish first."
        )
