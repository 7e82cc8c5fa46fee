"""What mail tells the apps below it, and the kinds of mail that accounts sends; imported once, at start."""

from datetime import UTC, datetime

from django.urls import reverse

from accounts.registry import messengers
from audit.notes import folded
from audit.registry import Description, describe, forgets
from core.policies import Actor
from mail import forgetting, policies, steps
from mail.models import MailChoice
from mail.registry import CHECKPOINT, DIGEST, ENDING, MessageKind, kinds

messengers.register("mail", steps.post)
forgets.register("mail", forgetting.forget)

describe.register(
    "mail.Message",
    Description(
        str,
        lambda row: reverse("mail:message-record", args=[row.pk]),
        lambda actor, row: bool(policies.may_see_outbox(actor)),
    ),
)


def _own_or_keepers(actor: Actor, row: MailChoice) -> bool:
    return actor.id == row.person_id or bool(policies.may_see_outbox(actor))


describe.register("mail.MailChoice", Description(str, lambda row: "", _own_or_keepers))

describe.register(
    "mail.Webhook",
    Description(
        str,
        lambda row: reverse("mail:webhook-record", args=[row.pk]),
        lambda actor, row: bool(policies.may_see_webhooks(actor)),
    ),
)
describe.register(
    "mail.Delivery",
    Description(
        str,
        lambda row: reverse("mail:webhook-record", args=[row.webhook_id]),
        lambda actor, row: bool(policies.may_see_webhooks(actor)),
    ),
)

kinds.register(
    "accounts.person.admitted",
    MessageKind(
        label="You were admitted",
        template="mail/accounts/person_admitted.txt",
        action="Choose your password",
        why="somebody admitted you",
        example={"by": "Ines Aldgate", "organisation": "The Aldgate Institute"},
        optional=False,
        secret=True,
    ),
)
kinds.register(
    "accounts.role.granted",
    MessageKind(
        label="You were given a role",
        template="mail/accounts/role_granted.txt",
        action="Open your desk",
        why="it concerns your own roles",
        example={"role": "Editor", "by": "Ines Aldgate", "ends_at": None},
        optional=False,
    ),
)
kinds.register(
    "accounts.role.ended",
    MessageKind(
        label="A role of yours ended",
        template="mail/accounts/role_ended.txt",
        action="Open your desk",
        why="it concerns your own roles",
        example={"role": "Editor", "by": "Ines Aldgate", "reason": "The term of the column is over."},
        optional=False,
    ),
)
kinds.register(
    ENDING,
    MessageKind(
        label="A role of yours ends soon",
        template="mail/accounts/role_ending.txt",
        action="Open your desk",
        why="it concerns your own roles",
        example={"role": "Auditor", "ends_at": datetime(2026, 12, 12, 23, 59, tzinfo=UTC)},
        optional=False,
    ),
)
kinds.register(
    "accounts.password.reset",
    MessageKind(
        label="A new password was asked for",
        template="mail/accounts/password_reset.txt",
        action="Choose a new password",
        why="somebody gave your address on the sign-in page",
        optional=False,
        secret=True,
    ),
)
kinds.register(
    "accounts.sign_in.changed",
    MessageKind(
        label="Your sign-in was changed",
        template="mail/accounts/sign_in_changed.txt",
        action="Look at your sign-in",
        why="it concerns your own sign-in",
        example={"what": "Your password was changed"},
        optional=False,
    ),
)
kinds.register(
    CHECKPOINT,
    MessageKind(
        label="The checkpoint of the day",
        template="mail/audit/checkpoint.txt",
        action="See it on our site",
        why="you audit here",
        example={
            "size": 1482,
            "sealed_at": datetime(2026, 11, 29, 7, tzinfo=UTC),
            "note": folded(
                "emeritus.example.org/audit\n1482\nkM4nT1u2Zr0h8mLrC5s7eNq5o0y1Tg3vK9wXbVdJf2A=\nprevious 1466\n\n"
                "— emeritus.example.org/audit Zm9yIHRoZSBwcmV2aWV3IG9ubHksIG5vdCBhIHNpZ25hdHVyZQ=="
            ).splitlines(),
        },
    ),
)
kinds.register(
    DIGEST,
    MessageKind(
        label="What waits for you",
        template="mail/mail/digest.txt",
        action="Open your desk",
        why="something waits for you",
        example={
            "count": 2,
            "items": [
                {
                    "title": "Vote: Retire Haldane 2 on 31 January 2027",
                    "detail": "Model Welfare Board, round 1. You have not voted yet.",
                    "due": datetime(2026, 11, 29, 9, tzinfo=UTC),
                },
                {
                    "title": "Letters from Haldane 2, issue 7",
                    "detail": "It waits for your review.",
                    "due": None,
                },
            ],
            "more": 0,
        },
    ),
)
