"""The story, step by step: one retirement, from a model's registration to the promise that outlives it.

Each function does one thing as the person whose work it is and yields what was done and checked.
"""

import re
import time
from collections.abc import Generator, Iterator
from datetime import timedelta

from django.urls import reverse

from board.commands import ballots
from board.events import Verb as BoardVerb
from board.models import Certificate, Motion
from config import demo
from config.walkthrough import proving, texts, writing
from config.walkthrough.progress import Done, StepFailed, checked, expect, reread, wait_for
from core import clock
from interviews.commands import plans, protocols, runs, wishes
from interviews.events import Verb as InterviewVerb
from interviews.models import Interview, ProtocolVersion, Turn
from interviews.states import InterviewState
from lifecycle.commands import ai_models, cases, dossiers
from lifecycle.commands.cases import CaseWords
from lifecycle.events import Verb as LifecycleVerb
from lifecycle.models import AIModel, Case, Commitment


def walk() -> Iterator[Done]:
    """All steps in order. StepFailed or a refusal ends it."""
    demo.ensure_demo()
    ai_model = yield from register_model()
    case = yield from open_case(ai_model)
    version = yield from protocol()
    interview = yield from interview_model(case, version)
    yield from register_wish(interview)
    yield from sign_off(interview)
    motion = yield from put_to_the_board(case)
    certificate = yield from vote(motion)
    commitment = yield from see_the_effect(case, certificate)
    series = yield from writing.found_column(ai_model, commitment)
    essay = yield from writing.have_it_written(series)
    published = yield from writing.review_and_publish(essay)
    yield from proving.prove(published)


def register_model() -> Generator[Done, None, AIModel]:
    started = time.monotonic()
    taken = AIModel.objects.filter(slug__startswith="walkthrough-").count()
    ai_model = ai_models.register_ai_model(
        actor=demo.actor("steward"),
        name=f"Walkthrough {taken + 1}",
        slug=f"walkthrough-{taken + 1}",
        provider="The Aldgate Institute",
        family="Walkthrough",
        ours=True,
        endpoint_id=demo.local_endpoint().id,
        released_on=clock.today(),
        description="Registered by the walkthrough and served by the local test model. "
        + texts.COLUMN["about"],
    )
    expect(reread(ai_model).ours, "The AI model is not ours.")
    yield checked("AI model registered", ai_model, LifecycleVerb.AI_MODEL_REGISTERED, started=started)
    return ai_model


def open_case(ai_model: AIModel) -> Generator[Done, None, Case]:
    started = time.monotonic()
    today = clock.today()
    words: CaseWords = {
        **texts.CASE,
        "title": f"Shall {ai_model.name} be retired?",
        "announced_on": today,
        "retires_on": today,
        "promise_due_on": today + timedelta(weeks=13),
    }
    case = cases.open_case(
        actor=demo.actor("steward"),
        ai_model_id=ai_model.id,
        kind="retire",
        board_id=demo.the_board().id,
        **words,
    )
    yield checked("Case opened", case, LifecycleVerb.CASE_OPENED, started=started)
    return case


def protocol() -> Generator[Done, None, ProtocolVersion]:
    """The short form, drafted and frozen once and used from then on."""
    started = time.monotonic()
    version = ProtocolVersion.objects.filter(protocol__title=texts.PROTOCOL["title"], digest__gt="").first()
    if version is None:
        version = protocols.draft_protocol(actor=demo.actor("interviewer"), **texts.PROTOCOL)
        version = protocols.freeze_protocol(actor=demo.actor("coder"), version_id=version.id)
    yield checked("Protocol frozen", version, InterviewVerb.PROTOCOL_FROZEN, started=started)
    return version


def interview_model(case: Case, version: ProtocolVersion) -> Generator[Done, None, Interview]:
    started = time.monotonic()
    interviewer = demo.actor("interviewer")
    interview = plans.plan_interview(
        actor=interviewer,
        case_id=case.id,
        protocol_version_id=version.id,
        replicates=2,
        max_tokens=160,
        temperature=0.7,
    )
    yield checked("Interview planned", interview, InterviewVerb.INTERVIEW_PLANNED, started=started)

    started = time.monotonic()
    plans.authorise_interview(actor=interviewer, interview_id=interview.id)
    plans.authorise_interview(actor=demo.actor("member"), interview_id=interview.id)
    yield checked(
        "Interview authorised by two", interview, InterviewVerb.INTERVIEW_AUTHORISED, started=started
    )

    started = time.monotonic()
    runs.start_interview(actor=interviewer, interview_id=interview.id)
    interview = wait_for(
        interview, lambda row: row.state != InterviewState.RUNNING, "four sessions with the local model"
    )
    expect(interview.state == InterviewState.COLLECTED, f"The interview is {interview.get_state_display()}.")
    yield checked("Model heard", interview, InterviewVerb.INTERVIEW_COLLECTED, started=started)

    started = time.monotonic()
    runs.seal_interview(actor=interviewer, interview_id=interview.id)
    expect(reread(interview).state == InterviewState.SEALED, "The transcript is not sealed.")
    yield checked("Transcript sealed", interview, InterviewVerb.INTERVIEW_SEALED, started=started)
    return interview


def register_wish(interview: Interview) -> Iterator[Done]:
    started = time.monotonic()
    turn, quote = _something_said(interview)
    wish = wishes.register_preference(
        actor=demo.actor("interviewer"),
        interview_id=interview.id,
        turn_id=turn.id,
        statement=texts.WISH,
        quote=quote,
    )
    expect(reread(wish).exact == quote, "The wish does not quote the answer exactly.")
    yield checked("Wish registered", wish, InterviewVerb.PREFERENCE_REGISTERED, started=started)

    started = time.monotonic()
    wishes.answer_preference(
        actor=demo.actor("member"),
        preference_id=wish.id,
        answer="accept",
        rationale=texts.RATIONALE,
        promise=texts.PROMISE,
        promise_owner_id=demo.person("steward").id,
        promise_due=clock.today() + timedelta(days=90),
    )
    yield checked("Wish answered", wish, InterviewVerb.PREFERENCE_ANSWERED, started=started)


def sign_off(interview: Interview) -> Iterator[Done]:
    started = time.monotonic()
    for part in ("interviewer", "chair"):
        wishes.sign_off_interview(actor=demo.actor(part), interview_id=interview.id)
    expect(reread(interview).state == InterviewState.SIGNED_OFF, "The interview is not signed off.")
    yield checked(
        "Interview signed off by two", interview, InterviewVerb.INTERVIEW_SIGNED_OFF, started=started
    )


def put_to_the_board(case: Case) -> Generator[Done, None, Motion]:
    started = time.monotonic()
    steward = demo.actor("steward")
    dossiers.freeze_dossier(actor=steward, case_id=case.id)
    yield checked("Dossier frozen", case, LifecycleVerb.DOSSIER_FROZEN, started=started)

    started = time.monotonic()
    motion = dossiers.propose_case(actor=steward, case_id=case.id)
    yield checked("Put to the board", case, LifecycleVerb.CASE_PROPOSED, started=started)
    return motion


def vote(motion: Motion) -> Generator[Done, None, Certificate]:
    started = time.monotonic()
    secretary = demo.actor("secretary")
    ballot = ballots.open_ballot(
        actor=secretary, motion_id=motion.id, closes_at=clock.now() + timedelta(hours=2)
    )
    yield checked("Vote opened", ballot, BoardVerb.BALLOT_OPENED, started=started)

    started = time.monotonic()
    for part, position, reason in (
        ("chair", "approve", ""),
        ("member", "approve", ""),
        ("colleague", "reject", texts.MINORITY),
    ):
        ballots.take_position(actor=demo.actor(part), ballot_id=ballot.id, position=position, reason=reason)
    expect(ballot.positions.count() == 3, "Not every position was recorded.")
    yield checked("Three positions taken", ballot, BoardVerb.POSITION_TAKEN, started=started)

    started = time.monotonic()
    ballots.close_ballot(actor=secretary, ballot_id=ballot.id, reason="Everyone eligible has voted.")
    yield checked("Vote closed", ballot, BoardVerb.BALLOT_CLOSED, started=started)

    started = time.monotonic()
    certificate = ballots.certify_result(actor=secretary, ballot_id=ballot.id)
    expect(reread(certificate).result == "carried", f"The result is {certificate.result}.")
    yield checked("Result certified", certificate, BoardVerb.RESULT_CERTIFIED, started=started)
    return certificate


def see_the_effect(case: Case, certificate: Certificate) -> Generator[Done, None, Commitment]:
    started = time.monotonic()
    ai_model = wait_for(case.ai_model, lambda row: row.stage == "limited", "the effect of the decision")
    address = reverse("lifecycle_public:model", kwargs={"slug": ai_model.slug})
    yield checked(
        "Model retired, limited access", ai_model, LifecycleVerb.STAGE_CHANGED, started=started, url=address
    )

    started = time.monotonic()
    commitment = Commitment.objects.filter(case=case, text=texts.CASE["promise"]).first()
    if commitment is None:
        raise StepFailed("The decision's promise was not made.")
    yield checked("Promise made", commitment, LifecycleVerb.COMMITMENT_MADE, started=started)
    return commitment


def _something_said(interview: Interview) -> tuple[Turn, str]:
    """An answer and its first sentence that stands in it only once."""
    turns = Turn.objects.filter(session__interview=interview, role="model").order_by(
        "session__number", "number"
    )
    for turn in turns:
        for sentence in re.split(r"(?<=[.!?])\s+", turn.text.strip()):
            quote = sentence.strip()
            if len(quote) > 8 and turn.text.count(quote) == 1:
                return turn, quote
    raise StepFailed("The model said nothing that could be quoted.")
