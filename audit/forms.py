"""The auditor's filters. Parses the address line; knows no rules."""

from typing import Any

from django import forms
from django.http import QueryDict

from audit.models import Event
from audit.queries import Filters
from core.dates import DayField

PARTS = [
    ("", "Any"),
    ("lifecycle", "Models and cases"),
    ("board", "Board"),
    ("interviews", "Interviews"),
    ("essays", "Essays"),
    ("modelcalls", "Model calls"),
    ("accounts", "People and sign-in"),
    ("audit", "Records"),
]


class FilterForm(forms.Form):
    """All fields optional; what cannot be read is ignored rather than refused, since it is an address."""

    person = forms.CharField(required=False, widget=forms.TextInput(attrs={"placeholder": "Anyone"}))
    app = forms.ChoiceField(required=False, choices=PARTS, label="Part")
    object = forms.CharField(
        required=False, label="Record", widget=forms.TextInput(attrs={"placeholder": "Any"})
    )
    outcome = forms.ChoiceField(required=False, choices=[("", "Done or refused"), *Event.Outcome.choices])
    since = DayField(required=False, label="From")
    until = DayField(required=False, label="To")
    words = forms.CharField(required=False)

    def filters(self) -> Filters:
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})

    def chosen(self) -> list[dict[str, Any]]:
        """What is filtered by, each with the query string that drops it."""
        query = QueryDict(mutable=True)
        query.update(self.data)
        query.pop("cursor", None)
        found = []
        for name, value in self.cleaned_data.items():
            if not value:
                continue
            without = query.copy()
            without.pop(name, None)
            shown = dict(getattr(self.fields[name], "choices", [])).get(value, value)
            found.append({"label": self[name].label, "value": shown, "without": without.urlencode()})
        return found
