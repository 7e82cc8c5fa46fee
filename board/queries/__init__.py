"""Reads of the board: rolls, boards, ballots, motions, decisions, the founding."""

from board.queries.ballots import (
    TOLD,
    ballots_awaiting,
    ballots_awaiting_the_secretary,
    ballots_closing,
    ballots_to_list,
    ballots_to_show,
    ballots_to_tell,
    due_ballots,
    due_withdrawals,
    kept_by,
    lapsed_holds,
    silent,
)
from board.queries.boards import (
    OnBoard,
    boards_with_seats,
    people_to_seat,
    seats_in_office,
    seats_of_electors,
    terms_for,
    terms_named,
    timing_in_force,
)
from board.queries.decisions import decisions, is_public, seen_by
from board.queries.founding import founding_proposed, founding_sent_back, founding_stands
from board.queries.motions import (
    motions_awaiting_the_secretary,
    motions_to_list,
    took_the_side_that_prevailed,
    was_held,
)
from board.queries.rolls import electors_of, roll_of, rolls_of

__all__ = [
    "TOLD",
    "OnBoard",
    "ballots_awaiting",
    "ballots_awaiting_the_secretary",
    "ballots_closing",
    "ballots_to_list",
    "ballots_to_show",
    "ballots_to_tell",
    "boards_with_seats",
    "decisions",
    "due_ballots",
    "due_withdrawals",
    "electors_of",
    "founding_proposed",
    "founding_sent_back",
    "founding_stands",
    "is_public",
    "kept_by",
    "lapsed_holds",
    "motions_awaiting_the_secretary",
    "motions_to_list",
    "people_to_seat",
    "roll_of",
    "rolls_of",
    "seats_in_office",
    "seats_of_electors",
    "seen_by",
    "silent",
    "terms_for",
    "terms_named",
    "timing_in_force",
    "took_the_side_that_prevailed",
    "was_held",
]
