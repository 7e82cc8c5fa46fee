"""The board declines a paused essay: by a vote on that very text, and nothing else while it lasts."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from audit.models import Event
from audit.testing import recorded
from board.commands import ballots, motions
from board.models import Board, Motion
from core.errors import IllegalMove, NotAllowed, Unacceptable
from essays.models import Essay
from lifecycle.commands.visibility import change_model_visibility
from tests.cast import Cast
from tests.factories import board as boards
from tests.factories import essays as make

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def paused(cast: Cast) -> Essay:
    boards.found_board(cast)
    return make.paused(cast)


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_carried_motion_declines_it_and_the_essay_names_the_decision(
    cast: Cast, signed_in: SignedIn
) -> None:
    essay = paused(cast)
    certificate = boards.decide(cast, make.ask_for_veto(cast, essay))
    assert certificate.told["terms"]["name"] == "ordinary"
    essay.refresh_from_db()
    assert (essay.state, essay.declined_by) == ("declined", certificate)
    event = Event.objects.get(verb="essays.essay.declined")
    assert (event.data["decision"], event.data["reason_code"]) == (certificate.number, "privacy")
    html = page(signed_in("editor"), reverse("essays:essay", args=[essay.pk]))
    assert f"Decision {certificate.number} declined it." in html
    minutes = page(signed_in("member"), reverse("board:ballot-minutes", args=[certificate.ballot_id]))
    assert f"Issue {essay.number} of “{essay.series.title}” is declined" in minutes


def test_a_lost_motion_leaves_it_paused(cast: Cast) -> None:
    essay = paused(cast)
    boards.decide(cast, make.ask_for_veto(cast, essay), "reject")
    essay.refresh_from_db()
    assert (essay.state, essay.declined_by) == ("on_hold", None)
    make.decide(cast.second_editor, essay, "editor", "release")
    make.decide(cast.chair, essay, "board_member", "release")
    essay.refresh_from_db()
    assert essay.state == "in_review"


def test_while_the_board_has_it_nobody_else_ends_the_pause(cast: Cast, signed_in: SignedIn) -> None:
    essay = paused(cast)
    motion = make.ask_for_veto(cast, essay)
    with pytest.raises(IllegalMove, match=f"Proposal {motion.number} asks the board"):
        make.decide(cast.second_editor, essay, "editor", "release")
    with pytest.raises(IllegalMove, match="asks for this already"):
        make.ask_for_veto(cast, essay, actor=cast.member)
    url = reverse("essays:essay", args=[essay.pk])
    assert f"Proposal {motion.number} asks the board to decline it." in page(signed_in("editor"), url)
    assert reverse("board:motion", args=[motion.pk]) not in page(signed_in("editor"), url)
    assert reverse("board:motion", args=[motion.pk]) in page(signed_in("member"), url)
    motions.withdraw_motion(actor=cast.chair, motion_id=motion.pk, reason="Talked over.")
    assert make.decide(cast.second_editor, essay, "editor", "release")


def test_another_text_is_not_what_was_voted_on(cast: Cast, signed_in: SignedIn) -> None:
    essay = paused(cast)
    ballot = boards.open_ballot_for(cast, make.ask_for_veto(cast, essay))
    make.commands.adopt_wording(
        actor=cast.steward, series_id=essay.series_id, kind="disclaimer", text="It speaks for itself alone."
    )
    make.commands.renew_disclaimer(actor=cast.editor, essay_id=essay.pk)
    boards.vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    assert ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk).carried
    essay.refresh_from_db()
    assert (essay.state, essay.declined_by) == ("in_review", None)
    minutes = page(signed_in("member"), reverse("board:ballot-minutes", args=[ballot.pk]))
    assert "nothing was declined" in minutes


def test_only_what_is_paused_and_stands_is_declined_for_a_listed_reason(cast: Cast) -> None:
    boards.found_board(cast)
    written = make.written(cast)
    with pytest.raises(IllegalMove, match="in review"):
        make.ask_for_veto(cast, written)
    make.veto(cast.editor, written)
    with pytest.raises(IllegalMove, match="The text has changed"):
        make.ask_for_veto(cast, written, digest="0" * 64)
    with pytest.raises(Unacceptable, match="one of the listed reasons"):
        make.ask_for_veto(cast, written, reason_code="taste")
    with pytest.raises(Unacceptable, match="say what calls for it"):
        make.ask_for_veto(cast, written, rationale=" ")
    with pytest.raises(NotAllowed, match="You commissioned this essay"):
        make.ask_for_veto(cast, written, actor=cast.steward)
    with pytest.raises(NotAllowed, match="a steward or a member"):
        make.ask_for_veto(cast, written, actor=cast.second_editor)
    assert not Motion.objects.exists()


def test_no_vote_is_opened_on_what_is_no_longer_paused(cast: Cast) -> None:
    essay = paused(cast)
    motion = make.ask_for_veto(cast, essay)
    make.commands.withdraw_essay(actor=cast.editor, essay_id=essay.pk, reason="Given up")
    with pytest.raises(IllegalMove, match="This essay is withdrawn"):
        boards.open_ballot_for(cast, motion)


def test_the_database_knows_no_declined_essay_that_is_not_declined(cast: Cast) -> None:
    essay = paused(cast)
    essay.declined_by = boards.decide(cast, make.ask_for_veto(cast, essay), "reject")
    with pytest.raises(IntegrityError, match="essay_declined_by_the_board_is_declined"), recorded():
        essay.save()


def test_it_is_asked_on_a_page(cast: Cast, signed_in: SignedIn) -> None:
    essay = paused(cast)
    client = signed_in("member")
    url = reverse("essays:essay-veto", args=[essay.pk])
    assert url in page(client, reverse("essays:essay", args=[essay.pk]))
    assert "Make proposal</button>" in page(client, url)
    said = {
        "digest": make.text_of(essay).essay_digest,
        "board_id": str(Board.objects.get().pk),
        "reason_code": "privacy",
        "rationale": "",
    }
    assert client.post(url, said).status_code == 422
    sent = client.post(url, {**said, "rationale": "A private person can be recognised in it."})
    assert sent["Location"] == reverse("board:motion", args=[Motion.objects.get().pk])
    assert "Change the text" not in page(client, sent["Location"])


def test_readers_learn_the_column_and_never_the_title(cast: Cast) -> None:
    essay = paused(cast)
    certificate = boards.decide(cast, make.ask_for_veto(cast, essay))
    url = reverse("board_public:decision", args=[certificate.number])
    html = page(Client(), url)
    assert essay.series.title in html
    assert essay.title not in html
    change_model_visibility(
        actor=cast.steward,
        ai_model_id=essay.series.ai_model_id,
        visibility="internal",
        embargo_until=None,
        reason="Not yet.",
    )
    assert Client().get(url).status_code == 404
