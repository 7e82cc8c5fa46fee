"""A founding as somebody would propose it: two people, a small board, and those who help."""

from dataclasses import replace
from typing import Any

from accounts import commands as accounts
from accounts.actors import PersonActor, actor_of
from accounts.models import Person
from board.commands import founding
from board.founding import Founder, Proposal
from board.models import Founding
from core.policies import Process
from tests.cast import PASSWORD, Cast

FIRST = Founder("Ada Marsh", "ada@example.org", "Harbour Library", "chair", roles=("steward",))
SECOND = Founder("Ben Okri", "ben@example.org", "Harbour Library", "secretary", roles=("secretary",))
OTHERS = (
    Founder("Cleo Dunn", "cleo@example.org", seat="member", ends_on="2030-12-31"),
    Founder("Dora Finch", "dora@example.org", seat="member"),
    Founder("Emil Gray", "emil@example.org", seat="alternate", roles=("interviewer",)),
)


def a_proposal(**said: Any) -> Proposal:
    """A small team of five people, complete unless told otherwise."""
    usual = Proposal(
        organisation="Harbour Library",
        profile="small_team",
        roll_call="affiliations",
        board="Harbour board",
        act_floor=2,
        people=(FIRST, SECOND, *OTHERS),
    )
    return replace(usual, **said)


def first_person() -> PersonActor:
    """Ada, appointed on the command line: alone here."""
    return actor_of(
        accounts.appoint(actor=Process("Tests"), email=FIRST.email, name="Ada", password=PASSWORD)
    )


def second_person() -> PersonActor:
    return actor_of(Person.objects.get(user__email=SECOND.email))


def propose(**said: Any) -> Founding:
    """A founding that Ada has proposed and Ben has to answer."""
    return founding.propose_founding(actor=first_person(), proposal=a_proposal(**said))


def found_the_library(**said: Any) -> Founding:
    """The whole founding, confirmed by Ben."""
    proposed = propose(**said)
    return founding.confirm_founding(actor=second_person(), founding_id=proposed.pk)


def propose_among(cast: Cast) -> Founding:
    """A founding among people who are here already: the steward proposes, the secretary has to answer."""
    people = (
        Founder("Steward", "steward@example.org", roles=("steward",)),
        replace(SECOND, name="Secretary", email="secretary@example.org"),
        Founder("Chair", "chair@example.org", seat="chair"),
        Founder("Member", "member@example.org", seat="member"),
        Founder("Colleague", "colleague@example.org", seat="member"),
    )
    return founding.propose_founding(actor=cast.steward, proposal=a_proposal(people=people))
