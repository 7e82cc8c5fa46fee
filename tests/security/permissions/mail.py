"""The outbox and webhooks are kept by stewards and secretaries, and read by auditors; mails are everybody's own."""

from typing import Any

from django.conf import settings

from core.policies import Process
from mail.commands import claim_message, register_webhook, try_webhook
from tests.cast import Cast
from tests.factories.mail import posted
from tests.security.permissions import Row

KEEPS = dict.fromkeys(("steward", "secretary"), 200)
READS = KEEPS | {"auditor": 200}
CHOSEN = {"digest": "weekly", "on": []}


def _mail(cast: Cast) -> dict[str, Any]:
    (message,) = posted(
        cast.person("editor"), kind="accounts.sign_in.changed", slot="permissions", context={"what": "It was"}
    )
    return {"number": message.number}


def _mail_in_hand(cast: Cast) -> dict[str, Any]:
    """A mail that is being sent: who may send it again is told that the moment is wrong."""
    found = _mail(cast)
    claim_message(actor=Process("Mail"), **found)
    return found


def _webhook(cast: Cast) -> dict[str, Any]:
    made = register_webhook(
        actor=cast.steward,
        name="Permissions",
        url="https://hooks.example.org/",
        groups=["decisions"],
        secret_variable="PERMISSIONS_WEBHOOK_SECRET",
    )
    return {"webhook_id": made.pk}


def _delivery(cast: Cast) -> dict[str, Any]:
    """A delivery that is under way: it cannot be sent again now."""
    made = try_webhook(actor=cast.steward, **_webhook(cast))
    return {"number": made.number}


def _said(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "Another",
        "url": "https://hooks.example.org/",
        "groups": ["decisions"],
        "secret_variable": "X_WEBHOOK_SECRET",
        "active": "on",
    }


def _keepers(status: int) -> dict[str, int]:
    return dict.fromkeys(KEEPS, status)


TABLE = [
    Row("mail:message-list", "GET", READS),
    Row("mail:message-list", "POST", {}, otherwise=405),
    Row("mail:message-record", "GET", READS, make=_mail),
    Row("mail:message-record", "POST", {}, otherwise=405, make=_mail),
    Row("mail:message-requeue", "GET", KEEPS, make=_mail),
    Row("mail:message-requeue", "POST", _keepers(409), make=_mail_in_hand),
    Row("mail:template-list", "GET", READS),
    Row("mail:template-list", "POST", {}, otherwise=405),
    Row("mail:template-preview", "GET", READS, make=lambda cast: {"key": "accounts.role.granted"}),
    Row(
        "mail:template-preview",
        "POST",
        {},
        otherwise=405,
        make=lambda cast: {"key": "accounts.role.granted"},
    ),
    Row("mail:preferences", "GET", {}, otherwise=200),
    Row("mail:preferences", "POST", {}, otherwise=303, data=lambda cast, kwargs: CHOSEN),
    Row("mail:mailbox", "GET", {}, otherwise=200 if settings.LOCAL_MODE else 404),
    Row("mail:mailbox", "POST", {}, otherwise=405),
    Row("mail:webhook-list", "GET", READS),
    Row("mail:webhook-list", "POST", {}, otherwise=405),
    Row("mail:webhook-new", "GET", KEEPS),
    Row("mail:webhook-new", "POST", _keepers(422), data=lambda cast, kwargs: {"name": "No address"}),
    Row("mail:webhook-record", "GET", READS, make=_webhook),
    Row("mail:webhook-record", "POST", {}, otherwise=405, make=_webhook),
    Row("mail:webhook-edit", "GET", KEEPS, make=_webhook),
    Row("mail:webhook-edit", "POST", _keepers(303), make=_webhook, data=_said),
    Row("mail:webhook-test", "GET", KEEPS, make=_webhook),
    Row("mail:webhook-test", "POST", _keepers(303), make=_webhook),
    Row("mail:delivery-requeue", "GET", KEEPS, make=_delivery),
    Row("mail:delivery-requeue", "POST", _keepers(409), make=_delivery),
]
