"""What a person wants to be told."""

from collections.abc import Collection

from accounts.models import Person
from audit.commands import command, locked, record, unchanged
from core.errors import Unacceptable
from core.policies import Actor, require
from mail import policies, queries
from mail.events import Verb
from mail.models import MailChoice
from mail.registry import kinds
from mail.states import DigestRhythm


@command(Verb.CHOICE_MADE)
def choose_mail(*, actor: Actor, off: Collection[str], digest: str) -> MailChoice:
    """Switch kinds of mail off, all others on, and say how often the digest comes. For oneself only.

    Unacceptable: a kind that is unknown or cannot be switched off.
    """
    person = locked(Person, str(actor.id))
    require(policies.may_choose_mail(actor, person.pk))
    for kind in off:
        if kind not in kinds or not kinds.get(kind).optional:
            raise Unacceptable(
                "This mail cannot be switched off: it tells of a duty or of your sign-in.", "on"
            )
    if digest not in DigestRhythm.values:
        raise Unacceptable("Choose how often the digest comes.", "digest")
    choice = queries.choice_of(person.pk)
    if not choice._state.adding and (choice.off, choice.digest) == (sorted(off), digest):
        return unchanged(choice)
    choice.off, choice.digest = sorted(off), digest
    choice.save()
    record(person, data={"off": choice.off, "digest": digest})
    return choice
