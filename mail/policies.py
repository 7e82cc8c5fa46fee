"""Who may see the outbox, send again, and choose. Not here: when that is possible."""

from uuid import UUID

from core.policies import ALLOWED, Actor, Process, Verdict, any_of, denied

#: The process that sends.
MAILER = Process("Mail")
KEEPERS = ("steward", "secretary")


def may_see_outbox(actor: Actor | None) -> Verdict:
    if any_of(actor, "auditor", *KEEPERS):
        return ALLOWED
    return denied("The outbox is kept by stewards and secretaries. Ask one of them.")


def may_read_texts(actor: Actor | None) -> Verdict:
    """What a mail says; an auditor sees that it was sent, to whom and when."""
    if any_of(actor, *KEEPERS):
        return ALLOWED
    return denied("Texts of mails are read by stewards and secretaries only.")


def may_requeue_message(actor: Actor | None) -> Verdict:
    if any_of(actor, *KEEPERS):
        return ALLOWED
    return denied("A steward or a secretary sends a mail again. Ask one of them.")


def may_send_mail(actor: Actor | None) -> Verdict:
    if any_of(actor, "process"):
        return ALLOWED
    return denied("Only a worker sends mail. Queue it instead.")


def may_choose_mail(actor: Actor, person_id: UUID) -> Verdict:
    if actor.id == person_id:
        return ALLOWED
    return denied("Everybody chooses their own mails.")


def may_see_webhooks(actor: Actor | None) -> Verdict:
    if any_of(actor, "auditor", *KEEPERS):
        return ALLOWED
    return denied("Webhooks are kept by stewards and secretaries. Ask one of them.")


def may_keep_webhooks(actor: Actor | None) -> Verdict:
    """Register, change, test, switch off, send again."""
    if any_of(actor, *KEEPERS):
        return ALLOWED
    return denied("Only a steward or a secretary looks after webhooks. Ask one of them.")


def may_deliver(actor: Actor | None) -> Verdict:
    if any_of(actor, "process"):
        return ALLOWED
    return denied("Only a worker tells webhooks.")
