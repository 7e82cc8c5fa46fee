"""The day's checkpoint to everybody who audits: whoever keeps the mail can show later what was changed since."""

from base64 import b64encode

from django.urls import reverse

from accounts.queries import people_in_role
from audit.commands import command, record, unchanged
from audit.notes import folded
from audit.publishing import published
from core import clock
from core.policies import Actor, require
from mail import policies, steps
from mail.events import Verb
from mail.models import Message
from mail.registry import CHECKPOINT


@command(Verb.CHECKPOINT_TOLD)
def tell_auditors(*, actor: Actor) -> list[Message]:
    """Write the last published checkpoint to every auditor who has none of today. Nothing while there is none."""
    require(policies.may_send_mail(actor))
    slot = f"{CHECKPOINT}:{clock.today()}"
    told = Message.objects.filter(slot=slot).values("recipient")
    auditors = list(people_in_role("auditor").filter(user__isnull=False).exclude(pk__in=told))
    last = published().first()
    if last is None or not auditors:
        return unchanged([])
    root = b64encode(last.root).decode()
    record(last, data={"size": last.size, "root": root, "auditors": len(auditors)})
    return steps.post(
        kind=CHECKPOINT,
        to=auditors,
        about=last,
        slot=slot,
        url=reverse("audit_public:checkpoint", args=[last.size]),
        context={"size": last.size, "sealed_at": last.at, "note": folded(last.note).splitlines()},
    )
