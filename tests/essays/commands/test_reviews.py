"""Two editors, bound to the digest: who may review, what approves an essay, pauses it, voids an approval."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.actors import actor_of
from accounts.commands import admit_person, grant_role
from audit.models import Event
from core.errors import IllegalMove, NotAllowed, Unacceptable
from essays import commands, queries
from essays.models import Essay, Review
from tests.cast import Cast
from tests.factories import essays as make


def state_of(essay: Essay) -> str:
    return Essay.objects.get(pk=essay.pk).state


def test_the_second_recommendation_to_publish_approves_and_the_first_does_not(cast: Cast) -> None:
    essay = make.written(cast)
    make.review(cast.editor, essay)
    assert state_of(essay) == "in_review"
    second = make.review(cast.second_editor, essay)
    assert state_of(essay) == "approved"
    approved = Event.objects.get(verb="essays.essay.approved")
    assert approved.caused_by.verb == "essays.review.submitted"
    assert approved.data == {"digest": second.essay_digest}


def test_one_recommendation_to_decline_pauses_the_essay(cast: Cast) -> None:
    essay = make.written(cast)
    make.review(cast.editor, essay)
    make.veto(cast.second_editor, essay)
    assert state_of(essay) == "on_hold"


def test_an_editor_reviews_a_text_once(cast: Cast) -> None:
    essay = make.written(cast)
    make.review(cast.editor, essay)
    with pytest.raises(IllegalMove, match="already"):
        make.review(cast.editor, essay)
    assert Review.objects.count() == 1
    assert state_of(essay) == "in_review"


def test_the_commissioner_does_not_review_even_as_an_editor(cast: Cast) -> None:
    essay = make.written(cast)
    grant_role(actor=cast.secretary, person_id=cast.steward.id, role="editor")
    both = actor_of(cast.person("steward"))
    assert "editor" in both.roles
    with pytest.raises(NotAllowed, match="You commissioned this essay"):
        make.review(both, essay)
    assert not Review.objects.exists()


@pytest.mark.parametrize("who", ["steward", "publisher", "member", "auditor", "interviewer", "outsider"])
def test_only_editors_review(cast: Cast, who: str) -> None:
    essay = make.written(cast)
    with pytest.raises(NotAllowed, match=r"Editors review essays|You commissioned"):
        make.review(getattr(cast, who), essay)
    refused = Event.objects.get(verb="essays.review.submitted", outcome="refused")
    assert refused.target_id == str(essay.id)


def test_a_review_of_another_text_is_refused_and_nothing_is_written(cast: Cast) -> None:
    essay = make.written(cast)
    with pytest.raises(IllegalMove, match="The text has changed"):
        make.review(cast.editor, essay, digest="0" * 64)
    assert not Review.objects.exists()


def test_publication_is_recommended_only_with_every_check_ticked(cast: Cast) -> None:
    essay = make.written(cast)
    answers = {**make.ALL_TICKED, "third_parties": False}
    with pytest.raises(Unacceptable, match="Third parties and links are sound"):
        make.review(cast.editor, essay, answers=answers)
    with pytest.raises(Unacceptable, match="No private person"):
        make.review(cast.editor, essay, answers={})
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason_code": ""}, "reason_code"),
        ({"reason_code": "dull"}, "reason_code"),
        ({"comment": "  "}, "comment"),
        ({"recommendation": "shrug"}, "recommendation"),
    ],
)
def test_declining_needs_a_listed_reason_and_a_note(cast: Cast, said: dict[str, str], field: str) -> None:
    essay = make.written(cast)
    with pytest.raises(Unacceptable) as refusal:
        make.veto(cast.editor, essay, **said)
    assert refusal.value.field == field
    assert state_of(essay) == "in_review"


def test_the_event_of_a_review_says_which_text_and_not_what_was_recommended(cast: Cast) -> None:
    essay = make.written(cast)
    review = make.review(cast.editor, essay, comment="Let it stand.")
    event = Event.objects.get(verb="essays.review.submitted")
    assert event.data == {"digest": review.essay_digest}
    assert event.reason == ""


def test_reviews_are_hidden_until_ones_own_is_submitted(cast: Cast) -> None:
    essay = make.written(cast)
    make.review(cast.editor, essay, comment="Let it stand.")
    text = make.text_of(essay)

    def shown(viewer: Any) -> list[str]:
        return [review.comment for review in queries.reviews_seen(viewer, essay, text).shown]

    assert shown(cast.editor) == ["Let it stand."]
    assert shown(cast.auditor) == ["Let it stand."]
    for who in ("second_editor", "steward", "publisher", "member", "outsider"):
        seen = queries.reviews_seen(getattr(cast, who), essay, text)
        assert (seen.submitted, list(seen.shown), seen.hidden) == (1, [], 1)
        assert not queries.review_is_seen(getattr(cast, who), Review.objects.get())
    make.review(cast.second_editor, essay)
    essay.refresh_from_db()
    assert shown(cast.second_editor) == ["Let it stand.", ""]
    assert shown(cast.steward) == ["Let it stand.", ""]


def test_an_editor_and_a_board_member_decline_together(cast: Cast) -> None:
    essay = make.written(cast)
    make.veto(cast.editor, essay)
    make.decide(cast.second_editor, essay, "editor", "decline")
    assert state_of(essay) == "on_hold"
    make.decide(cast.member, essay, "board_member", "decline")
    assert state_of(essay) == "declined"
    declined = Event.objects.get(verb="essays.essay.declined")
    assert declined.data["reason_code"] == "privacy"


def test_a_paused_essay_let_stand_goes_back_to_review_and_can_be_approved(cast: Cast) -> None:
    essay = make.written(cast)
    make.veto(cast.editor, essay)
    make.decide(cast.editor, essay, "editor", "release")
    make.decide(cast.chair, essay, "board_member", "release")
    assert state_of(essay) == "in_review"
    make.review(cast.second_editor, essay)
    assert state_of(essay) == "in_review", "one recommendation to publish is not two"


def test_a_paused_essay_with_two_recommendations_is_approved_when_let_stand(cast: Cast) -> None:
    person = admit_person(actor=cast.steward, name="Third editor", email="third@example.org")
    grant_role(actor=cast.steward, person_id=person.id, role="editor")
    essay = make.written(cast)
    make.review(cast.editor, essay)
    make.veto(actor_of(person), essay)
    make.decide(cast.editor, essay, "editor", "release")
    make.decide(cast.chair, essay, "board_member", "release")
    assert state_of(essay) == "in_review"
    make.review(cast.second_editor, essay)
    assert state_of(essay) == "approved"


def test_two_voices_that_differ_leave_it_paused_until_one_changes(cast: Cast) -> None:
    essay = make.written(cast)
    make.veto(cast.editor, essay)
    make.decide(cast.editor, essay, "editor", "decline")
    make.decide(cast.chair, essay, "board_member", "release")
    assert state_of(essay) == "on_hold"
    make.decide(cast.editor, essay, "editor", "release")
    assert state_of(essay) == "in_review"


def test_one_person_with_both_roles_is_not_two_people(cast: Cast) -> None:
    grant_role(actor=cast.steward, person_id=cast.member.id, role="editor")
    both = actor_of(cast.person("member"))
    essay = make.written(cast)
    make.veto(cast.editor, essay)
    make.decide(both, essay, "editor", "decline")
    make.decide(both, essay, "board_member", "decline")
    assert state_of(essay) == "on_hold"


@pytest.mark.parametrize(
    ("who", "capacity"),
    [("editor", "board_member"), ("member", "editor"), ("steward", "editor"), ("auditor", "board_member")],
)
def test_nobody_decides_in_a_capacity_they_do_not_hold(cast: Cast, who: str, capacity: str) -> None:
    essay = make.written(cast)
    make.veto(cast.editor, essay)
    with pytest.raises(NotAllowed):
        make.decide(getattr(cast, who), essay, capacity, "decline")
    assert state_of(essay) == "on_hold"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"rationale": " "}, "rationale"),
        ({"reason_code": ""}, "reason_code"),
        ({"decision": "perhaps"}, "decision"),
        ({"capacity": "reader"}, "capacity"),
    ],
)
def test_a_veto_without_reasons_is_refused(cast: Cast, said: dict[str, str], field: str) -> None:
    essay = make.written(cast)
    make.veto(cast.editor, essay)
    asked = {"capacity": "editor", "decision": "decline", **said}
    with pytest.raises(Unacceptable) as refusal:
        make.decide(cast.editor, essay, asked.pop("capacity"), asked.pop("decision"), **asked)
    assert refusal.value.field == field


def renewed(cast: Cast, essay: Essay) -> None:
    commands.adopt_wording(
        actor=cast.steward, series_id=essay.series_id, kind="disclaimer", text="A clearer disclaimer."
    )
    commands.renew_disclaimer(actor=cast.editor, essay_id=essay.id)


def test_a_new_text_voids_the_approvals_of_the_old_one(cast: Cast) -> None:
    essay = make.approved(cast)
    before = make.text_of(essay)
    renewed(cast, essay)
    after = make.text_of(essay)
    assert state_of(essay) == "in_review"
    assert after.essay_digest != before.essay_digest
    assert after.body == before.body
    with pytest.raises(IllegalMove, match="Only an approved essay"):
        commands.publish_essay(actor=cast.publisher, essay_id=essay.id, digest=after.essay_digest)
    make.review(cast.editor, essay)
    assert state_of(essay) == "in_review", "the review of the old text must not count"
    make.review(cast.second_editor, essay)
    assert state_of(essay) == "approved"


def test_a_new_text_ends_a_pause_about_the_old_one(cast: Cast) -> None:
    essay = make.written(cast)
    make.veto(cast.editor, essay)
    renewed(cast, essay)
    assert state_of(essay) == "in_review"


def test_renewing_a_disclaimer_that_is_in_force_changes_nothing(cast: Cast) -> None:
    essay = make.approved(cast)
    events = Event.objects.count()
    commands.renew_disclaimer(actor=cast.editor, essay_id=essay.id)
    assert state_of(essay) == "approved"
    assert Event.objects.count() == events
    assert essay.revisions.count() == 1


@pytest.mark.parametrize("put", [make.published, make.requested])
def test_only_a_text_at_work_gets_a_new_disclaimer(cast: Cast, put: Callable[[Cast], Any]) -> None:
    made = put(cast)
    essay = made if isinstance(made, Essay) else made.essay
    with pytest.raises(IllegalMove, match="cannot be renewed now"):
        commands.renew_disclaimer(actor=cast.editor, essay_id=essay.id)
