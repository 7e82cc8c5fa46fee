"""A lived-in installation for tests of whole pages: something of every kind, in the states people meet it in."""

from dataclasses import dataclass
from datetime import date

from board.models import Ballot, Board
from core import clock
from tests.cast import Cast
from tests.factories import board, controls, essays, interviews, lifecycle


@dataclass(frozen=True)
class House:
    """What stands in it, for tests that need one of the things by name."""

    cast: Cast
    open_ballot: Ballot


def furnish(cast: Cast) -> House:
    """Models, notices, cases, votes open and decided, an interview signed, essays read and out."""
    lifecycle.import_copy("2026-05-22")
    interviews.signed_off(cast)
    founded = Board.objects.get()
    adopted = board.adopt_guideline(cast, founded)
    board.adopt_guideline(cast, founded, document=adopted.document, text="Nothing is changed.")
    board.move_guideline(cast, founded, document=adopted.document, text="Almost nothing is changed.")
    _decided_case(cast, founded)
    ballot = _open_case(cast, founded)
    _suspended_models(cast)
    essays.published(cast, title="Marginalia")
    essays.written(cast, title="Small hours")
    essays.requested(cast, essays.column(cast, title="Unanswered letters"))
    _paused_essays(cast)
    _tests_of_controls(cast)
    return House(cast, ballot)


def _tests_of_controls(cast: Cast) -> None:
    """One test being judged, with an exception; one concluded; findings in each state."""
    controls.concluded(cast)
    item = controls.exception(cast)
    controls.answered(cast, controls.raised(cast, item_id=item.pk))
    controls.raised(cast)
    controls.closed(cast)


def _decided_case(cast: Cast, founded: Board) -> None:
    """A model with a life behind it, retired by a decision."""
    retired = lifecycle.make_ai_model(cast, name="Haldane 1", released_on=date(2024, 3, 12))
    lifecycle.make_fact(cast, retired, "legacy_from", effective=date(2025, 11, 3))
    lifecycle.make_fact(cast, retired, "not_sooner_than", effective=date(2026, 3, 12))
    lifecycle.make_commitment(cast, retired, due_on=clock.today())
    case = lifecycle.make_case(cast, founded, ai_model=retired, retires_on=clock.today())
    lifecycle.decide(cast, lifecycle.propose(cast, case))


def _paused_essays(cast: Cast) -> None:
    """One that the board is asked to decline, one that it declined."""
    essays.ask_for_veto(cast, essays.paused(cast, title="The visitors’ book"))
    board.decide(cast, essays.ask_for_veto(cast, essays.paused(cast, title="Lost property")))


def _suspended_models(cast: Cast) -> None:
    """One in force, one that waits for a second person."""
    lifecycle.suspend(cast, lifecycle.make_ai_model(cast, name="Siskin"))
    lifecycle.propose_suspension(cast, lifecycle.make_ai_model(cast, name="Finch"), actor=cast.member)


def _open_case(cast: Cast, founded: Board) -> Ballot:
    """A case before the board, with a position and a hold recorded; and one still in draft."""
    haldane = lifecycle.make_ai_model(cast, name="Haldane 2")
    case = lifecycle.make_case(cast, founded, ai_model=haldane, title="Shall Haldane 2 be retired?")
    ballot = board.open_ballot_for(cast, lifecycle.propose(cast, case))
    board.vote(ballot, "approve", cast.chair)
    board.vote(
        ballot, "hold", cast.colleague, reason="The third copy is unchecked.", lifts_when="It is checked."
    )
    lifecycle.make_case(cast, founded, ai_model=lifecycle.make_ai_model(cast, name="Lark"))
    return ballot
