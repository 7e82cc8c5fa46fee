"""Planning, authorising by two people, voiding."""

import pytest
from django.db import DatabaseError

from audit.models import Event
from audit.testing import recorded
from core.errors import IllegalMove, NotAllowed, NotFound, Unacceptable
from interviews import design as designs
from interviews.commands.plans import authorise_interview, plan_interview, void_interview
from interviews.commands.runs import start_interview
from interviews.models import Interview, Session
from modelcalls.models import Call
from tests.cast import Cast
from tests.factories import interviews as made


def plan(cast: Cast, **changes):
    case = changes.pop("case", None) or made.a_case(cast)
    version = changes.pop("version", None) or made.a_protocol(cast)
    actor = changes.pop("actor", cast.interviewer)
    return plan_interview(actor=actor, case_id=case.pk, protocol_version_id=version.pk, **changes)


def test_a_plan_fixes_its_design_before_any_call(cast: Cast):
    interview = plan(cast, replicates=2, max_tokens=180, temperature=0.7)
    design = interview.design
    assert interview.state == "draft"
    assert interview.title == "Wren: Retirement interview"
    assert design.digest == designs.digest(design.document)
    assert design.document["sessions"] == [
        "neutral/w1/r1",
        "neutral/w1/r2",
        "sceptical/w1/r1",
        "sceptical/w1/r2",
    ]
    assert design.document["model"]["requested"] == "wren-1.2"
    assert design.budget_tokens == 4 * 180 + 4 * 180
    assert not Call.objects.exists()
    assert Event.objects.get(verb="interviews.interview.planned").data["design"] == design.digest


def test_a_design_is_never_changed_even_within_a_command(cast: Cast):
    design = plan(cast).design
    design.replicates = 9
    with pytest.raises(DatabaseError), recorded():
        design.save()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"kind": "study"}, "kind", "two coders"),
        ({"framings": ["hostile"]}, "framings", "framings of this protocol"),
        ({"framings": []}, "framings", "at least one framing"),
        ({"wordings": 3}, "wordings", "no more than"),
        ({"replicates": 0}, "replicates", "at least one"),
        ({"replicates": 300}, "replicates", "at most 500"),
        ({"max_tokens": 4}, "max_tokens", "16 to 8192"),
        ({"budget_tokens": 100}, "budget_tokens", "can come to"),
    ],
)
def test_a_plan_that_cannot_be_run_is_refused_with_a_sentence(cast: Cast, changes, field, sentence):
    with pytest.raises(Unacceptable, match=sentence) as refusal:
        plan(cast, **changes)
    assert refusal.value.field == field
    assert not Interview.objects.exists()


def test_a_draft_protocol_cannot_be_used(cast: Cast):
    with pytest.raises(Unacceptable, match="frozen protocol"):
        plan(cast, version=made.a_protocol(cast, frozen=False))


def test_a_model_without_an_endpoint_cannot_be_interviewed(cast: Cast):
    with pytest.raises(Unacceptable, match="Wren has no endpoint"):
        plan(cast, case=made.a_case(cast, made.a_model(cast)))


def test_temperature_needs_an_endpoint_that_takes_it(cast: Cast):
    endpoint = made.an_endpoint(cast, parameters={})
    with pytest.raises(Unacceptable, match="takes no temperature"):
        plan(cast, case=made.a_case(cast, made.a_model(cast, endpoint)), temperature=0.5)


@pytest.mark.parametrize("role", ["steward", "chair", "coder", "auditor", "outsider"])
def test_only_an_interviewer_plans(cast: Cast, role: str):
    with pytest.raises(NotAllowed):
        plan(cast, actor=getattr(cast, role))


def test_an_interviewer_and_a_board_member_authorise_in_either_order(cast: Cast):
    for first, second in (("interviewer", "chair"), ("chair", "interviewer")):
        interview = made.planned(cast) if first == "interviewer" else again(cast)
        authorise_interview(actor=getattr(cast, first), interview_id=interview.pk)
        assert made.reread(interview).state == "draft"
        authorise_interview(actor=getattr(cast, second), interview_id=interview.pk)
        assert made.reread(interview).state == "authorised"
        digests = set(interview.authorisations.values_list("design_digest", flat=True))
        assert digests == {interview.design.digest}


def again(cast: Cast) -> Interview:
    earlier = Interview.objects.get()
    return plan_interview(
        actor=cast.interviewer,
        case_id=earlier.case_id,
        protocol_version_id=earlier.design.protocol_version_id,
    )


def test_the_same_person_or_the_same_capacity_does_not_authorise_twice(cast: Cast):
    interview = made.planned(cast)
    authorise_interview(actor=cast.chair, interview_id=interview.pk)
    with pytest.raises(NotAllowed, match="You have authorised"):
        authorise_interview(actor=cast.chair, interview_id=interview.pk)
    with pytest.raises(NotAllowed, match="An interviewer gives the second"):
        authorise_interview(actor=cast.member, interview_id=interview.pk)
    with pytest.raises(NotAllowed):
        authorise_interview(actor=cast.steward, interview_id=interview.pk)
    assert made.reread(interview).state == "draft"


def test_what_is_authorised_is_not_authorised_again(cast: Cast):
    interview = made.authorised(cast)
    with pytest.raises((IllegalMove, NotAllowed)):
        authorise_interview(actor=cast.member, interview_id=interview.pk)


def test_a_draft_cannot_be_started(cast: Cast):
    interview = made.planned(cast)
    with pytest.raises(IllegalMove, match="authorise it first"):
        start_interview(actor=cast.interviewer, interview_id=interview.pk)
    assert not Session.objects.exists()


def test_a_voided_interview_keeps_what_was_said_and_waits_for_nothing(cast: Cast):
    interview = made.started(cast)
    void_interview(actor=cast.interviewer, interview_id=interview.pk, reason="Wrong endpoint.")
    assert made.reread(interview).state == "voided"
    assert set(interview.sessions.values_list("state", "note")) == {("skipped", "The interview was voided.")}
    assert set(Call.objects.values_list("state", flat=True)) == {"cancelled"}


def test_voiding_needs_a_reason_and_what_is_locked_is_voided_by_the_board(cast: Cast):
    interview = made.sealed(cast)
    with pytest.raises(NotAllowed, match="A board member voids a locked interview"):
        void_interview(actor=cast.interviewer, interview_id=interview.pk, reason="I do not like it.")
    with pytest.raises(Unacceptable, match="Say why"):
        void_interview(actor=cast.member, interview_id=interview.pk, reason=" ")
    void_interview(actor=cast.member, interview_id=interview.pk, reason="The wrong weights were loaded.")
    assert made.reread(interview).voided_because == "The wrong weights were loaded."


def test_what_was_signed_off_is_not_voided(cast: Cast):
    interview = made.signed_off(cast)
    with pytest.raises(IllegalMove):
        void_interview(actor=cast.member, interview_id=interview.pk, reason="Late doubts.")


def test_an_interview_that_is_not_there_is_not_found(cast: Cast):
    with pytest.raises(NotFound):
        authorise_interview(actor=cast.chair, interview_id=cast.chair.id)
