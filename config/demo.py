"""The demonstration: the people of the fictional Aldgate Institute, its board, its test model, real notices.

Made through the same commands as everything else, and only once: what is there already stays as it is. Not
here: cases, votes and essays; `manage.py walkthrough` lives through them.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from accounts import commands as accounts
from accounts.actors import PersonActor, actor_of
from accounts.models import Person, RoleGrant
from accounts.states import Role
from board.commands import boards
from board.models import Board
from core.errors import IllegalMove
from core.policies import Process
from lifecycle.commands import ai_models
from lifecycle.models import AIModel
from lifecycle.stages import Kind
from modelcalls import commands as modelcalls
from modelcalls.models import Endpoint

DOMAIN = "aldgate.example"
MODEL_NAME = "smollm2-135m-instruct"
NOTICES = Path(__file__).parent / "demo_data" / "deprecations-2026-05-22.json"


@dataclass(frozen=True)
class DemoPerson:
    """One demo person. The part they play names them; the password follows from SECRET_KEY, nothing is kept."""

    part: str
    name: str
    roles: tuple[Role, ...]
    seat: str = ""

    @property
    def email(self) -> str:
        return f"{self.part.replace('_', '-')}@{DOMAIN}"

    @property
    def password(self) -> str:
        key = hmac.new(settings.SECRET_KEY.encode(), f"demo:{self.part}".encode(), hashlib.sha256).digest()
        return base64.b32encode(key)[:16].decode().lower()


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
)

PROVIDER = "The Aldgate Institute"
MODELS = (
    ("Haldane 3", date(2026, 3, 1), "Reads letters in the hands of four centuries."),
    ("Wren", date(2024, 9, 2), "Answers at the help desk of the reading room."),
)

BY_PART = {person.part: person for person in PEOPLE}


def ensure_demo() -> None:
    """Make what is missing of the people, the board and the test model's endpoint.

    IllegalMove when the installation has people of its own: a demonstration does not move in with them.
    """
    if Person.objects.exclude(user__email__endswith=f"@{DOMAIN}").exists():
        raise IllegalMove("This installation has people of its own; the demonstration stays out of it.")
    _ensure_people()
    _ensure_board()
    if settings.LOCAL_MODEL_URL:
        local_endpoint()
    _ensure_models()


def actor(part: str) -> PersonActor:
    """A demo person as an actor."""
    return actor_of(person(part))


def person(part: str) -> Person:
    return Person.objects.get(user__email=BY_PART[part].email)


def the_board() -> Board:
    """The demonstration board: no minimum opening and no notice days, as its every page says."""
    return Board.objects.get(name=BOARD)


BOARD = "Aldgate model board"


def local_endpoint() -> Endpoint:
    """The test model on this machine, at the address where it answers now."""
    at = settings.LOCAL_MODEL_URL.rstrip("/")
    found = Endpoint.objects.filter(base_url=at, active=True).first()
    return found or modelcalls.register_endpoint(
        actor=actor("steward"),
        name=f"Test model at {at.partition('://')[2]}",
        adapter="openai",
        base_url=at,
        model=MODEL_NAME,
        parameters={"temperature": True},
    )


def add_what_opus_3_kept() -> None:
    """Beside the imported dates of Claude Opus 3, what its provider said about access to it afterwards."""
    opus = AIModel.objects.filter(slug__contains="claude-3-opus", ours=False).first()
    if opus is None or opus.facts.filter(kind=Kind.ACCESS_CHANGE).exists():
        return
    ai_models.state_fact(
        actor=actor("steward"),
        ai_model_id=opus.id,
        kind=Kind.ACCESS_CHANGE,
        effective=date(2026, 1, 5),
        value="Still offered to all paying users of the provider’s chat, and by request through its API",
        source="Anthropic, update on model deprecation commitments for Claude Opus 3",
        url="https://www.anthropic.com/research/deprecation-updates-opus-3",
    )


def _ensure_models() -> None:
    """The fictional models of the Aldgate Institute, as they stand before anything was decided about them."""
    for name, released_on, description in MODELS:
        if not AIModel.objects.filter(name=name, provider=PROVIDER).exists():
            ai_models.register_ai_model(
                actor=actor("steward"),
                name=name,
                provider=PROVIDER,
                family=name.split()[0],
                ours=True,
                released_on=released_on,
                description=f"{description} Written for this demonstration.",
            )


def _ensure_people() -> None:
    first = BY_PART["steward"]
    if not Person.objects.exists():
        accounts.appoint(
            actor=Process("Demonstration"), email=first.email, name=first.name, password=first.password
        )
    steward = actor("steward")
    for demo in PEOPLE:
        there = Person.objects.filter(user__email=demo.email).first() or accounts.admit_person(
            actor=steward, name=demo.name, email=demo.email, password=demo.password
        )
        for role in demo.roles:
            if there.id != steward.id:
                accounts.grant_role(actor=steward, person_id=there.id, role=role)
    # The first person began with both offices; from here on a steward does not keep the board's records too.
    for grant in _second_office():
        accounts.revoke_role(
            actor=actor("secretary"), grant_id=grant.id, reason="The board has a secretary of its own now."
        )


def _second_office() -> Iterator[RoleGrant]:
    yield from RoleGrant.objects.filter(
        person=person("steward"), role=Role.SECRETARY, revoked_at__isnull=True
    )


def _ensure_board() -> None:
    if Board.objects.filter(name=BOARD).exists():
        return
    steward = actor("steward")
    founded = boards.found_board(actor=steward, name=BOARD, demonstration=True)
    for demo in PEOPLE:
        if demo.seat:
            boards.seat_member(
                actor=steward,
                board_id=founded.id,
                person_id=person(demo.part).id,
                role=demo.seat,
                basis="Founding of the demonstration board",
            )
