"""Telling people of a vote, as the last step of a command. No mail says how anybody voted."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from accounts.models import Person
from board.calendar import entry_of
from board.mails import CERTIFIED, CLOSED, OPENED, REMINDED
from board.models import Ballot, Certificate, Elector, Seat
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
        },
        calendar=calendar_of([entry_of(ballot)], name="Votes"),
    )


def reminder_slot(ballot: Ballot, day: date) -> str:
    """The occasion of a reminder: one ballot, one day (UTC)."""
    return f"{REMINDED}:{ballot.pk}:{day}"


def remind(ballot: Ballot, silent: Sequence[Elector], *, by: str, day: date) -> None:
    """To those on the roll without a position."""
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
