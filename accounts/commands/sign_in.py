"""What happened at the door: sign-in, second factors, passwords and sessions. Noted here, done by allauth."""

from collections.abc import Sequence
from uuid import UUID

from accounts import policies, steps
from accounts.events import Verb
from accounts.models import Person
from audit.commands import command, locked, record, unchanged
from core.errors import NotAllowed
from core.policies import Actor, require


@command(Verb.SIGNED_IN)
def note_sign_in(*, actor: Actor, person_id: UUID, means: Sequence[str] = ()) -> Person:
    """Somebody signed in, by these means: "password", "totp", "webauthn", …"""
    person = Person.objects.get(pk=person_id)
    record(person, data={"means": [*means]})
    return person


@command(Verb.SIGN_IN_FAILED)
def note_failed_sign_in(*, actor: Actor, person_id: UUID | None) -> None:
    """Somebody tried and failed. The address typed is not kept: it may be a password typed in the wrong field."""
    person = Person.objects.filter(pk=person_id).first() if person_id else None
    record(person, reason="Wrong password or unknown address.")


@command(Verb.SIGNED_OUT)
def note_sign_out(*, actor: Actor, person_id: UUID) -> Person:
    """Somebody signed out."""
    person = Person.objects.get(pk=person_id)
    record(person)
    return person


@command(Verb.PASSWORD_CHANGED)
def note_password_change(*, actor: Actor, person_id: UUID) -> Person:
    """Somebody changed or reset their password."""
    person = Person.objects.get(pk=person_id)
    record(person)
    steps.tell_of_sign_in(person, "Your password was changed")
    return person


@command(Verb.PASSWORD_RESET_ASKED)
def ask_password_reset(*, actor: Actor, person_id: UUID, url: str) -> Person:
    """Somebody asked for a new password; `url` is the path where it is chosen, and goes by mail only."""
    person = Person.objects.get(pk=person_id)
    event = record(person)
    steps.tell(
        person, kind="accounts.password.reset", slot=f"accounts.password.reset:{event.number}", url=url
    )
    return person


@command(Verb.FACTOR_ADDED)
def note_factor_added(*, actor: Actor, person_id: UUID, kind: str) -> Person:
    """Somebody set up a second factor ("totp", "webauthn"). No secret is ever told."""
    person = _noted(person_id, kind)
    steps.tell_of_sign_in(person, f"{steps.factor_in_words(kind)} was added to your sign-in")
    return person


@command(Verb.FACTOR_ADDED)
def give_authenticator(*, actor: Actor, person_id: UUID, secret: str) -> Person:
    """An authenticator app's secret (Base32) handed to a person of the demonstration; by a process only."""
    if actor.id is not None:
        raise NotAllowed("Everybody sets up their own second factor, on their page of sign-in and security.")
    person = locked(Person, person_id)
    if not steps.give_authenticator(person=person, secret=secret):
        return unchanged(person)
    return _noted(person_id, "totp")


@command(Verb.FACTOR_REMOVED)
def note_factor_removed(*, actor: Actor, person_id: UUID, kind: str) -> Person:
    """Somebody removed a second factor of theirs."""
    person = _noted(person_id, kind)
    steps.tell_of_sign_in(person, f"{steps.factor_in_words(kind)} was removed from your sign-in")
    return person


@command(Verb.FACTOR_CONFIRMED)
def note_factor_confirmed(*, actor: Actor, person_id: UUID, kind: str) -> Person:
    """Somebody signed in proved once more that it is them, before something that asks for it."""
    return _noted(person_id, kind)


@command(Verb.FACTOR_FAILED)
def note_failed_factor(*, actor: Actor, person_id: UUID, kind: str) -> Person:
    """Somebody had the password, or the session, and not the second factor. What was typed is not kept."""
    return _noted(person_id, kind)


@command(Verb.RECOVERY_CODES_MADE)
def note_recovery_codes(*, actor: Actor, person_id: UUID) -> Person:
    """Somebody got a new set of recovery codes; older ones no longer work."""
    return _noted(person_id)


@command(Verb.RECOVERY_CODE_USED)
def note_recovery_code_used(*, actor: Actor, person_id: UUID) -> Person:
    """Somebody used up one of their recovery codes."""
    person = _noted(person_id)
    steps.tell_of_sign_in(person, "A recovery code of yours was used to sign in")
    return person


@command(Verb.SESSION_ENDED)
def end_sessions(*, actor: Actor, person_id: UUID, session_ids: Sequence[int]) -> Person:
    """End sign-ins of one's own on other devices, at once. NotAllowed for somebody else's."""
    person = locked(Person, person_id)
    require(policies.may_end_sessions(actor, person_id))
    ended = steps.end_sessions(person=person, session_ids=session_ids)
    if not ended:
        return unchanged(person)
    record(person, data={"count": ended})
    return person


def _noted(person_id: UUID, kind: str = "") -> Person:
    person = Person.objects.get(pk=person_id)
    record(person, data={"kind": kind} if kind else {})
    return person
