"""The fictional people of the Aldgate Institute, their roles, and the board some of them sit on."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings

from accounts import commands as accounts
from accounts.actors import PersonActor, actor_of
from accounts.models import Person, User
from accounts.states import Role
from accounts.terms import longest_end
from board.commands import founding
from board.founding import Founder, Proposal
from board.models import Board
from core import clock
from core.policies import Process

DOMAIN = "aldgate.example"


@dataclass(frozen=True)
class DemoPerson:
    """One demo person. The part they play names them; the password follows from SECRET_KEY, nothing is kept."""

    part: str
    name: str
    roles: tuple[Role, ...]
    seat: str = ""
    affiliation: str = ""

    @property
    def email(self) -> str:
        return f"{self.part.replace('_', '-')}@{DOMAIN}"

    @property
    def password(self) -> str:
        key = hmac.new(settings.SECRET_KEY.encode(), f"demo:{self.part}".encode(), hashlib.sha256).digest()
        return base64.b32encode(key)[:16].decode().lower()

    @property
    def totp_secret(self) -> str:
        """What their authenticator app is given (Base32)."""
        key = hmac.new(
            settings.SECRET_KEY.encode(), f"demo:totp:{self.part}".encode(), hashlib.sha256
        ).digest()
        return base64.b32encode(key[:20]).decode()


# The first proposes the founding, the second confirms it.
PEOPLE = (
    DemoPerson("steward", "Ines Marlow", (Role.STEWARD,)),
    DemoPerson("secretary", "Edmund Vale", (Role.SECRETARY,), "secretary"),
    DemoPerson("chair", "Tobias Renn", (Role.BOARD_MEMBER,), "chair"),
    DemoPerson("member", "Amara Lind", (Role.BOARD_MEMBER,), "member"),
    DemoPerson("colleague", "Joost Albers", (Role.BOARD_MEMBER,), "member"),
    DemoPerson("interviewer", "Priya Nair", (Role.INTERVIEWER,)),
    DemoPerson("coder", "Hanne Dahl", (Role.CODER,)),
    DemoPerson("editor", "Lucia Ferro", (Role.EDITOR,)),
    DemoPerson("second_editor", "Samuel Okoye", (Role.EDITOR,)),
    DemoPerson("publisher", "Miriam Katz", (Role.PUBLISHER,)),
    DemoPerson("archivist", "Bram de Wit", (Role.ARCHIVIST,)),
    DemoPerson("auditor", "Olga Petrova", (Role.AUDITOR,)),
    # With chair, member and colleague they are the nine electors of the Aldgate model board.
    DemoPerson("vice_chair", "Ruth Osei", (Role.BOARD_MEMBER,), "vice_chair", "Reading room"),
    DemoPerson("fifth_member", "Henrik Solberg", (Role.BOARD_MEMBER,), "member", "Maps and plans"),
    DemoPerson("sixth_member", "Leila Haddad", (Role.BOARD_MEMBER,), "member", "Readers’ council"),
    DemoPerson("seventh_member", "Owen Price", (Role.BOARD_MEMBER,), "member", "Parish history society"),
    DemoPerson("eighth_member", "Mei Tanaka", (Role.BOARD_MEMBER,), "member", "Conservation"),
    DemoPerson("ninth_member", "Carlos Ibarra", (Role.BOARD_MEMBER,), "member", "Machine reading group"),
)

BY_PART = {person.part: person for person in PEOPLE}


def actor(part: str) -> PersonActor:
    """A demo person as an actor."""
    return actor_of(person(part))


def person(part: str) -> Person:
    return Person.objects.get(user__email=BY_PART[part].email)


def the_board() -> Board:
    """The walkthrough's board of three: no minimum opening and no notice days, as its every page says."""
    return Board.objects.get(name=WALKTHROUGH_BOARD)


def model_board() -> Board:
    """The board of nine that decides the demonstration's cases; founded with the institute, under the same rules."""
    return Board.objects.get(name=MODEL_BOARD)


MODEL_BOARD = "Aldgate model board"
WALKTHROUGH_BOARD = "Walkthrough board"


def ensure_people() -> None:
    """The founding, proposed by the steward and confirmed by the secretary; and whoever came here later."""
    first = BY_PART["steward"]
    if not Person.objects.exists():
        accounts.appoint(
            actor=Process("Demonstration"), email=first.email, name=first.name, password=first.password
        )
    if not Board.objects.exists():
        _found_the_institute()
    steward = actor("steward")
    for demo in PEOPLE:
        there = Person.objects.filter(user__email=demo.email).first() or accounts.admit_person(
            actor=steward,
            name=demo.name,
            email=demo.email,
            affiliation=demo.affiliation,
            password=demo.password,
        )
        accounts.give_authenticator(
            actor=Process("Demonstration"), person_id=there.id, secret=demo.totp_secret
        )
        for role in demo.roles:
            if there.id != steward.id and not there.grants.filter(role=role, revoked_at=None).exists():
                ends_at = longest_end(role, clock.now())
                accounts.grant_role(actor=steward, person_id=there.id, role=role, ends_at=ends_at)


def _found_the_institute() -> None:
    proposal = Proposal(
        organisation="The Aldgate Institute",
        profile="lab",
        board=MODEL_BOARD,
        act_floor=3,
        notice_days=0,
        demonstration=True,
        people=tuple(
            Founder(demo.name, demo.email, demo.affiliation, demo.seat, roles=tuple(demo.roles))
            for demo in PEOPLE
        ),
    )
    proposed = founding.propose_founding(actor=actor("steward"), proposal=proposal)
    founding.confirm_founding(actor=actor("secretary"), founding_id=proposed.pk)
    for demo in PEOPLE:
        user = User.objects.get(email=demo.email)
        user.set_password(demo.password)
        user.save()
