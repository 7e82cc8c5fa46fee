"""Telling people of a vote, as the last step of a command. No mail says how anybody voted."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from accounts.models import Person
from board.calendar import entry_of
from board.mails import (
    CERTIFIED,
    CLOSED,
    CONTESTED,
    ENTERED,
    EXTENDED,
    FIXED,
    HELD,
    LAPSED,
    OPENED,
    RECUSAL_ENTERED,
    REMINDED,
    WITHDRAWAL,
)
from board.models import (
    Ballot,
    Certificate,
    EditorialFix,
    Elector,
    Position,
    RecusalEntry,
    Seat,
    Withdrawal,
)
from board.queries import seats_in_office
from core.calendars import calendar_of
from mail.steps import post


def tell_of_opening(ballot: Ballot, roll: Sequence[Elector]) -> None:
    """To everybody on the roll."""
    motion = ballot.motion
    post(
        kind=OPENED,
        to=[elector.person for elector in roll],
        about=ballot,
        slot=f"{OPENED}:{ballot.pk}",
        context={
            "title": motion.title,
            "board": motion.board.name,
            "round": ballot.round,
            "closes_at": ballot.closes_at,
            "secret": ballot.secret,
        },
        calendar=calendar_of([entry_of(ballot)], name="Votes"),
    )


def reminder_slot(ballot: Ballot, day: date) -> str:
    """The occasion of a reminder: one ballot, one day (UTC)."""
    return f"{REMINDED}:{ballot.pk}:{day}"


def remind(ballot: Ballot, silent: Sequence[Elector], *, by: str, day: date) -> None:
    """To those on the roll without a position; in a secret vote to all of them, in words that do not say whether."""
    post(
        kind=REMINDED,
        to=[elector.person for elector in silent],
        about=ballot,
        slot=reminder_slot(ballot, day),
        context={
            "title": ballot.motion.title,
            "board": ballot.motion.board.name,
            "by": by,
            "closes_at": ballot.closes_at,
            "secret": ballot.secret,
        },
    )


def tell_of_close(ballot: Ballot) -> None:
    """To the board's secretaries, who certify; one who moved the motion does not certify it and is left out."""
    post(
        kind=CLOSED,
        to=[
            seat.person
            for seat in seats_in_office(ballot.motion.board)
            if seat.role == Seat.Role.SECRETARY and seat.person_id != ballot.motion.mover_id
        ],
        about=ballot,
        slot=f"{CLOSED}:{ballot.pk}",
        url=reverse("board:ballot-certify", args=[ballot.pk]),
        context={"title": ballot.motion.title, "closed_at": ballot.counts_until},
    )


def tell_of_result(certificate: Certificate, ballot: Ballot) -> None:
    """To the roll and to everybody who sits on the board."""
    people = {row.person_id: row.person for row in ballot.electors.select_related("person")}
    people |= {seat.person_id: seat.person for seat in seats_in_office(ballot.motion.board)}
    told: list[Person] = list(people.values())
    post(
        kind=CERTIFIED,
        to=told,
        about=certificate,
        slot=f"{CERTIFIED}:{certificate.pk}",
        context={
            "title": ballot.motion.title,
            "number": certificate.number,
            "sentence": certificate.sentence,
        },
    )


def _on_the_roll(ballot: Ballot) -> list[Person]:
    return [row.person for row in ballot.electors.select_related("person")]


def _secretaries(ballot: Ballot) -> list[Person]:
    return [seat.person for seat in seats_in_office(ballot.motion.board) if seat.role == Seat.Role.SECRETARY]


def tell_of_hold(ballot: Ballot, hold: Position) -> None:
    """To everybody on the roll but its holder, the mover and the secretary: who can lift it must know of it."""
    told = {
        person.pk: person for person in [*_on_the_roll(ballot), *_secretaries(ballot), ballot.motion.mover]
    }
    told.pop(hold.elector.person_id, None)
    post(
        kind=HELD,
        to=told.values(),
        about=ballot,
        slot=f"{HELD}:{hold.pk}",
        context={
            "title": ballot.motion.title,
            "holder": hold.elector.name,
            "reason": hold.reason,
            "lifts_when": hold.lifts_when,
            "lapses_at": ballot.hold_ends_at(hold),
            "closes_at": ballot.closes_at,
        },
    )


def tell_of_lapse(ballot: Ballot, hold: Position) -> None:
    """To its holder, who has no position now, and the secretary."""
    told = {person.pk: person for person in [hold.elector.person, *_secretaries(ballot)]}
    post(
        kind=LAPSED,
        to=told.values(),
        about=ballot,
        slot=f"{LAPSED}:{hold.pk}",
        context={
            "title": ballot.motion.title,
            "holder": hold.elector.name,
            "lapsed_at": ballot.hold_ends_at(hold),
            "closes_at": ballot.closes_at,
        },
    )


def tell_of_entry(ballot: Ballot, taken: Position) -> None:
    """To the member a position was entered for: they confirm or contest it."""
    post(
        kind=ENTERED,
        to=taken.elector.person,
        about=ballot,
        slot=f"{ENTERED}:{taken.pk}",
        url=reverse("board:ballot-answer", args=[ballot.pk, taken.number]),
        context={"title": ballot.motion.title, "by": taken.entered_by_name, "closes_at": ballot.closes_at},
    )


def tell_of_contest(ballot: Ballot, taken: Position) -> None:
    """To the board's secretaries."""
    post(
        kind=CONTESTED,
        to=_secretaries(ballot),
        about=ballot,
        slot=f"{CONTESTED}:{taken.pk}",
        context={"title": ballot.motion.title, "member": taken.elector.name},
    )


def tell_of_recusal_entry(ballot: Ballot, entry: RecusalEntry) -> None:
    """To the member it was entered for: nothing happens before they confirm it."""
    post(
        kind=RECUSAL_ENTERED,
        to=entry.elector.person,
        about=ballot,
        slot=f"{RECUSAL_ENTERED}:{entry.pk}",
        url=reverse("board:ballot-recusal-answer", args=[ballot.pk]),
        context={"title": ballot.motion.title, "by": entry.entered_by_name, "closes_at": ballot.closes_at},
    )


def tell_of_extension(ballot: Ballot, *, reason: str, by: str) -> None:
    """To everybody on the roll."""
    post(
        kind=EXTENDED,
        to=_on_the_roll(ballot),
        about=ballot,
        slot=f"{EXTENDED}:{ballot.pk}",
        context={"title": ballot.motion.title, "reason": reason, "by": by, "closes_at": ballot.closes_at},
    )


def tell_of_withdrawal(ballot: Ballot, row: Withdrawal) -> None:
    """To everybody on the roll, the mover and the secretary, at each step."""
    told = {
        person.pk: person for person in [*_on_the_roll(ballot), *_secretaries(ballot), ballot.motion.mover]
    }
    post(
        kind=WITHDRAWAL,
        to=told.values(),
        about=ballot,
        slot=f"{WITHDRAWAL}:{row.pk}:{row.state}",
        context={
            "title": ballot.motion.title,
            "mover": ballot.motion.mover_name,
            "state": str(row.state),
            "reason": row.reason,
            "takes_effect_at": row.takes_effect_at,
            "agreed_by": row.agreed_by_name,
            "objector": row.objector_name,
            "objection": row.objection,
        },
    )


def tell_of_fix(ballot: Ballot, fix: EditorialFix) -> None:
    """To everybody on the roll: positions stand and may be changed."""
    post(
        kind=FIXED,
        to=_on_the_roll(ballot),
        about=ballot,
        slot=f"{FIXED}:{fix.pk}",
        context={
            "title": fix.after["title"],
            "reason": fix.reason,
            "by": fix.proposed_by_name,
            "confirmed_by": fix.decided_by_name,
            "closes_at": ballot.closes_at,
        },
    )
