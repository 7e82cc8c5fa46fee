"""The auditor's forms: the filters of the timeline, an instant, what to take away. They parse; they know no rules."""

import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any
from uuid import UUID

from django import forms
from django.apps import apps
from django.http import QueryDict

from audit.models import Event, TrackedModel
from audit.origins import Kind
from audit.redactions import model_of
from audit.registry import describe
from audit.states import RedactionReason
from audit.timeline import Filters, name_of_actor, named
from audit.withholding import Withheld
from audit.wording import APPS, model_in_words, verb_in_words
from core.dates import INSTANTS, DayField, InstantField

_NUMBER = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

Choices = list[tuple[str, str | list[tuple[str, str]]]]


class NameInput(forms.TextInput):
    """A text with the suggestions of the page's <datalist id="people">."""

    def __init__(self) -> None:
        super().__init__({"placeholder": "Anyone", "list": "people", "autocomplete": "off"})


class FilterForm(forms.Form):
    """All fields optional; what cannot be read is ignored rather than refused, since it is an address."""

    person = forms.CharField(required=False, widget=NameInput)
    words = forms.CharField(required=False, widget=forms.TextInput(attrs={"placeholder": "Any"}))
    since = DayField(required=False, label="From")
    until = DayField(required=False, label="To")
    app = forms.ChoiceField(required=False, choices=[("", "Any"), *APPS.items()], label="Part")
    verb = forms.CharField(required=False, widget=forms.Select, label="What happened")
    kind = forms.CharField(required=False, widget=forms.Select, label="Kind of record")
    object = forms.CharField(
        required=False,
        label="Record",
        widget=forms.TextInput(attrs={"placeholder": "Any: words of its name, or its id"}),
    )
    outcome = forms.ChoiceField(required=False, choices=[("", "Done or refused"), *Event.Outcome.choices])
    origin = forms.ChoiceField(required=False, choices=[("", "Any"), *Kind.choices], label="Came by")

    def __init__(self, *given: Any, **named_ones: Any) -> None:
        super().__init__(*given, **named_ones)
        self.fields["verb"].widget.choices = verb_choices()
        self.fields["kind"].widget.choices = kind_choices()

    def filters(self) -> Filters:
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})

    def query(self) -> str:
        """The filters as a query string: the address of what is shown, from its first page."""
        self.is_valid()
        query = QueryDict(mutable=True)
        query.update({name: str(value) for name, value in self.cleaned_data.items() if value})
        return query.urlencode()

    def chosen(self, kept: Withheld) -> list[dict[str, Any]]:
        """What is filtered by, in words, each with the query string that drops it. `kept`: named to nobody."""
        self.is_valid()
        query = QueryDict(self.query(), mutable=True)
        found = []
        for name, value in self.cleaned_data.items():
            if value:
                without = query.copy()
                without.pop(name, None)
                found.append(
                    {
                        "label": self[name].label,
                        "value": self._in_words(name, value, kept),
                        "without": without.urlencode(),
                    }
                )
        return found

    def _in_words(self, name: str, value: Any, kept: Withheld) -> Any:
        if name == "person":
            return name_of_actor(value)
        if name == "verb":
            return verb_in_words(value)
        if name == "kind":
            return model_in_words(value)
        if name == "object" and (record := named(value)):
            newest = Event.objects.filter(target_type=record[0], target_id=record[1]).order_by("-number")
            newest = newest.exclude(number__in=kept.events)
            return newest.values_list("target_label", flat=True).first() or model_in_words(record[0]) or value
        return dict(getattr(self.fields[name], "choices", [])).get(value, value)


class InstantForm(forms.Form):
    """As of when. Empty: now."""

    at = InstantField(required=False, label="As of (UTC)", input_formats=[*INSTANTS, "%Y-%m-%dT%H:%M:%S.%f"])


class ExportForm(forms.Form):
    """In which form the entries are taken away."""

    form = forms.ChoiceField(
        label="Form",
        choices=[
            ("csv", "CSV, for a spreadsheet: cells that begin like a formula are preceded by an apostrophe"),
            ("jsonl", "JSON Lines, one entry a line, as they are"),
        ],
        widget=forms.RadioSelect,
        initial="csv",
    )


class FindForm(forms.Form):
    """Which record: its address, or its number alone."""

    record = forms.CharField(
        label="Address of the record",
        help_text="Copy it from the address line of its page, or paste the record’s number.",
    )

    def clean_record(self) -> UUID:
        found = _NUMBER.findall(self.cleaned_data["record"])
        if not found:
            raise forms.ValidationError(
                "There is no record’s number in this. Copy the address of its own page."
            )
        return UUID(found[-1])

    def model(self) -> type[TrackedModel] | None:
        """The kind of record it is; an error on the form where nothing has this number."""
        found = model_of(self.cleaned_data["record"])
        if found is None:
            self.add_error("record", "No record has this number. Copy the address of its own page.")
        return found


class RedactionForm(forms.Form):
    """Which fields, and why."""

    columns = forms.MultipleChoiceField(
        label="What is to be blanked",
        widget=forms.CheckboxSelectMultiple,
        help_text="In the record and in every version of it.",
    )
    reason = forms.ChoiceField(label="Why", choices=RedactionReason, widget=forms.RadioSelect)
    explanation = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Explanation",
        help_text="This stays and can be read: do not repeat what is to be blanked.",
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = [(name, words.capitalize()) for name, words in choices]  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """Said on purpose: there is no way back."""

    certain = forms.BooleanField(label="I know what is blanked, and that nobody can bring it back")


class DropForm(forms.Form):
    """Why not."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label="Reason")


@cache
def verb_choices() -> Choices:
    """Every verb the product has, by app."""
    found: Choices = [("", "Anything")]
    for app, label in APPS.items():
        verbs = sorted(str(verb) for verb in import_module(f"{app}.events").Verb)
        found.append((label, [(verb, verb_in_words(verb)) for verb in verbs]))
    return found


@cache
def kind_choices() -> Choices:
    """Every described kind of record, by app."""
    labels = sorted(label for label, _description in describe.items())
    return [
        ("", "Any"),
        *((words, list(_kinds(app, labels))) for app, words in APPS.items() if list(_kinds(app, labels))),
    ]


def _kinds(app: str, labels: Iterable[str]) -> Iterable[tuple[str, str]]:
    mine = [label for label in labels if label.startswith(f"{app}.") and apps.is_installed(app)]
    return [(label, model_in_words(label).capitalize()) for label in mine]
