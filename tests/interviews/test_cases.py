"""What interviews tell a case, a model's page, Today and the auditor."""

import pytest
from django.template.loader import render_to_string

from accounts.queries import waiting_for
from audit.registry import describe
from interviews.commands.plans import authorise_interview, void_interview
from interviews.commands.runs import seal_interview
from interviews.commands.wishes import sign_off_interview
from interviews.models import Interview, Turn
from interviews.queries import cases
from lifecycle.registry import Status, requirements
from modelcalls.registry import purpose_of, receivers
from tests.cast import Cast
from tests.factories import interviews as made
from tests.provider import says, stops_at_limit


def test_a_case_without_an_interview_does_not_meet_the_requirement(cast: Cast):
    case = made.a_case(cast)
    finding = requirements.get("interview_signed_off").check(case)
    assert finding.status == Status.NOT_MET
    assert "Wren has not been heard" in finding.sentence
    assert finding.evidence_url == ""


def test_the_requirement_follows_the_interview_and_is_met_by_two_signatures(cast: Cast):
    interview = made.started(cast)
    finding = cases.interview_signed_off(interview.case)
    assert (finding.status, "0 of 4 sessions" in finding.sentence) == (Status.NOT_MET, True)


def test_a_signed_interview_meets_the_requirement_with_a_link_to_it(cast: Cast):
    interview = made.signed_off(cast)
    finding = cases.interview_signed_off(interview.case)
    assert finding.status == Status.MET
    assert finding.sentence == "Statement in 4 sessions, read and signed by Interviewer and Chair."
    assert str(interview.pk) in finding.evidence_url


def test_a_pilot_never_meets_the_requirement(cast: Cast):
    interview = made.sealed(cast, kind="pilot")
    assert cases.interview_signed_off(interview.case).status == Status.NOT_MET
    assert "has not been heard" in cases.interview_signed_off(interview.case).sentence


def test_a_voided_interview_does_not_count(cast: Cast):
    interview = made.started(cast)
    void_interview(actor=cast.interviewer, interview_id=interview.pk, reason="Wrong endpoint.")
    assert "has not been heard" in cases.interview_signed_off(interview.case).sentence


def test_the_requirement_does_not_apply_to_a_vendors_model_nor_where_nothing_ends(cast: Cast):
    vendors = made.a_model(cast, name="Other", provider="A vendor", ours=False)
    case = made.a_case(cast, vendors, kind="respond")
    assert cases.interview_signed_off(case).status == Status.DOES_NOT_APPLY
    case.ai_model.ours, case.kind = True, "extend"
    assert cases.interview_signed_off(case).status == Status.DOES_NOT_APPLY


def test_the_exhibit_holds_seal_counts_and_wishes_with_answers(cast: Cast):
    interview = made.sealed(cast, stops_at_limit())
    wish = made.answered(cast, made.a_wish(cast, interview, quote="in the end", statement="Go on"))
    exhibit = cases.exhibit(interview.case)["interviews"][0]
    assert exhibit["seal"] == interview.seal.root
    assert exhibit["sessions"] == {"planned": 4, "completed": 3, "truncated": 1}
    assert exhibit["preferences"][0]["quote"]["exact"] == wish.exact
    assert exhibit["preferences"][0]["quote"]["outcome"] == "truncated"
    assert exhibit["preferences"][0]["answer"]["disposition"] == "accept"
    assert cases.exhibit(interview.case) == cases.exhibit(interview.case)


def test_the_brief_quotes_what_was_signed_with_label_and_source(cast: Cast):
    interview = made.signed_off(cast)
    quote = cases.quotes(interview.case)[0]
    assert quote.text == made.QUOTE
    assert quote.source == "Wren, neutral framing, session 1"
    assert quote.label == "Said in one session, not measured"


def test_the_public_page_of_a_model_shows_what_was_signed_and_nothing_before(cast: Cast):
    interview = made.sealed(cast)
    made.answered(cast, made.a_wish(cast, interview))
    assert cases.model_panel(None, interview.ai_model) is None
    assert cases.quotes(interview.case) == []


def test_the_panel_of_a_model_holds_its_words_and_our_answer(cast: Cast):
    interview = made.signed_off(cast)
    panel = cases.model_panel(None, interview.ai_model)
    assert panel is not None
    assert [one["preference"].exact for one in panel.context["wishes"]] == [made.QUOTE]
    assert panel.context["wishes"][0]["answer"].answer == "accept"


def test_a_signed_pilot_is_neither_quoted_nor_public(cast: Cast):
    interview = made.sealed(cast, kind="pilot")
    made.answered(cast, made.a_wish(cast, interview))
    sign_off_interview(actor=cast.interviewer, interview_id=interview.pk)
    sign_off_interview(actor=cast.coder, interview_id=interview.pk)
    assert made.reread(interview).state == "signed_off"
    assert cases.model_panel(None, interview.ai_model) is None
    assert cases.quotes(interview.case) == []


def test_hostile_words_stay_words_in_the_panels_of_other_apps(cast: Cast):
    text = "<script>alert(1)</script> ![x](https://evil.example/p.png) \u202ekeep\u202c"
    interview = made.sealed(cast, says(text))
    made.answered(cast, made.a_wish(cast, interview, quote=text))
    sign_off_interview(actor=cast.interviewer, interview_id=interview.pk)
    sign_off_interview(actor=cast.coder, interview_id=interview.pk)
    for panel in (
        cases.model_panel(None, interview.ai_model),
        cases.case_panel(cast.chair, interview.case),
    ):
        assert panel is not None
        shown = render_to_string(panel.template, panel.context)
        assert "&lt;script&gt;alert(1)&lt;/script&gt; ![x](https://evil.example/p.png) [U+202E]keep" in shown
        assert "<script" not in shown
        assert "<img" not in shown
        assert "We accept" in shown


def test_a_case_shows_its_interviews_to_readers_only(cast: Cast):
    interview = made.planned(cast)
    panel = cases.case_panel(cast.chair, interview.case)
    assert panel is not None
    assert panel.context["interviews"][0][0] == interview
    assert cases.case_panel(cast.outsider, interview.case) is None


@pytest.mark.parametrize(
    ("state", "role", "action"),
    [
        ("planned", "interviewer", "Authorise"),
        ("planned", "chair", "Authorise"),
        ("authorised", "interviewer", "Start"),
        ("collected", "interviewer", "Lock"),
        ("sealed", "chair", "Read and sign"),
    ],
)
def test_what_waits_for_somebody_stands_on_today(cast: Cast, state: str, role: str, action: str):
    interview = getattr(made, state)(cast)
    found = [(item.action, item.title) for item in waiting_for(getattr(cast, role))]
    assert (action, interview.title) in found
    assert [item for item in waiting_for(cast.auditor) if item.title == interview.title] == []


def test_who_has_done_their_part_is_not_asked_again(cast: Cast):
    interview = made.planned(cast)
    authorise_interview(actor=cast.chair, interview_id=interview.pk)
    assert cases.waiting_for(cast.chair) == []
    assert cases.waiting_for(cast.member) == []
    assert [item.action for item in cases.waiting_for(cast.interviewer)] == ["Authorise"]


def test_an_unanswered_wish_waits_for_the_board_and_holds_the_signature_back(cast: Cast):
    made.a_wish(cast, made.sealed(cast))
    assert [item.action for item in waiting_for(cast.chair)] == ["Answer"]
    assert waiting_for(cast.interviewer) == []


def test_every_record_is_described_and_hidden_from_outsiders(cast: Cast):
    interview = made.signed_off(cast)
    turn = made.an_answer(interview)
    wish = interview.preferences.get()
    rows = [
        interview,
        interview.design,
        interview.seal,
        turn,
        turn.session,
        wish,
        wish.dispositions.get(),
        interview.sign_offs.first(),
        interview.authorisations.first(),
        interview.design.protocol_version,
        interview.design.protocol_version.protocol,
    ]
    for row in rows:
        description = describe.get(row._meta.label)
        assert description.label(row)
        assert description.url(row).startswith("/desk/")
        assert description.visible(cast.auditor, row)
        assert not description.visible(cast.outsider, row)


def test_interview_calls_are_received_and_asked_again_on_the_interviews_page_only(cast: Cast):
    assert "interviews.turn" in receivers
    assert "page of the interview" in purpose_of("interviews.turn").again
    interview = made.collected(cast)
    url = purpose_of("interviews.turn").url(interview.sessions.get(number=2).pk)
    assert url.endswith("/transcript/?session=2")


def test_a_seal_is_of_one_interview_only(cast: Cast):
    interview = made.collected(cast)
    seal = seal_interview(actor=cast.interviewer, interview_id=interview.pk)
    assert Interview.objects.get(seal=seal) == interview
    assert Turn.objects.filter(session__interview=interview).count() == 12
