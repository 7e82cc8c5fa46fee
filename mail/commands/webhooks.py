"""Register, change and test a webhook."""

import json
import re
from collections.abc import Collection
from typing import Any
from uuid import UUID

from audit.commands import after_commit, command, in_command, locked, record, unchanged
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require
from mail import policies
from mail.addresses import fault_of
from mail.events import Verb
from mail.models import Delivery, Webhook
from mail.registry import groups as known_groups

_SECRET_NAME = re.compile(r"[A-Z][A-Z0-9_]*_WEBHOOK_SECRET")


@command(Verb.WEBHOOK_REGISTERED)
def register_webhook(
    *, actor: Actor, name: str, url: str, groups: Collection[str], secret_variable: str
) -> Webhook:
    """A server that is told of public facts from now on.

    `groups`: keys of mail.registry.groups. `secret_variable`: name of an environment variable ending in
    _WEBHOOK_SECRET. A name that is taken is IllegalMove; anything malformed is Unacceptable.
    """
    require(policies.may_keep_webhooks(actor))
    given = _acceptable(name, url, groups, secret_variable)
    if Webhook.objects.filter(name=given["name"]).exists():
        raise IllegalMove(f"There is a webhook “{given['name']}” already. Choose another name.")
    webhook = Webhook(since=in_command().number, **given)
    webhook.save(force_insert=True)
    record(webhook, data={"url": webhook.url, "groups": webhook.groups})
    return webhook


@command(Verb.WEBHOOK_CHANGED)
def change_webhook(
    *,
    actor: Actor,
    webhook_id: UUID,
    name: str,
    url: str,
    groups: Collection[str],
    secret_variable: str,
    active: bool,
) -> Webhook:
    """Change where it is, what it is told of, or switch it on or off. While it is off nothing is kept for it."""
    webhook = locked(Webhook, webhook_id)
    require(policies.may_keep_webhooks(actor))
    given = _acceptable(name, url, groups, secret_variable) | {"active": active}
    if given == {key: getattr(webhook, key) for key in given}:
        return unchanged(webhook)
    if Webhook.objects.filter(name=given["name"]).exclude(pk=webhook.pk).exists():
        raise IllegalMove(f"There is a webhook “{given['name']}” already. Choose another name.")
    if active and not webhook.active:
        webhook.since = in_command().number
    for key, value in given.items():
        setattr(webhook, key, value)
    webhook.save()
    record(webhook, data={"url": webhook.url, "groups": webhook.groups, "active": active})
    return webhook


@command(Verb.WEBHOOK_TESTED)
def try_webhook(*, actor: Actor, webhook_id: UUID) -> Delivery:
    """Send it a delivery that tells of nothing, to see whether it answers."""
    webhook = locked(Webhook, webhook_id)
    require(policies.may_keep_webhooks(actor))
    if not webhook.active:
        raise IllegalMove("This webhook is switched off. Switch it on before you test it.")
    now = clock.now()
    body = {
        "type": "mail.webhook.tested",
        "timestamp": now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "data": {"webhook": webhook.name},
    }
    delivery = Delivery(
        webhook=webhook,
        type="mail.webhook.tested",
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        queued_at=now,
        not_before=now,
    )
    delivery.save(force_insert=True)
    record(webhook)
    after_commit("mail.deliver", delivery.number)
    return delivery


def _acceptable(name: str, url: str, groups: Collection[str], secret_variable: str) -> dict[str, Any]:
    if not name.strip():
        raise Unacceptable("Give the webhook a name.", "name")
    if fault := fault_of(url.strip()):
        raise Unacceptable(fault, "url")
    unknown = set(groups) - {key for key, _ in known_groups.items()}
    if unknown or not groups:
        raise Unacceptable("Choose at least one kind of fact it is told of.", "groups")
    # Any other variable is refused: a webhook must not be a way to sign with a password or SECRET_KEY.
    if not _SECRET_NAME.fullmatch(secret_variable.strip()):
        raise Unacceptable(
            "Name the variable that holds the secret, not the secret: capitals, ending in _WEBHOOK_SECRET.",
            "secret_variable",
        )
    return {
        "name": name.strip(),
        "url": url.strip(),
        "groups": sorted(groups),
        "secret_variable": secret_variable.strip(),
    }
