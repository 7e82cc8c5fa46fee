"""A promise is released by a carried motion and by nothing else."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from audit.models import Event
from audit.testing import recorded
from board.commands import ballots, motions
from board.models import Motion
from core import clock
from core.errors import IllegalMove, NotAllowed, NotFound, Unacceptable
from lifecycle.commands.commitments import bind_commitment, break_commitment, keep_commitment
from lifecycle.commands.visibility import change_model_visibility
from lifecycle.models import Commitment
from tests.cast import Cast
from tests.factories import board as boards
from tests.factories import lifecycle as make

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def owed(cast: Cast, **given: object) -> Commitment:
    boards.found_board(cast)
    return make.make_commitment(cast, make.make_ai_model(cast), **given)


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_carried_motion_releases_it_and_it_says_by_which_decision(cast: Cast, signed_in: SignedIn) -> None:
    commitment = owed(cast, text="Publish a column every week")
    motion = make.ask_for_release(cast, commitment, reason="The last reader has left.")
    assert "“Publish a column every week”" in motion.text
    commitment.refresh_from_db()
    assert commitment.state == "open"
    certificate = make.decide(cast, motion)
    assert certificate.told["terms"]["name"] == "retirement"
    commitment.refresh_from_db()
    assert (commitment.state, commitment.release, commitment.ended_at is None) == (
        "released",
        certificate,
        False,
    )
    event = Event.objects.get(verb="lifecycle.commitment.released")
    assert (event.target_id, event.data) == (str(commitment.pk), {"decision": certificate.number})
    said = f"Released by decision {certificate.number}: The last reader has left."
    for client, url in (
        (signed_in("archivist"), "/desk/commitments/"),
        (Client(), f"/models/{commitment.ai_model.slug}/"),
    ):
        html = page(client, url)
        assert said in html
        assert f'href="/decisions/{certificate.number}/"' in html
        assert "Released by a vote" in html
    minutes = page(signed_in("member"), reverse("board:ballot-minutes", args=[certificate.ballot_id]))
    assert f"Promise {commitment.number} is released" in minutes


def test_a_lost_motion_leaves_it_open_and_it_may_be_asked_again(cast: Cast) -> None:
    commitment = owed(cast)
    make.decide(cast, make.ask_for_release(cast, commitment), "reject")
    commitment.refresh_from_db()
    assert (commitment.state, commitment.release) == ("open", None)
    assert make.ask_for_release(cast, commitment)


def test_the_database_lets_nothing_else_release_it(cast: Cast) -> None:
    commitment = owed(cast)
    commitment.state, commitment.ended_at = "released", clock.now()
    with pytest.raises(IntegrityError, match="commitment_is_released_by_a_decision"), recorded():
        commitment.save()


def test_nor_does_a_decision_release_what_it_leaves_open(cast: Cast) -> None:
    commitment = owed(cast)
    certificate = make.decide(cast, make.ask_for_release(cast, commitment), "reject")
    commitment.release = certificate
    with pytest.raises(IntegrityError, match="commitment_is_released_by_a_decision"), recorded():
        commitment.save()


def test_one_that_ended_while_the_board_voted_stays_as_it_is(cast: Cast, signed_in: SignedIn) -> None:
    commitment = owed(cast)
    ballot = boards.open_ballot_for(cast, make.ask_for_release(cast, commitment))
    keep_commitment(actor=cast.archivist, commitment_id=commitment.pk, evidence="Three copies are whole.")
    boards.vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    commitment.refresh_from_db()
    assert (certificate.carried, commitment.state, commitment.evidence) == (
        True,
        "kept",
        "Three copies are whole.",
    )
    minutes = page(signed_in("member"), reverse("board:ballot-minutes", args=[ballot.pk]))
    assert f"Promise {commitment.number} was kept before the certification" in minutes


def test_what_is_over_is_not_released(cast: Cast) -> None:
    commitment = owed(cast)
    waiting = make.ask_for_release(cast, commitment)
    break_commitment(actor=cast.archivist, commitment_id=commitment.pk, evidence="The column stopped.")
    with pytest.raises(IllegalMove, match="is broken, so there is nothing left to release"):
        boards.open_ballot_for(cast, waiting)
    with pytest.raises(IllegalMove, match="is broken, so there is nothing left to release"):
        make.ask_for_release(cast, commitment)


def test_a_promise_that_speaks_against_a_case_is_released_under_the_irreversible_rules(cast: Cast) -> None:
    commitment = owed(cast)
    bind_commitment(
        actor=cast.archivist, commitment_id=commitment.pk, kind="retire", reason="It was promised for good."
    )
    ballot = boards.open_ballot_for(cast, make.ask_for_release(cast, commitment), days=15)
    assert ballot.terms["name"] == "irreversible"


def test_a_promise_of_a_case_is_released_by_the_board_that_made_it(cast: Cast) -> None:
    board = boards.found_board(cast)
    case = make.make_case(cast, board, promise="Keep the weights in three copies.")
    make.decide(cast, make.propose(cast, case))
    commitment = Commitment.objects.get(case=case)
    elsewhere = boards.found_board(cast, name="Board of another house")
    with pytest.raises(Unacceptable, match="The board that made this promise"):
        make.ask_for_release(cast, commitment, board_id=elsewhere.pk)
    assert make.ask_for_release(cast, commitment, board_id=board.pk).board == board


def test_it_is_asked_once_at_a_time_with_a_reason_by_whoever_may_move(cast: Cast) -> None:
    commitment = owed(cast)
    with pytest.raises(Unacceptable, match="Say why"):
        make.ask_for_release(cast, commitment, reason=" ")
    with pytest.raises(NotFound):
        make.ask_for_release(cast, commitment, board_id=commitment.pk)
    for actor in (cast.archivist, cast.secretary):
        with pytest.raises(NotAllowed):
            make.ask_for_release(cast, commitment, actor=actor)
    assert not Motion.objects.exists()
    first = make.ask_for_release(cast, commitment)
    with pytest.raises(IllegalMove, match=f"Proposal {first.number} asks for this already"):
        make.ask_for_release(cast, commitment, actor=cast.chair)
    motions.withdraw_motion(actor=cast.steward, motion_id=first.pk, reason="It will be kept.")
    assert make.ask_for_release(cast, commitment, actor=cast.chair)


def test_it_is_asked_on_a_page_and_the_list_says_that_it_was(cast: Cast, signed_in: SignedIn) -> None:
    commitment = owed(cast)
    client = signed_in("member")
    url = reverse("lifecycle:commitment-release", args=[commitment.pk])
    assert url in page(client, "/desk/commitments/")
    assert url not in page(signed_in("archivist"), "/desk/commitments/")
    board = str(boards.Board.objects.get().pk)
    assert "Make proposal</button>" in page(client, url)
    assert client.post(url, {"board_id": board, "reason": ""}).status_code == 422
    sent = client.post(url, {"board_id": board, "reason": "Nobody reads them any more."})
    motion = Motion.objects.get()
    assert sent["Location"] == reverse("board:motion", args=[motion.pk])
    listed = page(client, "/desk/commitments/")
    assert f"Proposal {motion.number}</a> asks the board to release it." in listed
    assert url not in listed
    assert "Make proposal</button>" not in page(client, url)
    assert "Change the text" not in page(client, sent["Location"])
    make.decide(cast, motion)
    assert "there is nothing left to release" in page(client, url)


def test_the_decision_is_hidden_with_the_model(cast: Cast) -> None:
    commitment = owed(cast)
    certificate = make.decide(cast, make.ask_for_release(cast, commitment))
    url = reverse("board_public:decision", args=[certificate.number])
    assert commitment.ai_model.name in page(Client(), url)
    change_model_visibility(
        actor=cast.steward,
        ai_model_id=commitment.ai_model_id,
        visibility="internal",
        embargo_until=None,
        reason="Not yet.",
    )
    assert Client().get(url).status_code == 404
