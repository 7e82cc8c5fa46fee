"""How mails, deliveries and their states are put into words. Text stays data until here."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model
from django.urls import reverse

from audit.registry import describe
from audit.wording import verb_in_words
from core.policies import Actor
from mail.models import Delivery, Message, Webhook
from mail.registry import groups, kinds
from mail.signatures import NoSecret, secret_named
from mail.states import MailState

#: The symbol beside a state, from the page's sprite.
_SYMBOLS = {
    "queued": "outcome-planned",
    "sending": "outcome-running",
    "sent": "outcome-completed",
    "delivered": "outcome-completed",
    "failed": "outcome-errored",
    "unsure": "outcome-truncated",
    "unwanted": "outcome-skipped",
}

_SENTENCES = {
    MailState.QUEUED: "It waits to be sent.",
    MailState.SENDING: "It is being handed to the mail server.",
    MailState.SENT: "The mail server took it.",
    MailState.FAILED: "It could not be sent.",
    MailState.UNSURE: "It may have arrived: nobody heard the mail server’s answer. Ask before sending it again.",
    MailState.UNWANTED: "It was not written.",
}

_APPS = {
    "accounts": "People and sign-in",
    "board": "Board",
    "essays": "Essays",
    "interviews": "Interviews",
    "lifecycle": "Models and promises",
    "mail": "Summaries",
}


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool


def tabs(current: str) -> list[Tab]:
    """The parts of the pages about mail."""
    return [
        Tab("Outbox", reverse("mail:message-list"), current == "outbox"),
        Tab("Templates", reverse("mail:template-list"), current == "templates"),
        Tab("Webhooks", reverse("mail:webhook-list"), current == "webhooks"),
    ]


def sign_of(state: str) -> str:
    """The id of the symbol that goes with a state."""
    return _SYMBOLS[state]


def kind_label(key: str) -> str:
    """ "A vote was opened"; a kind whose app is gone is called by its key."""
    return kinds.get(key).label if key in kinds else key


def app_label(key: str) -> str:
    app = key.partition(".")[0]
    return _APPS.get(app, app.capitalize())


def outbox_sentence(counts: dict[str, int]) -> str:
    """The first sentence of the outbox."""
    waiting = counts.get(MailState.QUEUED, 0) + counts.get(MailState.SENDING, 0)
    sent = counts.get(MailState.SENT, 0)
    waits = f"{mails(waiting).capitalize()} {'waits' if waiting == 1 else 'wait'} to be sent"
    return f"{waits if waiting else 'Nothing waits'}; {mails(sent)} {'were' if sent > 1 else 'was'} sent."


def outbox_trouble(counts: dict[str, int]) -> str:
    """What somebody should look at, as a sentence; "" when nothing."""
    unsure, failed = counts.get(MailState.UNSURE, 0), counts.get(MailState.FAILED, 0)
    parts = []
    if unsure:
        parts.append(
            f"{mails(unsure).capitalize()} may or may not have arrived and {'is' if unsure == 1 else 'are'} not sent"
            " again without you."
        )
    if failed:
        parts.append(f"{mails(failed).capitalize()} could not be sent.")
    return " ".join(parts)


def message_sentence(message: Message) -> str:
    """The first sentence of a mail's page."""
    sentence = _SENTENCES[MailState(message.state)]
    if message.state in (MailState.UNWANTED, MailState.FAILED) and message.said:
        return f"{sentence} {message.said}"
    return sentence


def why_no_text(message: Message, may_read: bool) -> str:
    if message.state == MailState.UNWANTED:
        return "Nothing was written."
    if message.blanked:
        return "What it said is no longer kept."
    if not may_read:
        return "What it said is read by stewards and secretaries only."
    return "Its kind is no longer known here."


def about_of(actor: Actor, message: Message) -> tuple[str, str]:
    """What a mail was about: its name, and its page when this actor may see it."""
    label = message.about_type
    if label not in describe:
        return message.about_label, ""
    row = _row(label, message.about_id)
    found = describe.get(label)
    if row is None or not found.visible(actor, row):
        return message.about_label, ""
    return message.about_label, found.url(row)


def mails(count: int) -> str:
    """ "no mail", "1 mail", "7 mails"."""
    return f"{count or 'no'} mail{'s' if count > 1 else ''}"


def _row(label: str, key: str) -> Model | None:
    return apps.get_model(label)._default_manager.filter(pk=key).first()


def groups_of(webhook: Webhook) -> list[str]:
    """What a webhook is told of, in words."""
    return [groups.get(key).label if key in groups else key for key in webhook.groups]


def secret_sentence(webhook: Webhook) -> str:
    """Whether this process could sign, as a sentence; the secret itself is never shown."""
    try:
        secret_named(webhook.secret_variable)
    except NoSecret as error:
        return str(error)
    return ""


def delivery_title(delivery: Delivery) -> str:
    """What a delivery told of: "Result certified, entry 812" or "A test"."""
    if delivery.event is None:
        return "A test"
    return f"{verb_in_words(delivery.type)}, entry {delivery.event}"
