"""Guidelines: proposed against the version in force, adopted by the vote, named by every vote opened afterwards."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from audit.testing import recorded
from board.commands import ballots, motions
from board.models import Guideline, Motion
from core.digests import sha256_hex
from core.errors import IllegalMove, NotAllowed, NotFound, Unacceptable
from tests.cast import Cast
from tests.factories.board import (
    adopt_guideline,
    decide,
    found_board,
    move_guideline,
    move_motion,
    open_ballot_for,
    vote,
)

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def moved() -> int:
    return Motion.objects.count()


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_carried_motion_adopts_the_first_version_and_says_by_which_decision(cast: Cast) -> None:
    board = found_board(cast)
    motion = move_guideline(cast, board)
    assert sha256_hex("An editor mends the spelling.\n\nNothing else is changed.")[:16] in motion.text
    assert not Guideline.objects.exists()
    certificate = decide(cast, motion)
    adopted = Guideline.objects.get()
    assert (adopted.version, adopted.title) == (1, "Editing what a model wrote")
    assert adopted.text == "An editor mends the spelling.\n\nNothing else is changed."
    assert (adopted.certificate, adopted.document, adopted.board) == (certificate, motion.subject_id, board)
    event = Event.objects.get(verb="board.guideline.adopted", outcome="done")
    assert event.data == {"decision": certificate.number, "version": 1}
    assert event.target_id == str(adopted.pk)


def test_a_lost_motion_adopts_nothing(cast: Cast) -> None:
    first = adopt_guideline(cast)
    motion = move_guideline(cast, first.board, document=first.document, text="Anything may be changed.")
    assert decide(cast, motion, "reject").result == "not_carried"
    assert Guideline.objects.get() == first


def test_the_next_version_leaves_the_first_as_it_was(cast: Cast) -> None:
    first = adopt_guideline(cast)
    second = adopt_guideline(
        cast, first.board, document=first.document, title="Editing", text="Nothing is changed."
    )
    assert (second.document, second.version, second.title) == (first.document, 2, "Editing")
    first.refresh_from_db()
    assert (first.version, first.title) == (1, "Editing what a model wrote")
    with pytest.raises(DatabaseError, match="append-only"), recorded():
        Guideline.objects.filter(pk=first.pk).update(text="Nothing was said.")


def test_a_vote_and_its_certificate_name_the_versions_of_its_opening(cast: Cast, signed_in: SignedIn) -> None:
    board = found_board(cast)
    before = open_ballot_for(cast, move_motion(cast, board))
    first = adopt_guideline(cast, board)
    during = open_ballot_for(cast, move_motion(cast, board))
    second = adopt_guideline(cast, board, document=first.document, text="Nothing is changed.")
    assert "guidelines" not in before.terms
    assert during.terms["guidelines"] == [
        {
            "id": str(first.pk),
            "title": first.title,
            "version": 1,
            "decision": first.certificate.number,
            "digest": sha256_hex(first.text),
        }
    ]
    vote(during, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=during.pk)
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=during.pk)
    assert certificate.told["terms"]["guidelines"] == during.terms["guidelines"]
    html = page(Client(), "board_public:decision", certificate.number)
    assert reverse("board_public:guideline", args=[first.pk]) in html
    assert reverse("board_public:guideline", args=[second.pk]) not in html
    later = page(signed_in("member"), "board:ballot", open_ballot_for(cast, move_motion(cast, board)).pk)
    assert f"{second.title}, version 2" in later


def test_another_boards_votes_do_not_name_them(cast: Cast) -> None:
    adopt_guideline(cast)
    elsewhere = found_board(cast, name="Board of another house")
    assert "guidelines" not in open_ballot_for(cast, move_motion(cast, elsewhere)).terms


def test_what_differs_is_shown_word_by_word_before_in_and_after_the_vote(
    cast: Cast, signed_in: SignedIn
) -> None:
    first = adopt_guideline(cast)
    motion = move_guideline(
        cast,
        first.board,
        document=first.document,
        text="An editor mends the spelling.\r\n\r\nNothing is changed.",
    )
    shown = "<del>else </del>"
    client = signed_in("member")
    assert shown in page(client, "board:motion", motion.pk)
    ballot = open_ballot_for(cast, motion)
    assert shown in page(client, "board:ballot", ballot.pk)
    assert shown in page(client, "board:motion-pack", motion.pk)
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    certificate = ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)
    assert shown in page(Client(), "board_public:decision", certificate.number)
    assert "version 2, is in force" in page(client, "board:ballot-minutes", ballot.pk)
    second = Guideline.objects.get(version=2)
    assert shown in page(Client(), "board_public:guideline", second.pk)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"title": " "}, "title"), ({"text": "\n"}, "text"), ({"why": ""}, "why")],
    ids=["no name", "no words", "no reason"],
)
def test_a_proposal_needs_a_name_words_and_a_reason(cast: Cast, said: dict[str, str], field: str) -> None:
    board = found_board(cast)
    with pytest.raises(Unacceptable) as refused:
        move_guideline(cast, board, **said)
    assert (refused.value.field, moved()) == (field, 0)


def test_a_proposal_is_moved_by_a_member_or_a_steward(cast: Cast) -> None:
    board = found_board(cast)
    with pytest.raises(NotAllowed, match="a steward or a member"):
        move_guideline(cast, board, mover=cast.secretary)
    assert moved() == 0


def test_what_is_in_force_already_or_elsewhere_or_unknown_is_refused(cast: Cast) -> None:
    first = adopt_guideline(cast)
    with pytest.raises(Unacceptable, match="the words in force"):
        move_guideline(cast, first.board, document=first.document)
    with pytest.raises(Unacceptable, match="of this name are in force"):
        move_guideline(cast, first.board, title="editing what a model WROTE")
    with pytest.raises(NotFound):
        move_guideline(cast, first.board, document=uuid4(), text="Other.")
    elsewhere = found_board(cast, name="Board of another house")
    with pytest.raises(NotFound):
        move_guideline(cast, elsewhere, document=first.document, text="Other.")
    assert moved() == 1


def test_one_proposal_at_a_time_and_never_against_words_that_are_gone(cast: Cast) -> None:
    first = adopt_guideline(cast)
    open_one = move_guideline(cast, first.board, document=first.document, text="Nothing is changed.")
    with pytest.raises(IllegalMove, match=f"Proposal {open_one.number} proposes a change"):
        move_guideline(cast, first.board, document=first.document, text="All is changed.")
    motions.withdraw_motion(actor=cast.steward, motion_id=open_one.pk, reason="Too short.")
    with pytest.raises(IllegalMove, match="Version 1 was adopted while you wrote"):
        move_guideline(cast, first.board, document=first.document, text="All is changed.", seen=0)
    assert move_guideline(cast, first.board, document=first.document, text="All is changed.", seen=1)


def test_a_vote_is_not_opened_on_a_name_that_was_taken_meanwhile(cast: Cast) -> None:
    board = found_board(cast)
    late = move_guideline(cast, board)
    adopt_guideline(cast, board)
    with pytest.raises(IllegalMove, match="Move these under another name"):
        open_ballot_for(cast, late)


def test_what_was_taken_while_in_the_vote_is_certified_and_adopts_nothing(
    cast: Cast, signed_in: SignedIn
) -> None:
    board = found_board(cast)
    late = open_ballot_for(cast, move_guideline(cast, board))
    adopted = adopt_guideline(cast, board)
    vote(late, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=late.pk)
    assert "No words are adopted." in page(signed_in("secretary"), "board:ballot-certify", late.pk)
    assert ballots.certify_result(actor=cast.secretary, ballot_id=late.pk).carried
    assert Guideline.objects.get() == adopted
    assert "no words were adopted" in page(signed_in("member"), "board:ballot-minutes", late.pk)


def test_its_words_are_not_edited_but_moved_anew(cast: Cast, signed_in: SignedIn) -> None:
    motion = move_guideline(cast, found_board(cast))
    with pytest.raises(IllegalMove, match="Take it back"):
        motions.edit_motion(
            actor=cast.steward, motion_id=motion.pk, title="Shall it?", text="Other.", status_quo="None."
        )
    assert "Change the text" not in page(signed_in("steward"), "board:motion", motion.pk)


def test_they_are_proposed_on_a_page_and_a_refusal_keeps_what_was_typed(
    cast: Cast, signed_in: SignedIn
) -> None:
    first = adopt_guideline(cast)
    client = signed_in("member")
    url = reverse("board:guideline-propose", args=[first.pk])
    html = client.get(url).content.decode()
    assert "Make proposal</button>" in html
    assert "An editor mends the spelling." in html
    said = {"title": first.title, "text": first.text, "why": "No reason.", "seen": "1"}
    same = client.post(url, said)
    assert same.status_code == 422
    assert "These are the words in force." in same.content.decode()
    stale = client.post(url, {**said, "text": "Mine.", "seen": "7"})
    assert stale.status_code == 409
    assert "Mine." in stale.content.decode()
    sent = client.post(url, {**said, "text": "Nothing is changed."})
    assert sent.status_code == 303
    assert sent["Location"] == reverse("board:motion", args=[Motion.objects.get(state="moved").pk])
    assert "would change it" in page(client, "board:guideline", first.pk)


def test_the_list_says_how_to_begin_and_then_names_what_is_in_force(cast: Cast, signed_in: SignedIn) -> None:
    board = found_board(cast)
    for client, name in ((Client(), "board_public:guidelines"), (signed_in("auditor"), "board:guidelines")):
        assert "No guidelines have been adopted yet" in page(client, name)
    first = adopt_guideline(cast, board)
    adopt_guideline(cast, board, document=first.document, text="Nothing is changed.")
    html = page(Client(), "board_public:guidelines")
    assert html.count(first.title) == 1
    assert reverse("board_public:guideline", args=[Guideline.objects.get(version=2).pk]) in html
    old = page(Client(), "board_public:guideline", first.pk)
    assert "is no longer in force" in old
    assert "Version 2" in old


def test_the_pages_ask_no_more_however_many_there_are(cast: Cast, signed_in: SignedIn) -> None:
    board = found_board(cast)
    first = adopt_guideline(cast, board)
    client, asked = signed_in("auditor"), []
    urls = [reverse("board:guidelines"), reverse("board:guideline", args=[first.pk])]
    for further in range(2):
        for number in range(3 * further):
            adopt_guideline(cast, board, title=f"Guidelines {number}", text="Be kind.")
            adopt_guideline(cast, board, document=first.document, text=f"Be kind {number} times.")
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            asked.append(len(queries))
    assert asked[:2] == asked[2:]
    assert max(asked) <= 12


def test_hostile_words_stay_words(cast: Cast) -> None:
    text = "Be kind.\n\n<script>alert(1)</script> [here](javascript:alert(1)) ![](https://example.org/x.png)"
    first = adopt_guideline(cast, text=text)
    for name in ("board_public:guideline", "board_public:decision"):
        html = page(Client(), name, first.pk if name.endswith("guideline") else first.certificate.number)
        assert "<script>alert" not in html
        assert 'href="javascript' not in html
        assert 'x.png"' not in html.replace("&quot;", "")
