"""What confirming a founding does, part by part, each with its event."""

from datetime import date, datetime

from accounts import steps as accounts
from accounts.events import Verb as Accounts
from accounts.models import Person, RoleGrant
from accounts.states import Role
from accounts.terms import longest_end
from audit.commands import in_command, record
from board.founding import Founder, Proposal
from board.models import Board
from board.steps.boards import found, seat

BASIS = "The founding of the installation"


def admitted(founder: Founder, proposal: Proposal) -> Person:
    """The person of this address, admitted and invited now if nobody has it; known under the name proposed.

    The people of a demonstration are not written to.
    """
    in_command()
    there = Person.objects.filter(user__email=founder.email).first()
    if there is None:
        there = accounts.admit(
            email=founder.email, name=founder.name, affiliation=founder.affiliation, password=None
        )
        record(there, verb=Accounts.ADMITTED)
        if not proposal.demonstration:
            accounts.invite(there, at=proposal.organisation)
    elif (there.name, there.affiliation) != (founder.name, founder.affiliation):
        there.name, there.affiliation = founder.name, founder.affiliation
        there.save()
        record(there, verb=Accounts.EDITED)
    return there


def settle_roles(person: Person, founder: Founder, *, granted_by: Person, now: datetime) -> None:
    """Grant what is proposed and not held, and end what the first person began with and does not keep."""
    in_command()
    held = {row.role: row for row in RoleGrant.objects.filter(person=person, revoked_at=None)}
    for role in founder.granted:
        if role not in held:
            ends_at = longest_end(role, now)
            accounts.grant(
                person=person, role=Role(role), granted_by=granted_by, starts_at=now, ends_at=ends_at
            )
            data = {"role": role, "ends_at": ends_at.isoformat() if ends_at else None}
            record(person, verb=Accounts.ROLE_GRANTED, data=data)
    for role, row in held.items():
        if role not in founder.granted:
            row.revoked_at = now
            row.save()
            record(person, verb=Accounts.ROLE_REVOKED, reason=BASIS, data={"role": role})


def seat_the_board(proposal: Proposal, people: list[Person], today: date) -> Board:
    """The first board with its voting rules and its seats."""
    board = found(
        name=proposal.board,
        demonstration=proposal.demonstration,
        act_floor=proposal.act_floor,
        notice_days=proposal.notice_days,
    )
    for person, founder in zip(people, proposal.people, strict=True):
        if founder.seat:
            seat(
                board=board,
                person=person,
                role=founder.seat,
                basis=BASIS,
                starts_on=today,
                ends_on=date.fromisoformat(founder.ends_on) if founder.ends_on else None,
            )
    return board
