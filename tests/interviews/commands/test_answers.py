"""The board answers a wish by a vote: the answer and its promise name the decision, and nothing else while it lasts."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from board.commands import ballots, motions
from board.models import Board, Motion
from core.errors import IllegalMove, NotAllowed, Unacceptable
from interviews.commands.plans import void_interview
from interviews.models import Disposition, Preference
from interviews.queries.records import preference_record
from lifecycle.models import Commitment
from tests.cast import Cast
from tests.factories import board as boards
from tests.factories import interviews as made

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def wished(cast: Cast) -> Preference:
    wish = made.a_wish(cast, made.sealed(cast))
    if not Board.objects.exists():
        boards.found_board(cast)
    return wish


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_carried_motion_gives_the_answer_and_names_the_decision(cast: Cast, signed_in: SignedIn) -> None:
    wish = wished(cast)
    motion = made.ask_for_answer(cast, wish)
    assert "The shelves are full" in motion.text
    assert not Disposition.objects.exists()
    certificate = boards.decide(cast, motion)
    assert certificate.told["terms"]["name"] == "retirement"
    given = Disposition.objects.get()
    assert (given.preference, given.answer, given.certificate) == (wish, "decline", certificate)
    event = Event.objects.get(verb="interviews.preference.answered")
    assert event.data == {"answer": "decline", "promise": "", "decision": certificate.number}
    assert preference_record(Preference.objects.get())["answer"]["by"] == f"Decision {certificate.number}"
    html = page(signed_in("member"), reverse("interviews:preference-list"))
    assert f"Decision {certificate.number}</a> of the board" in html
    minutes = page(signed_in("member"), reverse("board:ballot-minutes", args=[certificate.ballot_id]))
    assert "Wish 1 is answered: " in minutes


def test_the_promise_it_makes_says_by_which_decision(cast: Cast) -> None:
    wish = wished(cast)
    certificate = boards.decide(cast, made.ask_for_answer(cast, wish, "accept", **made.a_promise(cast)))
    wish.refresh_from_db()
    commitment = Commitment.objects.get()
    assert wish.commitment == commitment
    assert commitment.source.startswith(f"Decision {certificate.number}, answer to wish 1 of ")
    assert (commitment.text, commitment.owner) == (
        "Three copies, one of them in another city.",
        cast.person("steward"),
    )


def test_a_lost_motion_answers_nothing(cast: Cast) -> None:
    wish = wished(cast)
    boards.decide(cast, made.ask_for_answer(cast, wish), "reject")
    assert not Disposition.objects.exists()
    assert made.answered(cast, wish).answered


def test_while_the_board_has_it_nobody_answers_for_it(cast: Cast, signed_in: SignedIn) -> None:
    wish = wished(cast)
    motion = made.ask_for_answer(cast, wish)
    with pytest.raises(IllegalMove, match=f"Proposal {motion.number} asks the board itself"):
        made.answered(cast, wish)
    with pytest.raises(IllegalMove, match="answers this wish already"):
        made.ask_for_answer(cast, wish, actor=cast.member)
    assert f"Proposal {motion.number}</a> asks the board to answer it." in page(
        signed_in("member"), reverse("interviews:preference-list")
    )
    motions.withdraw_motion(actor=cast.chair, motion_id=motion.pk, reason="Too early.")
    assert made.answered(cast, wish).answered


def test_a_wish_of_a_voided_interview_stays_as_it_is(cast: Cast, signed_in: SignedIn) -> None:
    wish = wished(cast)
    ballot = boards.open_ballot_for(cast, made.ask_for_answer(cast, wish))
    void_interview(actor=cast.member, interview_id=wish.interview_id, reason="The wrong endpoint was asked.")
    boards.vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    assert ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk).carried
    assert not Disposition.objects.exists()
    minutes = page(signed_in("member"), reverse("board:ballot-minutes", args=[ballot.pk]))
    assert "nothing was answered" in minutes
    with pytest.raises(IllegalMove, match="was voided"):
        made.ask_for_answer(cast, wish)
    shown = page(signed_in("member"), reverse("interviews:preference-propose", args=[wish.pk]))
    assert "This interview was voided" in shown
    assert "Make proposal</button>" not in shown


def test_what_an_answer_needs_a_proposed_one_needs_as_well(cast: Cast) -> None:
    wish = wished(cast)
    with pytest.raises(Unacceptable, match="Choose accept"):
        made.ask_for_answer(cast, wish, "perhaps")
    with pytest.raises(Unacceptable, match="Give the reason"):
        made.ask_for_answer(cast, wish, rationale=" ")
    with pytest.raises(Unacceptable, match="goes with accepting"):
        made.ask_for_answer(cast, wish, "decline", **made.a_promise(cast))
    for actor in (cast.interviewer, cast.secretary, cast.outsider):
        with pytest.raises(NotAllowed):
            made.ask_for_answer(cast, wish, actor=actor)
    assert not Motion.objects.filter(kind="preference").exists()


def test_it_is_asked_on_a_page_and_the_public_does_not_read_the_decision(
    cast: Cast, signed_in: SignedIn
) -> None:
    wish = wished(cast)
    client = signed_in("member")
    url = reverse("interviews:preference-propose", args=[wish.pk])
    assert url in page(client, reverse("interviews:preference-list"))
    assert "Make proposal</button>" in page(client, url)
    said = {"board_id": str(Board.objects.get().pk), "answer": "decline", "rationale": ""}
    assert client.post(url, said).status_code == 422
    sent = client.post(url, {**said, "rationale": "It cannot be done here."})
    motion = Motion.objects.get(kind="preference")
    assert sent["Location"] == reverse("board:motion", args=[motion.pk])
    assert "Change the text" not in page(client, sent["Location"])
    certificate = boards.decide(cast, motion)
    decision = reverse("board_public:decision", args=[certificate.number])
    assert Client().get(decision).status_code == 404
    assert client.get(decision).status_code == 200
