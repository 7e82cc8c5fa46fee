"""What appointing, admitting, founding and the door share. Inside an open command only."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import THE_ORGANISATION, Organisation, Person, RoleGrant, User
from accounts.registry import messengers
from accounts.states import Role
from audit.commands import in_command
from core.errors import IllegalMove


def admit(*, email: str, name: str, affiliation: str, password: str | None) -> Person:
    """A person with credentials. IllegalMove when the address is taken.

    Without a password nobody can sign in until one is set through "forgotten password".
    """
    in_command()
    address = email.strip().lower()
    if User.objects.filter(email=address).exists():
        raise IllegalMove("Somebody with this e-mail address is here already.")
    user = User.objects.create_user(address, password)
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    person = Person(user=user, name=name.strip(), affiliation=affiliation.strip())
    person.save(force_insert=True)
    return person


def grant(
    *, person: Person, role: Role, granted_by: Person | None, starts_at: datetime, ends_at: datetime | None
) -> RoleGrant:
    """A role from `starts_at` on; without `ends_at` until it is revoked."""
    in_command()
    row = RoleGrant(person=person, role=role, granted_by=granted_by, starts_at=starts_at, ends_at=ends_at)
    row.save(force_insert=True)
    return row


def tell(person: Person, *, kind: str, slot: str, url: str, context: Mapping[str, Any] | None = None) -> None:
    """Write to a person about themselves, after the command has recorded its event; once per `slot`."""
    in_command()
    for post in messengers.values():
        post(kind=kind, to=person, about=person, slot=slot, url=url, context=context)


def found_organisation(
    *,
    name: str,
    profile: str,
    public_site: bool,
    roll_call: str,
    founded_at: datetime,
    founded_by: Person,
    confirmed_by: Person,
) -> Organisation:
    """The one row that says whose installation this is. IllegalMove when it is there already."""
    in_command()
    if Organisation.objects.exists():
        raise IllegalMove("This installation is founded already.")
    row = Organisation(
        pk=THE_ORGANISATION,
        name=name,
        profile=profile,
        public_site=public_site,
        roll_call=roll_call,
        founded_at=founded_at,
        founded_by=founded_by,
        confirmed_by=confirmed_by,
    )
    row.save(force_insert=True)
    return row
