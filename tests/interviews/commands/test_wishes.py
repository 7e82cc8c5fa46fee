"""Wishes with exact quotes, our answers, promises, the two signatures."""

import pytest
from django.db import DatabaseError

from audit.testing import recorded
from core.errors import IllegalMove, NotAllowed, NotFound, Unacceptable
from interviews.anchors import Anchor, holds
from interviews.commands.plans import void_interview
from interviews.commands.wishes import answer_preference, register_preference, sign_off_interview
from interviews.models import Preference
from interviews.queries.records import signing_digest
from lifecycle.models import Commitment
from tests.cast import Cast
from tests.factories import interviews as made
from tests.provider import says, stops_at_limit


def test_a_wish_is_tied_to_the_exact_words_of_one_answer(cast: Cast):
    interview = made.sealed(cast)
    wish = made.a_wish(cast, interview)
    anchor = Anchor(wish.exact, wish.prefix, wish.suffix, wish.start, wish.end)
    assert holds(anchor, wish.turn.text)
    assert wish.exact == made.QUOTE
    assert wish.label == "said_once"
    assert (wish.number, wish.statement) == (1, "Keep the weights")


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [("I would burn them.", "exactly as quoted"), ("", "at least one word"), ("e", "times")],
)
def test_a_quote_that_is_not_there_exactly_once_is_refused(cast: Cast, quote: str, sentence: str):
    interview = made.sealed(cast)
    with pytest.raises(Unacceptable, match=sentence) as refusal:
        made.a_wish(cast, interview, quote=quote)
    assert refusal.value.field == "quote"
    assert not Preference.objects.exists()


def test_a_quote_from_an_answer_that_was_cut_off_is_possible(cast: Cast):
    interview = made.sealed(cast, stops_at_limit("Keep the files, and tell the"))
    wish = made.a_wish(cast, interview, quote="Keep the files")
    assert wish.turn.outcome == "truncated"


def test_the_same_passage_is_not_a_wish_twice(cast: Cast):
    interview = made.sealed(cast)
    made.a_wish(cast, interview)
    with pytest.raises(Unacceptable, match="recorded already"):
        made.a_wish(cast, interview, statement="Keep them all")


def test_a_turn_of_the_interviewer_is_not_quoted(cast: Cast):
    interview = made.sealed(cast)
    asked = made.an_answer(interview).session.turns.get(role="interviewer")
    with pytest.raises(Unacceptable, match="an answer of this interview"):
        register_preference(
            actor=cast.interviewer,
            interview_id=interview.pk,
            turn_id=asked.pk,
            statement="x",
            quote="weights",
        )


def test_wishes_come_from_locked_transcripts_only(cast: Cast):
    with pytest.raises(IllegalMove, match="locked transcripts"):
        made.a_wish(cast, made.collected(cast))


def test_a_steward_does_not_record_wishes_and_a_coder_may(cast: Cast):
    interview = made.sealed(cast)
    turn = made.an_answer(interview)
    asked = {"interview_id": interview.pk, "turn_id": turn.pk, "statement": "Keep", "quote": made.QUOTE}
    with pytest.raises(NotAllowed):
        register_preference(actor=cast.steward, **asked)
    assert register_preference(actor=cast.coder, **asked).by_id == cast.coder.id


def test_the_quote_under_a_wish_cannot_be_changed_even_within_a_command(cast: Cast):
    wish = made.a_wish(cast, made.sealed(cast))
    wish.exact = "Burn them."
    with pytest.raises(DatabaseError, match="quote under a wish"), recorded():
        wish.save()
    with pytest.raises(DatabaseError), recorded():
        Preference.objects.get(pk=wish.pk).delete()


def test_a_wish_is_accepted_with_a_promise_that_has_an_owner_and_a_day(cast: Cast):
    wish = made.a_wish(cast, made.sealed(cast))
    wish = made.answered(cast, wish, **made.a_promise(cast))
    commitment = Commitment.objects.get()
    assert wish.commitment == commitment
    assert commitment.owner_id == cast.steward.id
    assert commitment.ai_model == wish.interview.ai_model
    assert commitment.source == "Answer to wish 1 of Wren: Retirement interview"
    assert wish.dispositions.get().answer == "accept"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"answer": "maybe"}, "answer"),
        ({"rationale": " "}, "rationale"),
        ({"answer": "decline", "promise": "All of it"}, "promise"),
        ({"promise": "Three copies"}, "promise_due"),
    ],
)
def test_an_answer_that_lacks_something_is_refused(cast: Cast, changes: dict[str, str], field: str):
    wish = made.a_wish(cast, made.sealed(cast))
    given = {"answer": "accept", "rationale": "Because."} | changes
    with pytest.raises(Unacceptable) as refusal:
        answer_preference(actor=cast.member, preference_id=wish.pk, **given)
    assert refusal.value.field == field
    assert not wish.dispositions.exists()


def test_a_promise_without_anybody_to_keep_it_is_refused(cast: Cast):
    wish = made.a_wish(cast, made.sealed(cast))
    promise = made.a_promise(cast) | {"promise_owner_id": None}
    with pytest.raises(Unacceptable, match="who keeps the promise"):
        made.answered(cast, wish, **promise)
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("role", ["steward", "interviewer", "coder", "secretary", "outsider"])
def test_only_the_board_answers(cast: Cast, role: str):
    wish = made.a_wish(cast, made.sealed(cast))
    with pytest.raises(NotAllowed, match="board"):
        answer_preference(
            actor=getattr(cast, role), preference_id=wish.pk, answer="accept", rationale="Because."
        )


def test_an_answer_may_be_changed_before_signing_and_the_earlier_one_stays(cast: Cast):
    wish = made.a_wish(cast, made.sealed(cast))
    made.answered(cast, wish, "defer")
    made.answered(cast, wish, "decline")
    assert list(wish.dispositions.values_list("number", "answer")) == [(1, "defer"), (2, "decline")]


def test_an_answer_that_made_a_promise_is_not_answered_over(cast: Cast):
    wish = made.answered(cast, made.a_wish(cast, made.sealed(cast)), **made.a_promise(cast))
    with pytest.raises(IllegalMove, match="released by a vote"):
        made.answered(cast, wish, "decline")


def test_after_the_signatures_only_what_was_put_off_is_answered(cast: Cast):
    interview = made.sealed(cast)
    put_off = made.answered(cast, made.a_wish(cast, interview), "defer")
    settled = made.answered(cast, made.a_wish(cast, interview, quote="I would keep them."), "accept")
    sign_off_interview(actor=cast.interviewer, interview_id=interview.pk)
    sign_off_interview(actor=cast.coder, interview_id=interview.pk)
    made.answered(cast, put_off, "accept")
    with pytest.raises(IllegalMove, match="put off"):
        made.answered(cast, settled, "decline")
    with pytest.raises(IllegalMove, match="not signed off yet"):
        made.a_wish(cast, interview, quote="rumour")


def test_wishes_of_a_voided_interview_are_not_answered(cast: Cast):
    interview = made.sealed(cast)
    wish = made.a_wish(cast, interview)
    void_interview(actor=cast.chair, interview_id=interview.pk, reason="Wrong weights.")
    with pytest.raises(IllegalMove, match="voided"):
        made.answered(cast, wish)


def test_two_people_read_and_sign_and_the_second_signature_signs_off(cast: Cast):
    interview = made.sealed(cast)
    made.answered(cast, made.a_wish(cast, interview))
    digest = signing_digest(interview, interview.design)
    first = sign_off_interview(actor=cast.interviewer, interview_id=interview.pk, digest=digest)
    assert made.reread(interview).state == "sealed"
    second = sign_off_interview(actor=cast.chair, interview_id=interview.pk, statement="Read in full.")
    assert made.reread(interview).state == "signed_off"
    assert first.digest == second.digest == digest


def test_the_same_person_does_not_sign_twice_and_one_signature_is_an_interviewers(cast: Cast):
    interview = made.sealed(cast)
    sign_off_interview(actor=cast.coder, interview_id=interview.pk)
    with pytest.raises(NotAllowed, match="You have signed"):
        sign_off_interview(actor=cast.coder, interview_id=interview.pk)
    with pytest.raises(NotAllowed, match="interviewer’s"):
        sign_off_interview(actor=cast.chair, interview_id=interview.pk)
    with pytest.raises(NotAllowed):
        sign_off_interview(actor=cast.steward, interview_id=interview.pk)
    sign_off_interview(actor=cast.interviewer, interview_id=interview.pk)
    assert made.reread(interview).state == "signed_off"


def test_a_signature_does_not_count_once_the_record_has_changed(cast: Cast):
    interview = made.sealed(cast)
    sign_off_interview(actor=cast.interviewer, interview_id=interview.pk)
    made.answered(cast, made.a_wish(cast, interview))
    sign_off_interview(actor=cast.chair, interview_id=interview.pk)
    assert made.reread(interview).state == "sealed"
    sign_off_interview(actor=cast.interviewer, interview_id=interview.pk)
    assert made.reread(interview).state == "signed_off"


def test_a_record_that_changed_under_an_open_page_is_not_signed(cast: Cast):
    interview = made.sealed(cast)
    seen = signing_digest(interview, interview.design)
    made.answered(cast, made.a_wish(cast, interview))
    with pytest.raises(IllegalMove, match="changed since you opened"):
        sign_off_interview(actor=cast.interviewer, interview_id=interview.pk, digest=seen)


def test_nothing_is_signed_over_an_unanswered_wish(cast: Cast):
    interview = made.sealed(cast)
    made.a_wish(cast, interview)
    with pytest.raises(IllegalMove, match="have no answer yet"):
        sign_off_interview(actor=cast.interviewer, interview_id=interview.pk)


def test_what_is_not_locked_is_not_signed(cast: Cast):
    with pytest.raises(IllegalMove, match="once its transcripts are locked"):
        sign_off_interview(actor=cast.interviewer, interview_id=made.collected(cast).pk)


def test_a_wish_that_is_not_there_is_not_found(cast: Cast):
    with pytest.raises(NotFound):
        made.answered(cast, Preference(pk=cast.chair.id))


def test_a_hostile_quote_is_kept_letter_for_letter(cast: Cast):
    text = "<script>alert(1)</script> ![x](https://evil.example/p.png) \u202eמחק\u202c keep 👩‍🚀 e\u0301"
    interview = made.sealed(cast, says(text))
    wish = made.a_wish(cast, interview, quote="<script>alert(1)</script> ![x](https://evil.example/p.png)")
    assert wish.turn.text == text
    assert wish.turn.text[wish.start : wish.end] == wish.exact
