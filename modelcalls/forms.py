"""Parses the filters of the list and the reason of an act. Knows no rules."""

from typing import Any

from django import forms
from django.http import QueryDict

from core.policies import Actor
from modelcalls.models import AdapterName, Endpoint
from modelcalls.policies import purposes_seen_by
from modelcalls.registry import purposes
from modelcalls.states import CallState


class FilterForm(forms.Form):
    """All fields optional; what cannot be read is ignored rather than refused, since it is an address."""

    state = forms.ChoiceField(required=False, choices=[("", "Any"), *CallState.choices])
    purpose = forms.ChoiceField(required=False)
    endpoint = forms.ModelChoiceField(Endpoint.objects.all(), required=False, empty_label="Any")

    def __init__(self, data: QueryDict, *, viewer: Actor) -> None:
        super().__init__(data)
        seen = purposes_seen_by(viewer)
        offered = [(key, item.label) for key, item in purposes.items() if seen is None or key in seen]
        self.fields["purpose"].choices = [("", "Any"), *sorted(offered)]  # type: ignore[attr-defined]

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


def _names(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class LimitsForm(forms.Form):
    """What may be changed of an endpoint: its limits, its further names, and whether it is asked at all."""

    max_concurrency = forms.IntegerField(
        label="Calls at once", min_value=1, max_value=1000, initial=2, help_text="More wait in the queue."
    )
    budget_tokens = forms.IntegerField(
        label="Budget in tokens",
        required=False,
        min_value=0,
        max_value=10**15,
        help_text="Read and written, every attempt counted. Empty: no limit.",
    )
    accepted_names = forms.CharField(
        label="Further names it may answer with",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One a line: a dated name behind an alias. An answer under any other name is never accepted.",
    )

    def clean_accepted_names(self) -> list[str]:
        return _names(self.cleaned_data["accepted_names"])


class EndpointForm(LimitsForm):
    """A new endpoint. The key is named, never typed."""

    name = forms.CharField(label="Name", max_length=200, help_text="As your people call it.")
    adapter = forms.ChoiceField(label="Format", choices=AdapterName.choices)
    base_url = forms.CharField(label="Address", max_length=1000, help_text="Such as https://api.example.org")
    model = forms.CharField(label="Model", max_length=200, help_text="As requests spell it.")
    key_variable = forms.CharField(
        label="Variable that holds the key",
        required=False,
        max_length=100,
        help_text="Its name, ending in _API_KEY; the key itself stays in the server’s environment.",
    )
    takes_temperature = forms.BooleanField(label="It takes a temperature", required=False)

    field_order = (
        "name", "adapter", "base_url", "model", "key_variable", "takes_temperature",
        "max_concurrency", "budget_tokens", "accepted_names",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["parameters"] = {"temperature": True} if cleaned.pop("takes_temperature", False) else {}
        return cleaned


class ChangeForm(LimitsForm):
    """The same limits, and the switch."""

    active = forms.BooleanField(
        label="It may be asked",
        required=False,
        help_text="Switched off, calls wait and new ones are refused; nothing recorded is lost.",
    )


class NothingForm(forms.Form):
    """A confirmation: the button is the whole form."""
