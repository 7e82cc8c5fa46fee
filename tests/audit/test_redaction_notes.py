"""Where text was blanked, the page that shows it says so: when, why, and to people of the house by whom."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.disclosures import BLANK
from audit.models import TrackedModel
from audit.redactions import carry_out_redaction, fields_of, propose_redaction, tracked
from board.commands.ballots import recuse, take_position
from board.commands.discussion import comment
from board.models import Ballot
from essays.models import Review
from interviews.models import Preference, Turn
from interviews.states import Role
from tests.cast import Cast
from tests.factories import board, controls, essays, interviews, lifecycle

SignedIn = Callable[[str], Client]
Made = tuple[TrackedModel, str]
WHY = "Personal data of somebody who did not agree to it"


@dataclass(frozen=True)
class Shown:
    """A page that shows some fields of a record, and who reads it ("" is the public)."""

    make: Callable[[Cast], Made]
    columns: tuple[str, ...]
    reader: str
    confirmer: str = "secretary"
    in_words: bool = (
        True  # whether the page shows what stands in place of the text; an empty request shows nothing
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
    essays.published(cast)
    row = Review.objects.all()[0]
    return row, reverse("essays:essay", args=[row.revision.essay_id])


def _said_by(role: str) -> Callable[[Cast], Made]:
    """What was said by whom in an interview, on the page of its session."""

    def make(cast: Cast) -> Made:
        interview = interviews.signed_off(cast, wish=False)
        row = Turn.objects.filter(session__interview=interview, role=role).order_by("number")[0]
        url = reverse("interviews:interview-transcript", args=[interview.pk])
        return row, f"{url}?session={row.session.number}"

    return make


def _answer(cast: Cast) -> Made:
    interviews.signed_off(cast)
    return Preference.objects.get().dispositions.get(), reverse("interviews:preference-list")


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


def _ai_model(cast: Cast) -> Made:
    row = lifecycle.make_ai_model(cast)
    return row, reverse("lifecycle:model-record", args=[row.pk])


def _person(cast: Cast) -> Made:
    row = cast.person("editor")
    return row, reverse("accounts:person", args=[row.pk])


def _test(cast: Cast) -> Made:
    row = controls.drawn(cast)
    return row, reverse("controls:test", args=[row.pk])


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
    interviews.signed_off(cast)
    return Preference.objects.get(), reverse("interviews:preference-list")


def _wish_of_an_interview(cast: Cast) -> Made:
    row = interviews.signed_off(cast)
    return Preference.objects.get(), reverse("interviews:interview-detail", args=[row.pk])


def _protocol(cast: Cast) -> Made:
    row = interviews.signed_off(cast, wish=False).design.protocol_version
    return row, reverse("interviews:protocol-detail", args=[row.pk])


def _column(cast: Cast) -> Made:
    row = essays.published(cast).essay.series
    return row, reverse("essays:series", args=[row.pk])


def _wording(cast: Cast) -> Made:
    series = essays.published(cast).essay.series
    return series.wordings.order_by("number")[0], reverse("essays:series", args=[series.pk])


def _call(cast: Cast) -> Made:
    row = essays.written(cast).call
    return row, reverse("modelcalls:call-record", args=[row.pk])


def _attempt(cast: Cast) -> Made:
    row = essays.written(cast).call.attempts.get()
    return row, reverse("modelcalls:call-record", args=[row.call_id])


def _judgement(cast: Cast) -> Made:
    row = controls.exception(cast)
    return row, reverse("controls:test", args=[row.test_id])


SHOWN = {
    "an essay in public": Shown(_published, ("title", "body"), ""),
    "the text of an essay": Shown(_revision_at_work, ("title", "body"), "editor"),
    "an essay": Shown(_essay, ("title", "note"), "editor"),
    "a review": Shown(_review, ("comment",), "editor"),
    "what a model was told": Shown(_said_by(Role.SYSTEM), ("text",), "interviewer"),
    "a question": Shown(_said_by(Role.INTERVIEWER), ("text",), "interviewer"),
    "an answer": Shown(_said_by(Role.MODEL), ("text",), "interviewer"),
    "our answer to a wish": Shown(_answer, ("rationale",), "interviewer"),
    "a proposal": Shown(_motion, ("title", "text", "status_quo"), "member"),
    "a comment": Shown(_comment, ("text",), "member"),
    "a decision in public": Shown(_decision, ("sentence",), ""),
    "a case": Shown(_case, ("title", "asked", "reason", "impact"), "steward"),
    "a promise": Shown(_promise, ("text", "source"), "steward"),
    "a model": Shown(_ai_model, ("description", "family"), "steward"),
    "a person": Shown(_person, ("affiliation",), "steward"),
    "a control test": Shown(_test, ("title", "criterion"), "auditor"),
    "a finding": Shown(_finding, ("title", "detail"), "auditor"),
    "what was said to a finding": Shown(_note, ("text",), "steward"),
    "the reason of a position": Shown(_position, ("reason",), "chair"),
    "a recusal": Shown(_recusal, ("text",), "chair"),
    "an interview": Shown(_interview, ("title",), "interviewer"),
    "a wish": Shown(_wish, ("statement", "exact"), "interviewer"),
    "a wish on the page of its interview": Shown(
        _wish_of_an_interview, ("statement", "exact"), "interviewer"
    ),
    "a frozen protocol": Shown(_protocol, ("change_note",), "interviewer"),
    "a column": Shown(_column, ("about",), "editor"),
    "a column's wording": Shown(_wording, ("text",), "editor"),
    "what a model was asked": Shown(_call, ("request",), "editor", confirmer="steward", in_words=False),
    "what a model answered": Shown(_attempt, ("text", "response"), "editor", confirmer="steward"),
    "a judgement": Shown(_judgement, ("note",), "auditor"),
}


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
    row, url = shown.make(cast)
    client = signed_in(shown.reader) if shown.reader else Client()
    before = client.get(url)
    assert before.status_code == 200
    assert WHY not in before.content.decode()
    by_whom = blank(cast, row, shown.columns, shown.confirmer)
    page = client.get(url).content.decode()
    assert (BLANK in page) is shown.in_words
    assert WHY in page
    assert (by_whom in page) is bool(shown.reader)
    linked = shown.reader in ("member", "chair", "steward", "auditor")
    assert ("/desk/redactions/" in page) is linked


@pytest.mark.django_db
def test_where_nothing_was_blanked_nothing_is_asked(cast: Cast, signed_in: SignedIn) -> None:
    for make in (_case, _finding):
        _, url = make(cast)
        with CaptureQueriesContext(connection) as captured:
            assert signed_in("steward").get(url).status_code == 200
        assert not [query for query in captured if "audit_redaction" in query["sql"]]
