"""Parses the filters of the list and the reason of an act. Knows no rules."""

from typing import Any

from django import forms
from django.http import QueryDict

from core.policies import Actor
from modelcalls.models import Endpoint
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
