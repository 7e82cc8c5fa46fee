"""What is typed to open a vote, to take part in it and to end it."""

from typing import Any

from django import forms

from board.models import Recusal
from core.dates import InstantField


class OpenForm(forms.Form):
    """When a vote closes, whether it is secret until then, and whether holds block in it.

    The last is asked only where a hold stopped the round before.
    """

    closes_at = InstantField(
        label="Closes (UTC)", help_text="A vote at this very minute is late. The server's clock decides."
    )
    secret = forms.BooleanField(
        label="Secret until it closes",
        required=False,
        help_text="Nobody, not even the secretary, sees a position, a count or who has voted before the close. "
        "It cannot close early, nobody votes for a member, and this is never changed.",
    )
    override = forms.BooleanField(
        label="Holds do not block in this round",
        required=False,
        help_text="An override: at least two thirds of the eligible must approve, and at most two may reject.",
    )

    def __init__(self, *args: Any, may_override: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_override:
            del self.fields["override"]


class NeededSometimes(forms.CharField):
    """Text that some choices need: not called optional, and not demanded by form or browser. The command decides."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.widget.use_required_attribute = lambda initial: False

    def validate(self, value: str) -> None:
        """Empty is fine here."""


class PositionForm(forms.Form):
    """A position. The radio buttons are drawn by the page."""

    use_required_attribute = False

    position = forms.CharField(
        label="Your vote", error_messages={"required": "Choose approve, reject, abstain or hold."}
    )
    reason = NeededSometimes(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        help_text="Needed to reject, to hold, and for any change. The board reads it; it is printed with the decision.",
    )
    lifts_when = NeededSometimes(
        label="What would lift the hold?",
        max_length=1000,
        help_text="One thing that can be done and checked.",
    )


class EnterForm(PositionForm):
    """A position the secretary enters for a member. `named`: the page names whose it is, the only one in `members`."""

    member = forms.ChoiceField(label="Member")

    field_order = ("member", "position", "reason", "lifts_when")

    def __init__(
        self, *args: Any, members: list[tuple[str, str]], named: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", "Choose the member"), *members]  # type: ignore[attr-defined]
        if named:
            self.fields["member"].widget = forms.HiddenInput()
            self.initial["member"] = members[0][0]
        self.fields["position"].label = "Their vote"
        self.fields["reason"].help_text = (
            "Needed to reject, to hold, and for any change. "
            "Say also how it reached you: by telephone, on paper."
        )


class RecuseForm(forms.Form):
    """A recusal."""

    category = forms.ChoiceField(
        label="What kind of conflict is it?",
        choices=Recusal.Category,
        widget=forms.RadioSelect,
        help_text="The kind is printed with the decision.",
    )
    text = forms.CharField(
        label="What is it?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="A sentence. The board reads it; it is not published.",
    )


class ReasonForm(forms.Form):
    """One reason, for acts that need no more."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class CloseForm(forms.Form):
    """A note on closing, if there is one."""

    reason = forms.CharField(
        label="Note", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


class ConfirmForm(forms.Form):
    """Nothing to type: pressing the button is the act."""
