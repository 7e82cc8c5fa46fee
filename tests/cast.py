"""One cast of people, named by role, for every test."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts import commands
from accounts.actors import PersonActor, actor_of
from accounts.models import Person
from core import clock
from core.policies import Process

PASSWORD = "correct-horse-battery"

ROLES: dict[str, tuple[str, ...]] = {
    "steward": ("steward",),
    "chair": ("board_member",),
    "member": ("board_member",),
    "colleague": ("board_member",),
    "secretary": ("secretary",),
    "interviewer": ("interviewer",),
    "coder": ("coder",),
    "editor": ("editor",),
    "second_editor": ("editor",),
    "publisher": ("publisher",),
    "archivist": ("archivist",),
    "auditor": ("auditor",),
    "outsider": (),
}


@dataclass
class Cast:
    """The people of a test as actors, by name: `cast.steward`. `cast.person("steward")` is the row."""

    people: dict[str, Person]
    actors: dict[str, PersonActor] = field(default_factory=dict)

    def __getattr__(self, name: str) -> PersonActor:
        try:
            return self.actors[name]
        except KeyError:
            raise AttributeError(name) from None

    def person(self, name: str) -> Person:
        return self.people[name]

    def again(self) -> "Cast":
        """The same people in rows of their own, for a test that may change them."""
        return Cast(deepcopy(self.people), dict(self.actors))


def end_of(role: str) -> datetime | None:
    """The last moment of a role that must have one."""
    return clock.now() + timedelta(days=300) if role == "auditor" else None


def admit_cast() -> Cast:
    """Appoint a founder, who admits everybody and grants their roles."""
    founder = commands.appoint(
        actor=Process("Tests"), email="founder@example.org", name="Founder", password=PASSWORD
    )
    granting = actor_of(founder)
    people = {}
    for name, roles in ROLES.items():
        person = commands.admit_person(
            actor=granting,
            name=name.replace("_", " ").capitalize(),
            email=f"{name}@example.org",
            affiliation=f"Office of the {name.replace('_', ' ')}",
            password=PASSWORD,
        )
        for role in roles:
            commands.grant_role(actor=granting, person_id=person.id, role=role, ends_at=end_of(role))
        people[name] = person
    return Cast(people, {name: actor_of(person) for name, person in people.items()})
