"""Certificate, minutes and board pack: what they say, what they keep to themselves, who may have them."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from board.commands import ballots, statements
from board.models import Ballot, Certificate
from board.papers.composing import as_pdf
from board.papers.minutes import minutes_sheet
from board.views import decisions
from core.digests import digest_of
from tests.cast import Cast
from tests.factories import lifecycle
from tests.factories.board import closed_ballot_for, found_board, move_motion, open_ballot_for, vote
from tests.pdf import structure_of, text_of

pytestmark = pytest.mark.django_db

HOSTILE = 'Let it #read("/etc/passwd") *now* $x$ <b>'


def certified(cast: Cast, ballot: Ballot | None = None) -> Certificate:
    closed = ballot or closed_ballot_for(cast, ["chair", "member"])
    return ballots.certify_result(actor=cast.secretary, ballot_id=closed.pk)


def contested(cast: Cast) -> Certificate:
    """Two approve, one of them after a change of mind; one is recused; the words are hostile."""
    ballot = open_ballot_for(cast, move_motion(cast, found_board(cast, act_floor=2), text=HOSTILE))
    vote(ballot, "reject", cast.member, reason="Not yet read.")
    ballots.recuse(
        actor=cast.colleague, ballot_id=ballot.pk, category="financial", text="I own shares in it."
    )
    vote(ballot, "approve", cast.chair)
    vote(ballot, "approve", cast.member, reason="Read it now.")
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    return certified(cast, ballot)


def test_the_certificate_on_paper_says_all_that_its_document_says(cast: Cast) -> None:
    certificate = contested(cast)
    response = Client().get(f"/decisions/{certificate.number}/certificate.pdf")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    said = text_of(response.content)
    assert f"Certificate of decision {certificate.number}" in said
    assert HOSTILE in said
    assert certificate.sentence in said
    assert "Without the recusal of Colleague" in said
    assert "2 needed 2 approve" in said
    assert certificate.digest in said.replace(" ", "")
    assert "I own shares" not in said
    assert "Figure" in structure_of(response.content)


def test_statements_made_after_the_close_are_printed_on_certificate_and_minutes(cast: Cast) -> None:
    ballot = closed_ballot_for(cast, ["chair", "member"])
    statements.make_statement(
        actor=cast.colleague, ballot_id=ballot.pk, kind="late", text="My train was late; I was against it."
    )
    certificate = certified(cast, ballot)
    minutes = as_pdf(minutes_sheet(certificate))
    printed = Client().get(f"/decisions/{certificate.number}/certificate.pdf").content
    for paper in (printed, minutes):
        said = text_of(paper)
        assert "Statements for the record" in said
        assert "My train was late; I was against it." in said
        assert "after the close, not counted" in said


def test_the_same_certificate_gives_the_same_file_and_is_not_sent_twice(cast: Cast) -> None:
    url = f"/decisions/{certified(cast).number}/certificate.pdf"
    first = Client().get(url)
    assert first.content == Client().get(url).content
    again = Client().get(url, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_each_certificate_names_the_digest_of_the_one_before(cast: Cast) -> None:
    first = certified(cast)
    motion = move_motion(cast, first.ballot.motion.board)
    ballot = open_ballot_for(cast, motion)
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    second = certified(cast, ballot)
    assert first.document["previous"] is None
    assert second.document["previous"] == {"number": first.number, "digest": first.digest}
    assert second.digest == digest_of(second.document)
    page = Client().get(f"/decisions/{second.number}/").content.decode()
    assert f"It names the digest of certificate {first.number}" in page
    assert "digested anew, fits" in page
    assert first.digest in text_of(
        Client().get(f"/decisions/{second.number}/certificate.pdf").content
    ).replace(" ", "")
    assert (
        "the first certificate of this installation"
        in Client().get(f"/decisions/{first.number}/").content.decode()
    )


def test_where_roll_calls_stay_inside_the_certificate_on_paper_does_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, signed_in: Callable[[str], Client]
) -> None:
    monkeypatch.setattr(decisions, "may_have_file", lambda request, told: request.actor is not None)
    number = certified(cast).number
    assert Client().get(f"/decisions/{number}/certificate.pdf").status_code == 404
    assert signed_in("member").get(f"/decisions/{number}/certificate.pdf").status_code == 200


def test_the_minutes_tell_roll_recusals_reasons_arithmetic_and_what_follows(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    certificate = contested(cast)
    page = signed_in("auditor").get(reverse("board:ballot-minutes", args=[certificate.ballot_id]))
    shown = " ".join(page.content.decode().split())
    printed = text_of(as_pdf(minutes_sheet(certificate)))
    for words in (
        "I own shares in it.",
        "Read it now.",
        "Money: income, investment or budget depends on this",
        "Three on the roll, one recused: two are eligible.",
        "The decision stands as it reads",
        "Without the recusal of Colleague",
    ):
        assert words in shown
        assert words in printed
    assert "&lt;b&gt;" in shown
    assert HOSTILE in printed


def test_minutes_are_taken_with_an_event_and_there_are_none_before_the_certificate(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    ballot = closed_ballot_for(cast)
    url = reverse("board:ballot-minutes-export", args=[ballot.pk])
    assert signed_in("member").post(url).status_code == 404
    assert signed_in("member").get(reverse("board:ballot-minutes", args=[ballot.pk])).status_code == 404
    certified(cast, ballot)
    response = signed_in("member").post(url)
    assert response["Content-Type"] == "application/pdf"
    event = Event.objects.get(verb="board.minutes.exported", outcome="done")
    assert (event.actor_name, event.target_id) == ("Member", str(ballot.pk))


def test_the_pack_of_a_case_holds_motion_dossier_exhibits_and_costs_but_no_vote(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    board = found_board(cast)
    ai_model = lifecycle.make_ai_model(cast, name="Haldane 2")
    lifecycle.make_fact(cast, ai_model, "released", effective=date(2024, 3, 12))
    case = lifecycle.make_case(cast, board, ai_model=ai_model, cost="About 4 hours of one small machine.")
    ballot = open_ballot_for(cast, lifecycle.propose(cast, case))
    vote(ballot, "reject", cast.chair, reason="Nobody asked the readers.")
    url = reverse("board:motion-pack", args=[ballot.motion_id])
    page = signed_in("member").get(url).content.decode()
    response = signed_in("member").post(f"{url}export/")
    assert response["Content-Type"] == "application/pdf"
    printed = text_of(response.content)
    for words in ("About 4 hours of one small machine.", "Requirements", "Facts, each with its source"):
        assert words in page
        assert words in printed
    assert ballot.motion.dossier_digest in printed.replace(" ", "")
    for kept in ("Nobody asked the readers", "Reject"):
        assert kept not in page
        assert kept not in printed
    verbs = list(
        Event.objects.filter(verb__startswith="board.pack").order_by("number").values_list("verb", flat=True)
    )
    assert verbs == ["board.pack.read", "board.pack.exported"]


def test_t29_the_recused_get_no_pack_and_the_refusal_is_on_record(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    """T29: a recused member requests the pack: 403, an event; what is public they read as everybody does."""
    ballot = open_ballot_for(cast)
    ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="personal", text="A tie.")
    client = signed_in("member")
    url = reverse("board:motion-pack", args=[ballot.motion_id])
    for response in (client.get(url), client.post(f"{url}export/")):
        assert response.status_code == 403
        assert "You recused yourself from this vote" in response.content.decode()
    refused = Event.objects.filter(verb__startswith="board.pack", outcome="refused").order_by("number")
    assert [(event.verb, event.actor_name) for event in refused] == [
        ("board.pack.read", "Member"),
        ("board.pack.exported", "Member"),
    ]
    assert client.get(reverse("board:ballot", args=[ballot.pk])).status_code == 200
    assert json.dumps(url) not in client.get(reverse("board:ballot", args=[ballot.pk])).content.decode()
