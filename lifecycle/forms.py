"""Forms of lifecycle: they parse; what is acceptable is for the commands to say."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet

from accounts.models import Person
from board.models import Board
from core import clock
from core.choosing import ChoiceOfMany
from core.dates import DayField, InstantField
from lifecycle.legality import misfit
from lifecycle.models import AIModel, Case
from lifecycle.models.facts import KINDS
from lifecycle.models.suspensions import MOST_DAYS
from lifecycle.queries.dossiers import Checked
from lifecycle.stages import Stage
from lifecycle.states import CaseKind, CaseState, CommitmentState, OurUse, Visibility
from modelcalls.models import Endpoint

# How far from today a wished day may lie: further away is a slip of the keyboard.
FURTHEST_PLAN = timedelta(days=3653)


def words(label: str, help_text: str = "", *, rows: int = 3) -> forms.CharField:
    """A field for prose of people."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=20_000, widget=area)


def day(label: str, help_text: str = "") -> DayField:
    return DayField(label=label, help_text=help_text, required=False)


class AsOfForm(forms.Form):
    """The two dates of a page; empty means today."""

    as_of = DayField(label="True on", required=False)
    known_at = DayField(label="Known to us on", required=False)


class RegisterFilterForm(AsOfForm):
    """What of the vendors' list to show."""

    q = forms.CharField(label="Name contains", required=False, max_length=200)
    provider = forms.ChoiceField(label="Offered by", required=False)
    stage = forms.ChoiceField(label="Stage", required=False, choices=[("", "Any"), *Stage.choices[:5]])

    def __init__(self, data: Any, *, providers: list[str]) -> None:
        super().__init__(data)
        field: Any = self.fields["provider"]
        field.choices = [("", "Anybody"), *((name, name) for name in providers)]


class AIModelForm(forms.Form):
    name = forms.CharField(label="Name", max_length=200)
    provider = forms.CharField(label="Made by", max_length=200)
    slug = forms.SlugField(
        label="Address", max_length=250, required=False, help_text="Made from the name when left empty."
    )
    ours = forms.BooleanField(
        label="Its weights are ours",
        required=False,
        initial=True,
        help_text="A vendor’s model has the stage its facts give it; ours changes by decision only.",
    )
    family = forms.CharField(label="Family", max_length=200, required=False)
    released_on = day("Released on")
    licence = forms.CharField(label="Licence", max_length=200, required=False)
    description = words("Description")
    endpoint_id = ChoiceOfMany(
        Endpoint.objects.filter(active=True),
        label="Where it answers",
        required=False,
        empty_label="Nowhere yet",
        help_text="The endpoint interviews and essays ask.",
    )
    succeeds_id = ChoiceOfMany(
        AIModel.objects.filter(ours=True).order_by("name"),
        label="Succeeds",
        required=False,
        empty_label="None",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field in ("endpoint_id", "succeeds_id", "steward_id"):
            if field not in self.fields:
                continue
            row = cleaned.get(field)
            cleaned[field] = row.pk if row else None
        return cleaned


class AIModelEditForm(AIModelForm):
    """Particulars that can be corrected later."""

    steward_id = ChoiceOfMany(
        Person.objects.none(),
        label="Steward",
        required=False,
        empty_label="Nobody yet",
        apart=lambda row: row.affiliation,
        help_text="Who answers for this model and is asked about it.",
    )

    field_order = ("steward_id", "family", "licence", "description", "endpoint_id", "succeeds_id")

    def __init__(self, *args: Any, stewards: QuerySet[Person], ai_model: AIModel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["steward_id"].queryset = stewards
        fields["succeeds_id"].queryset = fields["succeeds_id"].queryset.exclude(pk=ai_model.pk)
        if ai_model.endpoint_id is not None:
            # One that was switched off since stays chosen: saving another field must not disconnect it.
            usable = Q(active=True) | Q(pk=ai_model.endpoint_id)
            fields["endpoint_id"].queryset = Endpoint.objects.filter(usable)
        for name in ("name", "provider", "slug", "ours", "released_on"):
            del self.fields[name]


class FactForm(forms.Form):
    kind = forms.ChoiceField(label="What it speaks of", choices=KINDS)
    effective = day("True on", "The day the source names. Empty for a replacement in words.")
    value = forms.CharField(
        label="In words", required=False, max_length=500, help_text="For a replacement or a change of access."
    )
    source = forms.CharField(label="Source", max_length=200, help_text="Who says so: “Release notes”.")
    locator = forms.CharField(label="Where in it", max_length=200, required=False)
    url = forms.URLField(label="Its address", max_length=2000, required=False, assume_scheme="https")
    captured = words("The source’s text", "Only its digest is kept, so that a later edit can be proved.")


class CaseNewForm(forms.Form):
    kind = forms.ChoiceField(label="What the board is to decide", choices=CaseKind.choices)
    ai_model_id = ChoiceOfMany(
        AIModel.objects.order_by("-ours", "name"),
        label="AI model",
        empty_label="Choose the model",
        apart=lambda row: row.provider,
    )
    board_id = forms.ModelChoiceField(label="Board", queryset=Board.objects.all(), empty_label=None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field in ("ai_model_id", "board_id"):
            if cleaned.get(field):
                cleaned[field] = cleaned[field].pk
        return cleaned


BRIEF_FIELDS = (
    "title",
    "asked",
    "reason",
    "status_quo",
    "impact",
    "cannot_be_undone",
    "cost",
    "recommendation",
    "argument_against",
)


class CaseForm(forms.Form):
    """All that a case says, in the order of its brief."""

    title = forms.CharField(label="Title", max_length=200)
    asked = words("What is asked", "In words that can be carried out as written.")
    reason = words("Why")
    status_quo = words("If we do nothing")
    impact = words("Who loses what")
    cannot_be_undone = words("What cannot be undone")
    cost = words("Cost")
    recommendation = words("What you recommend")
    argument_against = words("Strongest argument against")
    announced_on = day("Announced on", "Empty: with the decision.")
    retires_on = day("Takes effect on", "Empty: with the decision.")
    ends_as = forms.ChoiceField(label="It ends as", choices=Case.ENDS_AS)
    our_use = forms.ChoiceField(
        label="Our use becomes", required=False, choices=[("", "As it is"), *OurUse.choices]
    )
    replacement = forms.CharField(label="Replacement", max_length=500, required=False)
    no_replacement_reason = words("Or why there is none", rows=2)
    access_plan = words("Who can still use it, and how", rows=2)
    preservation_plan = words("How its weights are kept", rows=2)
    promise = words(
        "What the decision promises", "Becomes an open promise when the proposal carries.", rows=2
    )
    promise_due_on = day("Promised by")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(case, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if case.ai_model.ours:
            del self.fields["our_use"]
        else:
            for name in ("ends_as", "announced_on", "access_plan", "preservation_plan"):
                del self.fields[name]

    def brief_fields(self) -> list[forms.BoundField]:
        """What the board reads on the one page a case opens with."""
        return [self[name] for name in BRIEF_FIELDS]

    def plan_fields(self) -> list[forms.BoundField]:
        """What the decision would do."""
        return [field for field in self if field.name not in BRIEF_FIELDS]


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Why", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class BoardForm(forms.Form):
    """Which board, where there are several; it is chosen already where there is one."""

    board_id = forms.TypedChoiceField(label="Board", coerce=UUID)

    def __init__(self, *args: Any, boards: QuerySet[Board], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["board_id"]
        field.choices = [(str(board.pk), board.name) for board in boards]


class ReleaseForm(BoardForm):
    """Why a promise should be owed no more, and who decides it where no case says so."""

    reason = forms.CharField(
        label="Reason",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Printed with the decision, and shown beside the promise.",
    )


class SuspensionForm(BoardForm):
    """What the emergency is, and for how long the model is not asked."""

    reason = forms.CharField(
        label="What is the emergency?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The whole board reads it at once; it stands on the model’s page, for everybody who may see that.",
    )
    days = forms.IntegerField(label="Days", min_value=1, max_value=MOST_DAYS)

    field_order = ("reason", "days", "board_id")

    def __init__(self, *args: Any, days_left: int, gone: str, **kwargs: Any) -> None:
        """`gone`: what two people have used of their days, as a sentence. More is refused by the command, in words."""
        super().__init__(*args, **kwargs)
        days = self.fields["days"]
        days.initial = days.widget.attrs["max"] = days_left
        lapses = f"{days_left} at most. It lapses after that unless the board ratifies it."
        days.help_text = f"{lapses} {gone}".strip()


class RatificationForm(forms.Form):
    """Until when the board should let a suspension last, and why."""

    lasts_until = InstantField(label="It lasts until (UTC)")
    reason = forms.CharField(
        label="Why so long?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Printed with the decision.",
    )

    def __init__(self, *args: Any, at_most: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lasts_until"].help_text = f"At the latest until {at_most}; for longer, open a case."


class WaiverForm(forms.Form):
    """What the board is asked to decide without, and why."""

    requirement = forms.ChoiceField(label="Requirement that is not met", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why should the board decide without it?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Printed with the decision, and shown where the requirement is.",
    )

    def __init__(self, *args: Any, unmet: Sequence[Checked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["requirement"]
        field.choices = [(each.key, f"{each.label}: {each.finding.sentence}") for each in unmet]


class VisibilityForm(forms.Form):
    """What the public sees of one record."""

    visibility = forms.ChoiceField(
        label="Who may read it",
        choices=[
            ("public", "Public: everybody, now"),
            (Visibility.EMBARGOED.value, "Embargoed: everybody, from an instant on"),
            (Visibility.INTERNAL.value, "Internal: people at the desk alone"),
        ],
        widget=forms.RadioSelect,
    )
    embargo_until = InstantField(
        label="Embargoed until (UTC)", required=False, help_text="For an embargo. It lifts by itself."
    )
    reason = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept in its history, with what the public saw before.",
    )

    def __init__(self, data: Any, *, row: AIModel | Case) -> None:
        now = {"visibility": row.visibility or "public", "embargo_until": row.embargo_until}
        super().__init__(data, initial=now)

    def clean_visibility(self) -> str | None:
        chosen: str = self.cleaned_data["visibility"]
        return None if chosen == "public" else chosen


class ProposeForm(forms.Form):
    """The digest of the dossier that was read."""

    digest = forms.CharField(widget=forms.HiddenInput(), max_length=64)


class NothingForm(forms.Form):
    """A confirmation: the button is the whole form."""


class EvidenceForm(forms.Form):
    evidence = forms.CharField(
        label="What shows it",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence that people can check; it is shown with the promise.",
    )
    evidence_url = forms.URLField(
        label="Where it can be seen", max_length=2000, required=False, assume_scheme="https"
    )


class BindForm(forms.Form):
    """Which kind of case a promise speaks against."""

    kind = forms.ChoiceField(label="It speaks against", choices=CaseKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="Why", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class CaseFilterForm(forms.Form):
    state = forms.ChoiceField(
        label="State", required=False, choices=[("live", "Under way"), ("", "All"), *CaseState.choices]
    )
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "Any"), *CaseKind.choices])


class PromiseFilterForm(forms.Form):
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "All"), ("overdue", "Overdue"), *CommitmentState.choices]
    )


def fitting_kinds(ai_model: AIModel) -> list[tuple[str, str]]:
    """The kinds of case that can be opened about a model now."""
    return [
        (value, label)
        for value, label in CaseKind.choices
        if not misfit(value, name=ai_model.name, ours=ai_model.ours, stage=ai_model.stage)
    ]


class WishedDayForm(forms.Form):
    """A day to try out. It is asked by GET and saves nothing."""

    retires_on = DayField(label="It takes effect on")

    def clean_retires_on(self) -> date:
        wished: date = self.cleaned_data["retires_on"]
        if abs(wished - clock.today()) > FURTHEST_PLAN:
            raise forms.ValidationError("Choose a day within ten years.")
        return wished


class DatesForm(forms.Form):
    """The dates of a case, as its plan gives them."""

    retires_on = DayField(label="It takes effect on")
    announced_on = day("Users are told on", "The latest day is filled in; an earlier one is always fine.")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not case.ai_model.ours:
            del self.fields["announced_on"]
