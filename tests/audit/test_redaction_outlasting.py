"""Before a redaction is proposed and before it is confirmed: what goes on showing the words all the same."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Person
from audit.outlasting import outlasting_of
from audit.redactions import propose_redaction
from board.models import Certificate, Motion, Position
from board.registry import withheld
from tests.cast import Cast
from tests.factories.board import (
    decide,
    found_board,
    in_older_form,
    move_motion,
    open_secret_ballot_for,
    vote,
)

SAID = {"title": "Shall the Quillfeather room open?", "text": "Open the Brambleworth room on Sundays."}


@pytest.fixture
def decided(cast: Cast) -> Certificate:
    return decide(cast, move_motion(cast, found_board(cast), **SAID))


def told(page: str) -> str:
    """What the page says of it, up to the end of its section."""
    return page.partition('id="outlasting"')[2].partition("</section>")[0]


@pytest.mark.parametrize("form", [1, 2])
def test_whoever_proposes_and_whoever_confirms_is_told_which_decisions_go_on_showing_it(
    cast: Cast, signed_in: Callable[[str], Client], decided: Certificate, form: int
) -> None:
    old, motion = in_older_form(decided, form), decided.ballot.motion
    proposal = f"/desk/redactions/new/?record={motion.pk}"
    page = told(signed_in("steward").get(proposal).content.decode())
    link = f'<a href="/decisions/{old.number}/">Decision {old.number}</a>'
    assert f"<li>Title: {link}</li>" in page
    assert f"<li>Text: {link}</li>" in page
    assert "Status quo" in page
    row = propose_redaction(
        actor=cast.steward,
        record_type="board.Motion",
        row_id=motion.pk,
        columns=["title"],
        reason="privacy",
        explanation="Somebody is named in it.",
    )
    page = told(signed_in("secretary").get(f"/desk/redactions/{row.pk}/confirm/").content.decode())
    assert f"<li>Title: {link}</li>" in page
    assert "Text" not in page
    # What is true of it: the words go from the record and stay in the decision.
    signed_in("secretary").post(f"/desk/redactions/{row.pk}/confirm/", {"certain": "on"})
    assert Motion.objects.get(pk=motion.pk).title == "[redacted]"
    assert SAID["title"] in Client().get(f"/decisions/{old.number}/").content.decode()
    # The title is no longer there to be redacted again; the text is.
    page = told(signed_in("steward").get(proposal).content.decode())
    assert "Title" not in page
    assert f"<li>Text: {link}</li>" in page


def test_nothing_is_said_where_the_words_stand_beside_the_document(
    cast: Cast, signed_in: Callable[[str], Client], decided: Certificate
) -> None:
    page = (
        signed_in("steward").get(f"/desk/redactions/new/?record={decided.ballot.motion_id}").content.decode()
    )
    assert "What is to be blanked" in page
    assert "What no redaction reaches" not in page


def test_what_an_earlier_version_said_counts_and_so_do_names_on_the_roll(
    cast: Cast, decided: Certificate
) -> None:
    in_older_form(decided, 2)
    member, reason = cast.person("member"), Position.objects.filter(ballot=decided.ballot).first()
    assert set(outlasting_of(cast.steward, Person, member.pk, ["name"])) == {"name"}
    assert reason is not None
    assert outlasting_of(cast.steward, Position, reason.pk, ["lifts_when"]) == {}, "it says nothing"
    unsaid = move_motion(cast, decided.ballot.motion.board, title="Another matter", text="Something else.")
    assert outlasting_of(cast.steward, Motion, unsaid.pk, ["title", "text"]) == {}


def test_a_decision_that_somebody_may_not_read_is_not_named_to_them(
    cast: Cast, decided: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_older_form(decided, 1)
    motion = decided.ballot.motion
    assert outlasting_of(cast.steward, Motion, motion.pk, ["title"])

    def hidden(viewer: Any) -> Any:
        return Motion.objects.filter(pk=motion.pk).values("pk")

    monkeypatch.setitem(withheld._items, "a test", hidden)
    assert outlasting_of(cast.steward, Motion, motion.pk, ["title"]) == {}


def test_nothing_is_said_of_a_position_in_an_open_secret_vote(cast: Cast, decided: Certificate) -> None:
    """That it repeats what a decision says would tell of it."""
    in_older_form(decided, 2)
    ballot = open_secret_ballot_for(cast, move_motion(cast, decided.ballot.motion.board, title="In secret"))
    vote(ballot, "reject", cast.member, reason=SAID["text"])
    position = Position.objects.get(ballot=ballot)
    assert outlasting_of(cast.steward, Position, position.pk, ["reason"]) == {}
