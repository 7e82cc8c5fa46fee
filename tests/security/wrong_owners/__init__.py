"""Wrong owners: people who hold the role, but not for this record. The second half of the permission table,
one module per app, each with `TABLE: list[WrongOwner]`.

The first half (tests/security/permissions) says what a role gets. Here somebody has the very role and is still the
wrong person: of another board, of an ended seat, the author, the commissioner, the one who gave half of it already.
Where a role acts on every record alike (any steward on any case, any interviewer on any interview), there is no
owner and no row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts import commands as accounts
from accounts.models import Person
from board.commands import boards
from board.models import Board, Seat
from tests.cast import Cast, end_of

Kwargs = dict[str, Any]
Made = tuple[Kwargs, Person]


@dataclass(frozen=True)
class WrongOwner:
    """Somebody with the role of another record, at one address. `make` builds both; statuses as in `Row`."""

    who: str
    name: str
    status: int
    make: Callable[[Cast], Made]
    data: Callable[[Cast, Kwargs], Kwargs] = lambda cast, kwargs: {}
    method: str = "POST"


def newcomer(cast: Cast, *roles: str) -> Person:
    """Somebody new with these roles."""
    person = accounts.admit_person(actor=cast.steward, name="Newcomer", email="newcomer@example.org")
    for role in roles:
        accounts.grant_role(actor=cast.steward, person_id=person.pk, role=role)
    return person


def also(cast: Cast, who: str, role: str) -> Person:
    """Somebody of the cast who holds a further role."""
    granting = cast.secretary if who == "steward" else cast.steward
    accounts.grant_role(actor=granting, person_id=cast.person(who).pk, role=role, ends_at=end_of(role))
    return cast.person(who)


def _seated(cast: Cast, board: Board, person: Person, role: str) -> Seat:
    return boards.seat_member(
        actor=cast.steward, board_id=board.pk, person_id=person.pk, role=role, basis="Elected"
    )


def a_reason(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"reason": "For a reason."}
