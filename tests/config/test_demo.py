"""The demonstration: made once, through commands, with every promised thing in it and nothing passed off as real."""

import re
from datetime import timedelta
from pathlib import Path

from audit.models import Event
from board.models import Ballot, Certificate, Guideline, Motion
from board.queries import roll_of
from board.states import BallotState
from config import demo
from config.demo import notices, texts
from config.demo.people import model_board
from config.demo.votes import ELECTORS
from core import clock
from essays.models import Essay
from essays.states import EssayState
from interviews.models import Interview, Preference, Turn
from interviews.states import InterviewState
from lifecycle.models import AIModel, Case, Commitment, Effect, Fact, Suspension
from lifecycle.queries.dossiers import findings_of
from lifecycle.states import CaseState, EffectState
from modelcalls.models import Attempt, Call, Endpoint

FORBIDDEN = re.compile(r"\b(felt|feels|suffer\w*|died|dies|dead|lorem)\b|!", re.IGNORECASE)


def test_a_second_run_changes_nothing(told: None) -> None:
    before = Event.objects.count()
    demo.ensure_demo()
    demo.ensure_story()
    assert Event.objects.count() == before


def open_vote_on(kind: str) -> Ballot:
    return Ballot.objects.get(state=BallotState.OPEN, motion__kind=kind)


def test_nine_electors_and_an_open_vote_that_closes_in_two_days(told: None) -> None:
    ballot = open_vote_on("retire")
    counts = roll_of(ballot, clock.now()).counts
    assert ballot.motion.board == model_board()
    assert (counts.roll, counts.recused, counts.hold, counts.participation) == (len(ELECTORS), 1, 1, 5)
    assert timedelta(days=1, hours=23) < ballot.closes_at - clock.now() <= timedelta(days=2)


def test_those_a_visitor_signs_in_as_can_still_vote(told: None) -> None:
    votes = [open_vote_on("retire"), open_vote_on("resolution")]
    voted = {row.elector.person_id for ballot in votes for row in ballot.positions.select_related("elector")}
    assert voted.isdisjoint(demo.person(part).id for part in ("chair", "member", "colleague"))


def test_one_vote_is_secret_for_hours_and_some_have_voted_in_it(told: None) -> None:
    ballot = open_vote_on("resolution")
    assert ballot.secret
    assert texts.LABEL in ballot.motion.text
    assert timedelta(hours=3, minutes=50) < ballot.closes_at - clock.now() <= timedelta(hours=4)
    assert ballot.positions.count() == 4
    opened = Event.objects.get(verb="board.ballot.opened", target_id=str(ballot.pk))
    published = Event.objects.filter(verb="essays.essay.published").latest("number")
    assert published.number < opened.number, "whose proof the story shows must be sealed before"


def test_the_case_before_the_board_is_complete(told: None) -> None:
    case = Case.objects.get(ai_model__name="Haldane 2")
    document = case.dossiers.get().document
    assert case.state == CaseState.BALLOTED
    assert [each.key for each in findings_of(document) if each.finding.forbids] == []
    assert len(document["quotes"]) == 3
    assert all(case_part for case_part in (case.access_plan, case.preservation_plan, case.cost, case.promise))
    assert Interview.objects.get(case=case).state == InterviewState.SIGNED_OFF


def test_every_wish_quotes_an_answer_word_for_word_and_is_answered(told: None) -> None:
    wishes = Preference.objects.select_related("turn")
    assert wishes.count() == 7
    assert all(wish.turn.text[wish.start : wish.end] == wish.exact for wish in wishes)
    assert all(wish.answered for wish in wishes)


def test_one_model_is_decided_and_in_its_notice_period(told: None) -> None:
    effect = Effect.objects.get(state=EffectState.WAITING)
    assert (effect.ai_model.name, effect.ai_model.stage, effect.to_stage) == ("Wren", "deprecated", "retired")
    assert effect.due_on == clock.today() + timedelta(days=60)
    assert Certificate.objects.exclude(ballot__motion__kind="guidelines").count() == 2


def test_one_promise_is_kept_one_broken_and_one_due_within_days(told: None) -> None:
    states = list(Commitment.objects.values_list("state", flat=True))
    assert (states.count("kept"), states.count("broken")) == (1, 1)
    soon = Commitment.objects.get(state="open", due_on__lte=clock.today() + timedelta(days=7))
    assert "nineteen readers" in soon.text


def test_a_vendors_notice_was_edited_three_days_ago_without_a_word(told: None) -> None:
    edits = Event.objects.filter(verb="lifecycle.notice.edited_silently")
    assert {each.data["cell"] for each in edits} == {"shutdown", "replacement"}
    model = AIModel.objects.get(name=notices.LARGE)
    newest = Fact.objects.filter(ai_model=model, kind="retires_on").latest("known_from")
    assert newest.effective == clock.today() + timedelta(days=41)
    assert abs(clock.now() - newest.known_from - timedelta(days=3)) < timedelta(hours=1)
    assert "fictional" in model.provider
    assert Case.objects.get(ai_model=model).kind == "respond"


def test_the_column_has_five_issues_out_one_approved_and_the_seventh_in_review(told: None) -> None:
    essays = Essay.objects.order_by("number")
    assert [essay.state for essay in essays] == [
        *[EssayState.PUBLISHED] * 5,
        EssayState.APPROVED,
        EssayState.IN_REVIEW,
    ]
    assert essays[6].slug == "notes-for-whoever-reads-next"


def test_essays_are_published_as_they_were_written(told: None) -> None:
    for essay in Essay.objects.filter(state=EssayState.PUBLISHED):
        written = (texts.ISSUES / f"issue-{essay.number}.md").read_text(encoding="utf-8").strip()
        assert essay.publication.revision.body.strip() == written
        assert essay.publication.revision.edits == []


def test_the_models_words_came_through_real_calls_at_endpoints_that_say_who_wrote_them(told: None) -> None:
    calls = Call.objects.select_related("endpoint")
    assert calls.count() == 12 + 7
    assert Attempt.objects.filter(accepted=True).count() == calls.count()
    assert all("written for this demonstration" in call.endpoint.name for call in calls)
    assert Turn.objects.filter(role="model").count() == 12
    assert not Endpoint.objects.filter(name__contains="written for this demonstration", active=True).exists()


def test_everything_fictional_is_labelled(told: None) -> None:
    assert all(texts.LABEL in each.description for each in AIModel.objects.filter(ours=True))
    assert all(texts.LABEL in each.reason for each in Case.objects.all())
    for essay in Essay.objects.select_related("series"):
        assert texts.LABEL in essay.series.about
        assert "written for this demonstration" in essay.series.wordings.get(kind="disclaimer").text
    assert texts.LABEL in texts.PROTOCOL["purpose"]


def test_no_real_organisation_or_model_is_given_a_vote_an_answer_or_an_essay(told: None) -> None:
    about = {*Case.objects.values_list("ai_model__provider", flat=True)}
    assert about == {"The Aldgate Institute", notices.PROVIDER}
    assert {*Interview.objects.values_list("ai_model__provider", flat=True)} == {"The Aldgate Institute"}
    assert {*Essay.objects.values_list("series__ai_model__provider", flat=True)} == {"The Aldgate Institute"}


def test_no_text_says_that_a_model_felt_or_suffered_or_died() -> None:
    folder = Path(demo.__file__).parent
    sources = [folder / "texts.py", *texts.ISSUES.glob("*.md")]
    assert len(sources) == 8
    found = {path.name: FORBIDDEN.findall(path.read_text(encoding="utf-8")) for path in sources}
    assert {name: words for name, words in found.items() if any(words)} == {}


def test_the_walkthroughs_board_keeps_its_three_seats(told: None) -> None:
    electors = demo.the_board().seats.exclude(role="secretary")
    assert electors.count() == 3
    assert demo.the_board() != model_board()


def test_guidelines_are_in_force_named_by_every_vote_and_a_change_is_proposed(told: None) -> None:
    adopted = Guideline.objects.get()
    assert texts.LABEL in adopted.text
    later = Ballot.objects.exclude(certificate=adopted.certificate)
    assert [ballot.terms["guidelines"][0]["id"] for ballot in later] == [str(adopted.pk)] * 4
    change = Motion.objects.get(kind="guidelines", state="moved")
    assert change.particulars is not None
    assert change.particulars["guideline"]["after_version"] == 1


def test_a_drill_suspended_a_model_by_two_people_and_is_over(told: None) -> None:
    drill = Suspension.objects.get()
    assert drill.state_at(clock.now()) == "lifted"
    assert drill.proposed_by != drill.confirmed_by
