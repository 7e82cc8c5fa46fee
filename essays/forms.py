"""What people type about essays. Forms parse; the rules are the commands'."""

from typing import Any
from uuid import UUID

from django import forms

from board.models import Board
from core.choosing import ChoiceOfMany
from essays import asking, checklist
from essays.models import Series
from essays.states import Cadence, Capacity, Decision, Reason, Recommendation, WordingKind
from lifecycle.models import AIModel, Commitment

_REASONS = [("", "Choose a reason"), *Reason.choices]


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RequestForm(forms.Form):
    series = ChoiceOfMany(
        Series.objects.filter(ai_model__endpoint__active=True).select_related("ai_model").order_by("title"),
        name="title",
        label="Column",
        empty_label="Choose a column",
    )
    note = forms.CharField(
        label="Added to the standing prompt",
        required=False,
        widget=_long(3),
        help_text="Readers and editors see it. Leave it empty to ask with the standing prompt alone.",
    )
    title = forms.CharField(
        label="Title, should the author write none",
        required=False,
        help_text="The author’s own heading comes first; the text is never changed.",
    )
    max_tokens = forms.IntegerField(
        label="At most this many tokens",
        initial=asking.USUAL_TOKENS,
        min_value=asking.FEWEST_TOKENS,
        max_value=asking.MOST_TOKENS,
        help_text="About three words for four tokens. An answer that reaches the limit is not a whole text.",
    )
    temperature = forms.FloatField(
        label="Temperature", required=False, min_value=0, max_value=2, help_text="Empty: the endpoint’s own."
    )


class ReviewForm(forms.Form):
    """One box per check; the buttons say what is recommended."""

    digest = forms.CharField(widget=forms.HiddenInput)
    comment = forms.CharField(label="Note to the other editors", required=False, widget=_long(4))
    reason_code = forms.ChoiceField(label="Reason to decline", choices=_REASONS, required=False)
    recommendation = forms.ChoiceField(choices=Recommendation.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, sentence in checklist.items():
            self.fields[f"check_{key}"] = forms.BooleanField(label=sentence, required=False)

    @property
    def version(self) -> int:
        return checklist.VERSION

    @property
    def checks(self) -> list[forms.BoundField]:
        return [self[f"check_{key}"] for key, _ in checklist.items()]

    def answers(self) -> dict[str, bool]:
        return {key: self.cleaned_data[f"check_{key}"] for key, _ in checklist.items()}


class PublishForm(forms.Form):
    digest = forms.CharField(widget=forms.HiddenInput)


class AskAgainForm(forms.Form):
    reason = forms.CharField(
        label="Why again?", widget=_long(2), help_text="It stays beside the first answer."
    )
    max_tokens = forms.IntegerField(
        label="At most this many tokens", min_value=asking.FEWEST_TOKENS, max_value=asking.MOST_TOKENS
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(label="Why is it given up?", widget=_long(3))


class DecideForm(forms.Form):
    digest = forms.CharField(widget=forms.HiddenInput)
    capacity = forms.ChoiceField(label="You decide", choices=Capacity.choices)
    decision = forms.ChoiceField(label="Your decision", choices=Decision.choices, widget=forms.RadioSelect)
    reason_code = forms.ChoiceField(
        label="Reason to decline", choices=_REASONS, required=False, help_text="Only for declining."
    )
    rationale = forms.CharField(label="Your reasons", widget=_long(4), help_text="Kept with the essay.")

    def __init__(self, *args: Any, capacities: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [choice for choice in Capacity.choices if choice[0] in capacities]
        if offered:
            self.fields["capacity"].choices = offered  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.fields["capacity"].widget = forms.HiddenInput()
            self.initial["capacity"] = offered[0][0]


class VetoForm(forms.Form):
    """Why the board should decline it. What is typed is public with the decision."""

    digest = forms.CharField(widget=forms.HiddenInput)
    board_id = forms.TypedChoiceField(label="Board", coerce=UUID)
    reason_code = forms.ChoiceField(label="Reason to decline", choices=_REASONS)
    rationale = forms.CharField(
        label="What calls for it?",
        max_length=2000,
        widget=_long(4),
        help_text="Printed with the decision, which is public: do not repeat what should not be read.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["board_id"]
        field.choices = [(str(board.pk), board.name) for board in Board.objects.all()]


class RenewForm(forms.Form):
    """Nothing to type: the newest disclaimer is shown above the button."""


class SeriesForm(forms.Form):
    ai_model = ChoiceOfMany(
        AIModel.objects.filter(endpoint__active=True).order_by("name"),
        label="Author",
        empty_label="Choose an AI model",
        apart=lambda row: row.provider,
    )
    title = forms.CharField(label="Title of the column", help_text="Its address is made from it.")
    about = forms.CharField(label="About it", required=False, widget=_long(2))
    cadence = forms.ChoiceField(label="How often", choices=Cadence.choices)
    promised_issues = forms.IntegerField(
        label="Issues promised, at least", initial=13, min_value=1, max_value=1000
    )
    commitment = ChoiceOfMany(
        Commitment.objects.filter(state="open", ai_model__endpoint__active=True)
        .select_related("ai_model")
        .order_by("-number"),
        name="text",
        apart=lambda row: row.ai_model.name,
        label="Promise behind it",
        required=False,
        empty_label="None",
    )
    prompt = forms.CharField(
        label="Standing prompt",
        widget=_long(4),
        initial="Write this week’s column. Subject, length and form are yours.",
        help_text="What the author is asked with, every time. Readers see it.",
    )
    disclaimer = forms.CharField(
        label="Disclaimer",
        widget=_long(3),
        help_text="Stands above every essay, in every feed and every mail.",
    )
    edit_policy = forms.CharField(
        label="Editing rules",
        widget=_long(3),
        initial="An essay goes out as written. An edit needs a reason, the author’s view and a second editor.",
    )


class WordingForm(forms.Form):
    kind = forms.ChoiceField(label="Which wording", choices=WordingKind.choices)
    text = forms.CharField(label="The new version", widget=_long(6))
