"""Where text was blanked, the page that shows it says so: when, why, and to people of the house by whom."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.disclosures import BLANK
from audit.models import Redaction, TrackedModel
from audit.queries import tracked_models
from audit.redactions import carry_out_redaction, fields_of, propose_redaction, tracked
from audit.testing import recorded
from board.commands.ballots import certify_result, close_ballot, recuse, take_position
from board.commands.boards import end_seat, seat_alternate
from board.commands.chair import cast_casting_vote
from board.commands.discussion import ask, comment
from board.commands.entered import enter_recusal
from board.commands.fixes import confirm_fix, propose_fix
from board.commands.founding import return_founding
from board.commands.motions import propose_terms
from board.commands.statements import make_statement, state_outcome
from board.commands.withdrawals import ask_withdrawal
from board.models import Ballot, Elector, Seat, Terms
from core import clock
from essays.models import Review
from interviews.commands.runs import skip_session
from interviews.commands.wishes import sign_off_interview
from interviews.models import Preference, Turn
from interviews.states import Role
from lifecycle.commands.dossiers import freeze_dossier
from lifecycle.commands.suspensions import lift_suspension
from lifecycle.models import Suspension
from lifecycle.queries.dossiers import findings
from tests.cast import Cast
from tests.factories import board, controls, essays, founding, interviews, lifecycle
from tests.provider import fails, stops_at_limit

SignedIn = Callable[[str], Client]
Made = tuple[Any, str]
WHY = "Personal data of somebody who did not agree to it"


@dataclass(frozen=True)
class Shown:
    """A page that shows some fields of a kind of record, and who reads it ("" is the public)."""

    kind: str
    make: Callable[[Cast], Made]
    columns: tuple[str, ...]
    reader: str
    confirmer: str = "secretary"


CASE = (
    "title",
    "asked",
    "reason",
    "status_quo",
    "replacement",
    "no_replacement_reason",
    "impact",
    "cannot_be_undone",
    "cost",
    "access_plan",
    "preservation_plan",
    "recommendation",
    "argument_against",
    "promise",
)


def _published(cast: Cast) -> Made:
    row = essays.published(cast)
    url = reverse("essays_public:essay", args=[row.essay.series.slug, row.essay.slug])
    return row.revision, url


def _revision_at_work(cast: Cast) -> Made:
    row = essays.published(cast)
    return row.revision, reverse("essays:essay", args=[row.essay_id])


def _essay(cast: Cast) -> Made:
    row = essays.written(cast)
    return row, reverse("essays:essay", args=[row.pk])


def _review(cast: Cast) -> Made:
    essay = essays.paused(cast)
    row = Review.objects.get()
    return row, reverse("essays:essay", args=[essay.pk])


def _said_by(role: str) -> Callable[[Cast], Made]:
    """What was said by whom in an interview, on the page of its session."""

    def make(cast: Cast) -> Made:
        interview = interviews.signed_off(cast, wish=False)
        row = Turn.objects.filter(session__interview=interview, role=role).order_by("number")[0]
        url = reverse("interviews:interview-transcript", args=[interview.pk])
        return row, f"{url}?session={row.session.number}"

    return make


def _answer(cast: Cast) -> Made:
    interview = interviews.sealed(cast)
    wish = interviews.answered(cast, interviews.a_wish(cast, interview), **interviews.a_promise(cast))
    return wish.dispositions.get(), reverse("interviews:preference-list")


def _motion(cast: Cast) -> Made:
    row = board.move_motion(cast, board.found_board(cast))
    return row, reverse("board:motion", args=[row.pk])


def _comment(cast: Cast) -> Made:
    motion = board.move_motion(cast, board.found_board(cast))
    said = comment(actor=cast.member, motion_id=motion.pk, text="I should like to see the lamps first.")
    return said, reverse("board:motion-discussion", args=[motion.pk])


def _decision(cast: Cast) -> Made:
    row = lifecycle.decide(cast, board.move_motion(cast, board.found_board(cast)))
    return row, reverse("board_public:decision", args=[row.number])


def _case(cast: Cast) -> Made:
    row = lifecycle.make_case(cast, board.found_board(cast))
    return row, reverse("lifecycle:case", args=[row.pk])


def _promise(cast: Cast) -> Made:
    row = lifecycle.make_commitment(cast, lifecycle.make_ai_model(cast))
    return row, reverse("lifecycle:commitments")


SUSPENSION = ("reason", "proposed_by_name", "confirmed_by_name", "ended_because")


def _suspension(cast: Cast) -> Made:
    """One that was lifted."""
    row, _ = _suspension_in_public(cast)
    lift_suspension(actor=cast.chair, suspension_id=row.pk, reason="The filter works again.")
    return Suspension.objects.get(pk=row.pk), reverse("lifecycle:suspension", args=[row.pk])


def _suspension_in_public(cast: Cast) -> Made:
    board.found_board(cast)
    row = lifecycle.suspend(cast, lifecycle.make_ai_model(cast))
    return row, reverse("lifecycle_public:model", args=[row.ai_model.slug])


def _ai_model(cast: Cast) -> Made:
    row = lifecycle.make_ai_model(cast)
    return row, reverse("lifecycle:model-record", args=[row.pk])


def _person(cast: Cast) -> Made:
    row = cast.person("editor")
    return row, reverse("accounts:person", args=[row.pk])


def _finding(cast: Cast) -> Made:
    row = controls.answered(cast)
    return row, reverse("controls:finding", args=[row.pk])


def _note(cast: Cast) -> Made:
    row = controls.answered(cast)
    return row.notes.get(), reverse("controls:finding", args=[row.pk])


def _vote(cast: Cast) -> Ballot:
    return board.open_ballot_for(cast, board.move_motion(cast, board.found_board(cast)))


def _position(cast: Cast) -> Made:
    vote = _vote(cast)
    row = take_position(actor=cast.member, ballot_id=vote.pk, position="reject", reason="He is my brother.")
    return row, reverse("board:ballot", args=[vote.pk])


def _recusal(cast: Cast) -> Made:
    vote = _vote(cast)
    row = recuse(actor=cast.member, ballot_id=vote.pk, category="personal", text="He is my brother.")
    return row, reverse("board:ballot", args=[vote.pk])


def _interview(cast: Cast) -> Made:
    row = interviews.signed_off(cast, wish=False)
    return row, reverse("interviews:interview-detail", args=[row.pk])


def _wish(cast: Cast) -> Made:
    """Quoted from the middle of an answer."""
    interview = interviews.sealed(cast)
    row = interviews.a_wish(cast, interview, quote="A reading you cannot repeat")
    return row, reverse("interviews:preference-list")


def _wish_of_an_interview(cast: Cast) -> Made:
    row = interviews.signed_off(cast)
    return Preference.objects.get(), reverse("interviews:interview-detail", args=[row.pk])


def _protocol(cast: Cast) -> Made:
    """A second version, frozen."""
    first = interviews.a_protocol(cast)
    row = interviews.a_protocol(cast, protocol_id=first.protocol_id, change_note="One question fewer.")
    return row, reverse("interviews:protocol-detail", args=[row.pk])


def _column(cast: Cast) -> Made:
    row = essays.published(cast).essay.series
    return row, reverse("essays:series", args=[row.pk])


def _wording(cast: Cast) -> Made:
    series = essays.published(cast).essay.series
    return series.wordings.order_by("number")[0], reverse("essays:series", args=[series.pk])


def _protocol_itself(cast: Cast) -> Made:
    version, url = _protocol(cast)
    return version.protocol, url


def _call(cast: Cast) -> Made:
    row = essays.written(cast).call
    return row, reverse("modelcalls:call-record", args=[row.pk])


def _attempt(cast: Cast) -> Made:
    row = essays.written(cast).call.attempts.get()
    return row, reverse("modelcalls:call-record", args=[row.call_id])


def _attempt_that_failed(cast: Cast) -> Made:
    row = essays.written(cast, fails(400)).call.attempts.order_by("pk")[0]
    return row, reverse("modelcalls:call-record", args=[row.call_id])


def _judgement(cast: Cast) -> Made:
    row = controls.exception(cast)
    return row, reverse("controls:test", args=[row.test_id])


def _elector(cast: Cast) -> Made:
    """An alternate who sits for a member."""
    founded = board.found_board(cast)
    (alternate,) = board.seat_more(cast, founded, 1, role="alternate")
    seats = Seat.objects.filter(board=founded)
    seat_alternate(
        actor=cast.secretary,
        seat_id=seats.get(person_id=alternate.id).pk,
        member_seat_id=seats.get(person=cast.person("member")).pk,
        reason="Travel",
    )
    vote = board.open_ballot_for(cast, board.move_motion(cast, founded))
    return Elector.objects.get(ballot=vote, person_id=alternate.id), reverse("board:ballot", args=[vote.pk])


def _elector_of_a_decision(cast: Cast) -> Made:
    row, _ = _elector(cast)
    board.vote(row.ballot, "approve", cast.chair, cast.colleague)
    with clock.frozen(row.ballot.closes_at):
        close_ballot(actor=cast.secretary, ballot_id=row.ballot_id)
        certified = certify_result(actor=cast.secretary, ballot_id=row.ballot_id)
    return row, reverse("board_public:decision", args=[certified.number])


def _said_after(cast: Cast) -> Made:
    vote = _vote(cast)
    board.vote(vote, "approve", cast.chair, cast.member)
    with clock.frozen(vote.closes_at):
        close_ballot(actor=cast.secretary, ballot_id=vote.pk)
        row = make_statement(
            actor=cast.colleague, ballot_id=vote.pk, kind="late", text="I should have been asked."
        )
    return row, reverse("board:ballot", args=[vote.pk])


def _casting_vote(cast: Cast) -> Made:
    founded = board.found_board(cast)
    electors = board.seat_more(cast, founded, 2)
    rules = propose_terms(
        actor=cast.steward,
        board_id=founded.pk,
        name="ordinary_casting",
        minimum_opening_days=0,
        hold_lapse_days=14,
        extension_days=14,
        act_floor=3,
        why="Ties happen.",
    )
    board.decide(cast, rules)
    vote = board.open_ballot_for(cast, board.move_motion(cast, founded))
    board.vote(vote, "approve", cast.member, cast.colleague)
    board.vote(vote, "reject", *electors)
    board.vote(vote, "abstain", cast.chair)
    close_ballot(actor=cast.secretary, ballot_id=vote.pk)
    row = cast_casting_vote(actor=cast.chair, ballot_id=vote.pk, position="approve", reason="For the peace.")
    return row, reverse("board:ballot", args=[vote.pk])


def _hold(cast: Cast) -> Made:
    vote = _vote(cast)
    board.vote(vote, "hold", cast.member)
    return vote.positions.get(), reverse("board:ballot", args=[vote.pk])


def _entered(cast: Cast) -> Made:
    """A position the secretary entered for a member."""
    vote = _vote(cast)
    row = take_position(
        actor=cast.secretary,
        ballot_id=vote.pk,
        position="approve",
        entered_for=cast.person("member").pk,
    )
    return row, reverse("board:ballot", args=[vote.pk])


def _fix(cast: Cast) -> Made:
    vote = _vote(cast)
    words = {"title": vote.motion.title, "status_quo": vote.motion.status_quo}
    propose_fix(actor=cast.steward, ballot_id=vote.pk, text="Open it.", reason="It was misprinted.", **words)
    return confirm_fix(actor=cast.secretary, ballot_id=vote.pk), reverse("board:ballot", args=[vote.pk])


def _recusal_entered(cast: Cast) -> Made:
    vote = _vote(cast)
    row = enter_recusal(
        actor=cast.secretary,
        ballot_id=vote.pk,
        member_id=cast.person("member").pk,
        category="personal",
        text="He is their brother.",
    )
    return row, reverse("board:ballot", args=[vote.pk])


def _withdrawal(cast: Cast) -> Made:
    vote = _vote(cast)
    board.vote(vote, "approve", cast.colleague)
    row = ask_withdrawal(actor=cast.steward, ballot_id=vote.pk, reason="It is not ready.")
    return row, reverse("board:ballot", args=[vote.pk])


def _question(cast: Cast) -> Made:
    motion = board.move_motion(cast, board.found_board(cast))
    row = ask(actor=cast.member, motion_id=motion.pk, text="Who pays?", asked_of=cast.person("steward").pk)
    return row, reverse("board:motion-discussion", args=[motion.pk])


def _outcome(cast: Cast) -> Made:
    certificate, url = _decision(cast)
    return state_outcome(actor=cast.secretary, certificate_id=certificate.pk, text="The room opens."), url


def _guideline(cast: Cast) -> Made:
    row = board.adopt_guideline(cast)
    return row, reverse("board:guideline", args=[row.pk])


def _seat(cast: Cast) -> Made:
    founded = board.found_board(cast)
    return Seat.objects.get(board=founded, person=cast.person("member")), reverse("board:board")


def _seat_that_ended(cast: Cast) -> Made:
    row, _ = _seat(cast)
    row = end_seat(actor=cast.secretary, seat_id=row.pk, basis="She moved away.")
    return row, reverse("board:board")


def _rules(cast: Cast) -> Made:
    founded = board.found_board(cast)
    return Terms.objects.get(board=founded, name="ordinary"), reverse("board:board")


def _founding_sent_back(cast: Cast) -> Made:
    proposed = founding.propose_among(cast)
    row = return_founding(actor=cast.secretary, founding_id=proposed.pk, reason="One seat is missing.")
    return row, reverse("board:setup")


def _concluded(cast: Cast) -> Made:
    row = controls.concluded(cast)
    return row, reverse("controls:test", args=[row.pk])


def _paused(cast: Cast) -> Made:
    essay = essays.paused(cast)
    row = essays.decide(cast.second_editor, essay, "editor", "release")
    return row, reverse("essays:essay", args=[essay.pk])


def _draft(cast: Cast) -> Made:
    """What came, and was cut off."""
    essay = essays.written(cast, stops_at_limit())
    return essay.drafts.get(), reverse("essays:essay", args=[essay.pk])


def _session(cast: Cast) -> Made:
    interview = interviews.started(cast)
    row = interview.sessions.order_by("number")[0]
    row = skip_session(actor=cast.interviewer, session_id=row.pk, reason="Its cell was planned twice.")
    return row, reverse("interviews:interview-detail", args=[interview.pk])


def _signature(cast: Cast) -> Made:
    interview = interviews.sealed(cast)
    row = sign_off_interview(actor=cast.interviewer, interview_id=interview.pk, statement="I read all of it.")
    return row, reverse("interviews:interview-detail", args=[interview.pk])


def _dossier(cast: Cast) -> Made:
    case = lifecycle.make_case(cast, board.found_board(cast))
    row = freeze_dossier(actor=cast.steward, case_id=case.pk)
    return row, reverse("lifecycle:dossier", args=[case.pk, row.round])


def _waiver(cast: Cast) -> Made:
    case = lifecycle.make_case(cast, board.found_board(cast))
    unmet = next(each.key for each in findings(case) if each.finding.forbids)
    return lifecycle.waive(cast, case, unmet), reverse("lifecycle:case", args=[case.pk])


def _fact(cast: Cast) -> Made:
    ai_model = lifecycle.make_ai_model(cast)
    row = lifecycle.make_fact(cast, ai_model, "replacement", value="Haldane 3")
    return row, reverse("lifecycle:model-record", args=[ai_model.pk])


def _fact_in_public(cast: Cast) -> Made:
    row, _ = _fact(cast)
    return row, reverse("lifecycle_public:model", args=[row.ai_model.slug])


SHOWN = {
    "an essay in public": Shown("essays.Revision", _published, ("title", "body"), ""),
    "the text of an essay": Shown("essays.Revision", _revision_at_work, ("title", "body"), "editor"),
    "an essay": Shown("essays.Essay", _essay, ("title", "note"), "editor"),
    "a review": Shown("essays.Review", _review, ("comment", "answers"), "editor"),
    "who decided a pause": Shown("essays.PauseDecision", _paused, ("rationale",), "editor"),
    "a try that was set aside": Shown("essays.Draft", _draft, ("text",), "editor"),
    "what a model was told": Shown("interviews.Turn", _said_by(Role.SYSTEM), ("text",), "interviewer"),
    "a question": Shown("interviews.Turn", _said_by(Role.INTERVIEWER), ("text", "question"), "interviewer"),
    "an answer": Shown("interviews.Turn", _said_by(Role.MODEL), ("text",), "interviewer"),
    "our answer to a wish": Shown("interviews.Disposition", _answer, ("rationale", "promise"), "interviewer"),
    "a proposal": Shown(
        "board.Motion", _motion, ("title", "text", "status_quo", "mover_name", "subject_label"), "member"
    ),
    "a comment": Shown("board.Comment", _comment, ("text", "author_name"), "member"),
    "a question in a discussion": Shown("board.Comment", _question, ("text", "asked_name"), "member"),
    "a decision in public": Shown("board.Certificate", _decision, ("sentence", "certified_by_name"), ""),
    "what a decision means": Shown("board.OutcomeStatement", _outcome, ("text", "written_by_name"), ""),
    "guidelines": Shown("board.Guideline", _guideline, ("title", "text"), "member"),
    "a seat": Shown("board.Seat", _seat, ("basis",), "member"),
    "a seat that ended": Shown("board.Seat", _seat_that_ended, ("end_basis",), "member"),
    "voting rules": Shown("board.Terms", _rules, ("basis",), "member"),
    "a founding sent back": Shown("board.Founding", _founding_sent_back, ("reason",), "steward"),
    "a case": Shown("lifecycle.Case", _case, CASE, "steward"),
    "a promise": Shown(
        "lifecycle.Commitment", _promise, ("text", "source", "evidence", "evidence_url"), "steward"
    ),
    "a suspension": Shown("lifecycle.Suspension", _suspension, SUSPENSION, "archivist"),
    "a suspension in public": Shown(
        "lifecycle.Suspension", _suspension_in_public, ("reason", "proposed_by_name", "confirmed_by_name"), ""
    ),
    "a model": Shown("lifecycle.AIModel", _ai_model, ("description", "family", "licence"), "steward"),
    "a fact": Shown("lifecycle.Fact", _fact, ("value",), "steward"),
    "a fact in public": Shown("lifecycle.Fact", _fact_in_public, ("value",), ""),
    "a dossier": Shown("lifecycle.Dossier", _dossier, ("frozen_by_name",), "steward"),
    "a waiver": Shown("lifecycle.Waiver", _waiver, ("reason",), "steward"),
    "a person": Shown("accounts.Person", _person, ("name", "affiliation"), "steward"),
    "a control test": Shown(
        "controls.ControlTest", _concluded, ("title", "criterion", "conclusion", "defined_by_name"), "auditor"
    ),
    "a finding": Shown("controls.Finding", _finding, ("title", "detail", "raised_by_name"), "auditor"),
    "what was said to a finding": Shown(
        "controls.FindingNote", _note, ("text", "owner_name", "written_by_name"), "steward"
    ),
    "a judgement": Shown(
        "controls.SampleItem", _judgement, ("note", "record_label", "judged_by_name"), "auditor"
    ),
    "the reason of a position": Shown("board.Position", _position, ("reason",), "chair"),
    "what lifts a hold": Shown("board.Position", _hold, ("lifts_when",), "chair"),
    "who entered a position": Shown("board.Position", _entered, ("entered_by_name",), "chair"),
    "a recusal": Shown("board.Recusal", _recusal, ("text",), "chair"),
    "a recusal entered for a member": Shown(
        "board.RecusalEntry", _recusal_entered, ("entered_by_name", "text"), "chair"
    ),
    "an elector": Shown("board.Elector", _elector, ("name",), "chair"),
    "whom an alternate sits for": Shown("board.Elector", _elector, ("alternate_for",), "chair"),
    "an elector of a decision": Shown(
        "board.Elector", _elector_of_a_decision, ("name", "affiliation", "alternate_for"), ""
    ),
    "a statement": Shown("board.Statement", _said_after, ("text",), "chair"),
    "a casting vote": Shown("board.CastingVote", _casting_vote, ("reason",), "chair"),
    "an editorial fix": Shown(
        "board.EditorialFix",
        _fix,
        ("proposed_by_name", "decided_by_name", "reason", "before", "after"),
        "chair",
    ),
    "a withdrawal": Shown(
        "board.Withdrawal", _withdrawal, ("reason", "agreed_by_name", "objector_name", "objection"), "chair"
    ),
    "an interview": Shown("interviews.Interview", _interview, ("title", "voided_because"), "interviewer"),
    "a session": Shown("interviews.Session", _session, ("note",), "interviewer"),
    "what was said at signing": Shown("interviews.SignOff", _signature, ("statement",), "interviewer"),
    "a wish": Shown(
        "interviews.Preference", _wish, ("statement", "exact", "prefix", "suffix"), "interviewer"
    ),
    "a wish on the page of its interview": Shown(
        "interviews.Preference", _wish_of_an_interview, ("statement", "exact"), "interviewer"
    ),
    "a frozen protocol": Shown("interviews.ProtocolVersion", _protocol, ("change_note",), "interviewer"),
    "the name of a protocol": Shown("interviews.Protocol", _protocol_itself, ("title",), "interviewer"),
    "a column": Shown("essays.Series", _column, ("about", "title"), "editor"),
    "a column's wording": Shown("essays.Wording", _wording, ("text",), "editor"),
    "what a model was asked": Shown(
        "modelcalls.Call", _call, ("request", "undelivered"), "editor", confirmer="steward"
    ),
    "what a model answered": Shown(
        "modelcalls.Attempt",
        _attempt,
        ("text", "response", "request"),
        "editor",
        confirmer="steward",
    ),
    "why a model did not answer": Shown(
        "modelcalls.Attempt", _attempt_that_failed, ("error",), "editor", confirmer="steward"
    ),
}

# Fields that no page shows, or that need no note where they are shown: why.
UNSHOWN = {
    "accounts.Organisation.name": "stands in the frame of every page and paper, and is changed by whoever founded it",
    "board.Elector.departure_basis": "why somebody left is shown with the seat they left",
    "board.HoldRenewal.reason": "only its entry tells it, and says that it was redacted",
    "board.PositionAnswer.text": "only its entry tells it, and says that it was redacted",
    "lifecycle.Deployment.region": "no page shows it",
    "lifecycle.NoticeVersion.raw": "a row as it was imported: pages show the facts it stated",
    "lifecycle.RejectedRow.raw": "a row as it was imported: pages show how many were rejected",
    "lifecycle.RejectedRow.reason": "a row as it was imported: pages show how many were rejected",
    "lifecycle.Source.url": "no page shows it: facts have addresses of their own",
}


def test_every_field_that_can_be_redacted_has_its_note_or_says_why_not() -> None:
    """From the models: whoever adds a text says here which page shows it, and the test below holds the page to it."""
    redactable = {
        f"{model._meta.label}.{column}"
        for model in tracked_models()
        if model is not Redaction
        for column, _ in fields_of(model)
    }
    noted = {f"{shown.kind}.{column}" for shown in SHOWN.values() for column in shown.columns}
    assert noted | set(UNSHOWN) == redactable
    assert not noted & set(UNSHOWN)
    assert all(re.fullmatch(r"[a-z].{10,}", reason) for reason in UNSHOWN.values())


def filled(row: TrackedModel, columns: tuple[str, ...]) -> None:
    """Say something in fields of a record that are still empty; an append-only one comes from its command as it is."""
    empty = [column for column in columns if not getattr(row, column)]
    if not empty:
        return
    with recorded():
        for column in empty:
            a_text = isinstance(row._meta.get_field(column), models.CharField | models.TextField)
            setattr(row, column, "Said for this test." if a_text else {"said": "for this test"})
        row.save()


def blank(cast: Cast, row: TrackedModel, columns: tuple[str, ...], confirmer: str) -> str:
    """By two people, whom the record's own app shows it; how that is said."""
    proposer = "steward" if confirmer == "secretary" else "secretary"
    assert set(columns) <= {name for name, _ in fields_of(tracked(row._meta.label))}
    proposed = propose_redaction(
        actor=getattr(cast, proposer),
        record_type=row._meta.label,
        row_id=row.pk,
        columns=list(columns),
        reason="privacy",
        explanation="She asked us in writing.",
    )
    carry_out_redaction(actor=getattr(cast, confirmer), redaction_id=proposed.pk)
    return f"by {confirmer.title()}, as {proposer.title()} proposed"


@pytest.mark.django_db
@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)
def test_a_page_that_shows_what_was_blanked_says_so(cast: Cast, signed_in: SignedIn, shown: Shown) -> None:
    """One field after the other, each by a redaction of its own: then every other field of the record."""
    row, url = shown.make(cast)
    assert row._meta.label == shown.kind
    filled(row, shown.columns)
    client = signed_in(shown.reader) if shown.reader else Client()
    before = client.get(url)
    assert before.status_code == 200
    page = before.content.decode()
    assert WHY not in page
    for column in shown.columns:
        notes = page.count(WHY)
        by_whom = blank(cast, row, (column,), shown.confirmer)
        page = client.get(url).content.decode()
        assert page.count(WHY) > notes, f"{column} went without a note"
        assert (by_whom in page) is bool(shown.reader)
        assert ("/desk/redactions/" in page) is (shown.reader in ("member", "chair", "steward", "auditor"))
    others = tuple(
        column
        for column, _ in fields_of(tracked(shown.kind))
        if column not in shown.columns and getattr(row, column)
    )
    if others:
        notes, blanks = page.count(WHY), page.count(BLANK)
        blank(cast, row, others, shown.confirmer)
        page = client.get(url).content.decode()
        assert page.count(BLANK) <= blanks or page.count(WHY) > notes, f"one of {others} went without a note"


@pytest.mark.django_db
def test_where_nothing_was_blanked_nothing_is_asked(cast: Cast, signed_in: SignedIn) -> None:
    for make in (_case, _finding):
        _, url = make(cast)
        with CaptureQueriesContext(connection) as captured:
            assert signed_in("steward").get(url).status_code == 200
        assert not [query for query in captured if "audit_redaction" in query["sql"]]
