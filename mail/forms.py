"""Parses filters, choices and the fields of a webhook. Knows no rules."""

from typing import Any

from django import forms
from django.http import QueryDict

from accounts.models import Person
from core.choosing import FEW, ChoiceOfMany, NameInput
from mail.models import MailboxCopy, MailChoice
from mail.registry import DIGEST, groups, kinds
from mail.states import DigestRhythm, MailState


class FilterForm(forms.Form):
    """All fields optional; what cannot be read is ignored rather than refused, since it is an address."""

    state = forms.ChoiceField(required=False, choices=[("", "Any"), *MailState.choices])
    kind = forms.ChoiceField(required=False)
    recipient = ChoiceOfMany(
        Person.objects.order_by("name"),
        required=False,
        empty_label="Anybody",
        label="To",
        apart=lambda row: row.affiliation,
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        offered = sorted((key, kind.label) for key, kind in kinds.items())
        self.fields["kind"].choices = [("", "Any"), *offered]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What is filtered by."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        required=False,
        max_length=2000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands in the timeline beside your name.",
    )


class MailboxForm(forms.Form):
    """Whose mails the local mailbox shows: one of a few addresses, or of many the address as it is typed."""

    address = forms.CharField(required=False, max_length=320, label="To")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        addresses = MailboxCopy.objects.order_by("address").values_list("address", flat=True).distinct()
        known = [(address, address) for address in addresses[: FEW + 1]]
        if len(known) <= FEW:
            self.fields["address"].widget = forms.Select(choices=[("", "Everybody"), *known])
        else:
            self.fields["address"].widget = NameInput(known[:FEW])
            self.fields["address"].help_text = "Type the whole address; nothing typed means everybody."

    def chosen(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("address", ""))


class ChoiceForm(forms.Form):
    """Which mails somebody gets: what is ticked comes."""

    on = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="Write to me when"
    )
    digest = forms.ChoiceField(
        choices=DigestRhythm.choices, widget=forms.RadioSelect, label="A summary of what waits for me"
    )

    def __init__(self, data: QueryDict | None, *, choice: MailChoice) -> None:
        offered = sorted(
            ((key, kind.label) for key, kind in kinds.items() if kind.optional and key != DIGEST),
            key=lambda pair: pair[1],
        )
        self.offered = [key for key, _ in offered]
        on = [key for key in self.offered if key not in choice.off]
        super().__init__(data, initial={"on": on, "digest": choice.digest})
        self.fields["on"].choices = offered  # type: ignore[attr-defined]

    def off(self, data: dict[str, Any]) -> list[str]:
        """The kinds that are not ticked."""
        return [key for key in self.offered if key not in data["on"]]


class WebhookForm(forms.Form):
    name = forms.CharField(max_length=200, help_text="How people here call it: “Newsroom”.")
    url = forms.CharField(
        max_length=2000, label="Address", help_text="An https address that takes JSON by POST."
    )
    groups = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, label="It is told of")
    secret_variable = forms.CharField(
        max_length=200,
        label="Variable with the secret",
        help_text="Name of the environment variable, ending in _WEBHOOK_SECRET. It holds whsec_ and a secret in"
        " base64. The secret itself is never stored here.",
    )

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["groups"].choices = [(key, group.label) for key, group in groups.items()]  # type: ignore[attr-defined]


class EditWebhookForm(WebhookForm):
    active = forms.BooleanField(required=False, label="Send to it")


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button says it."""
