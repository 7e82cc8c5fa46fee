"""What appointing, admitting, founding and the door share. Inside an open command only."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.urls import reverse

from accounts.models import THE_ORGANISATION, Organisation, Person, RoleGrant, User
from accounts.queries import organisation
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


def password_link(person: Person) -> str:
    """The path under which this person, and nobody else, chooses a password once, for three days."""
    assert person.user is not None
    return reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(person.user),
            "key": default_token_generator.make_token(person.user),
        },
    )


def invite(person: Person, *, at: str = "") -> None:
    """Mail somebody a link under which they choose their first password; as often as it is asked for.

    `at`: the organisation's name, where it is not the recorded one yet.
    """
    found = in_command()
    tell(
        person,
        kind="accounts.person.admitted",
        slot=f"accounts.person.admitted:{found.events[0].number}",
        url=password_link(person),
        context={"by": found.actor.name, "organisation": at or organisation().name},
    )


def factor_in_words(kind: str) -> str:
    """A second factor as a mail calls it."""
    return {"totp": "An authenticator app", "webauthn": "A passkey"}.get(kind, "A set of recovery codes")


def tell_of_sign_in(person: Person, what: str) -> None:
    """Tell somebody that their sign-in was changed: "Your password was changed", "A passkey was added"."""
    number = in_command().events[0].number
    tell(
        person,
        kind="accounts.sign_in.changed",
        slot=f"accounts.sign_in.changed:{number}",
        url=reverse("security"),
        context={"what": what},
    )


def tell(person: Person, *, kind: str, slot: str, url: str, context: Mapping[str, Any] | None = None) -> None:
    """Write to a person about themselves, after the command has recorded its event; once per `slot`."""
    in_command()
    for post in messengers.values():
        post(kind=kind, to=person, about=person, slot=slot, url=url, context=context)


def mail_stays_here() -> bool:
    """Whether mail is only written to the console: then an invitation is handed over by whoever makes it."""
    return bool(settings.EMAIL_BACKEND.endswith((".console.EmailBackend", ".dummy.EmailBackend")))


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


def give_authenticator(*, person: Person, secret: str) -> bool:
    """An authenticator app with this secret (Base32), unless the person has one. Whether it was given."""
    in_command()
    if Authenticator.objects.filter(user=person.user, type=Authenticator.Type.TOTP).exists():
        return False
    TOTP.activate(person.user, secret)
    return True


def end_sessions(*, person: Person, session_ids: Sequence[int]) -> int:
    """End these of the person's sign-ins; how many there were."""
    in_command()
    found = list(UserSession.objects.filter(user=person.user, pk__in=session_ids))
    for session in found:
        session.end()
    return len(found)
