"""Forms of control tests and findings: they parse; what is acceptable is for the commands to say."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms

from accounts.models import Person
from audit.registry import populations
from controls.states import FindingState, Result, SeedSource, Severity
from core import clock
from core.choosing import ChoiceOfMany
from core.dates import DayField

ANSWER_WITHIN = timedelta(days=14)


def words(label: str, help_text: str = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, max_length=20_000, widget=area, required=required
    )


class DefineForm(forms.Form):
    title = forms.CharField(
        label="Rule",
        max_length=200,
        help_text="A sentence that is true when the rule was kept: “Every retirement was decided by a carried vote.”",
    )
    criterion = words("What a record must show to pass", rows=3)
    population = forms.ChoiceField(label="Population", help_text="The records the rule is about.")
    since = DayField(label="From")
    until = DayField(label="To, that day included")
    wanted = forms.IntegerField(
        label="Sample size", min_value=0, initial=25, help_text="0: every record, at most 200."
    )
    seed_source = forms.ChoiceField(
        label="Where the seed comes from",
        choices=SeedSource.choices,
        initial=SeedSource.CHECKPOINT,
        widget=forms.RadioSelect,
        help_text="Nobody can know or choose the root of a checkpoint that is not sealed yet.",
    )
    seed = forms.SlugField(
        label="Seed",
        max_length=100,
        required=False,
        help_text="Only for a seed of your own: letters, digits, hyphens.",
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["population"]
        choices = sorted((each.label, key) for key, each in populations.items())
        field.choices = [("", "Choose one"), *((key, label) for label, key in choices)]


class ConfirmForm(forms.Form):
    """Nothing to say: the button is enough."""


class ConclusionForm(forms.Form):
    conclusion = words("Conclusion", "What the test showed, in a sentence or two.")


class DropForm(forms.Form):
    conclusion = words("Why it is given up", rows=3)


class JudgeForm(forms.Form):
    result = forms.ChoiceField(
        label="Judgement", choices=Result.choices, widget=forms.RadioSelect(attrs={"autofocus": True})
    )
    note = words("Note", "Why, where it does not simply pass.", rows=3, required=False)


class FindingFilterForm(forms.Form):
    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), *FindingState.choices])


class RaiseForm(forms.Form):
    title = forms.CharField(label="What was found", max_length=200)
    detail = words("Rule and evidence", "Which rule was not kept, and what shows it.")
    severity = forms.ChoiceField(label="Severity", choices=Severity.choices, widget=forms.RadioSelect)
    answer_by = DayField(label="Answer by", initial=lambda: clock.today() + ANSWER_WITHIN)


class PersonChoice(ChoiceOfMany):
    """An active person, given as their id."""

    def clean(self, value: Any) -> UUID | None:
        found = super().clean(value)
        return found.pk if found is not None else None


class AnswerForm(forms.Form):
    text = words("Answer", "What is done about it, or why it is not what it seems.")
    owner_id = PersonChoice(
        Person.objects.filter(active=True).order_by("name"),
        label="Owner",
        help_text="Who does it.",
        apart=lambda row: row.affiliation,
    )
    due_on = DayField(label="Done by")


class SendBackForm(forms.Form):
    text = words("What is still missing")
    answer_by = DayField(label="Answer by", initial=lambda: clock.today() + ANSWER_WITHIN)


class CloseForm(forms.Form):
    text = words("What shows that it is settled")
