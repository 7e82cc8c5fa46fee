"""What people type for the acts on a vote besides voting. Parsing only; every rule is in the commands."""

from typing import Any

from django import forms

from board.forms.ballots import NeededSometimes
from board.forms.motions import MotionForm
from board.models import CastingVote, PositionAnswer, Recusal, Statement
from board.tally import STANDARD_TERMS
from core.dates import DayField, InstantField


def words(label: str, help_text: str = "", *, rows: int = 3, longest: int = 5000) -> forms.CharField:
    """A field for sentences."""
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=longest,
        help_text=help_text,
    )


class AnswerForm(forms.Form):
    """Whether a position entered for one is one's own."""

    answer = forms.ChoiceField(
        label="Is it your position?", choices=PositionAnswer.Answer, widget=forms.RadioSelect
    )
    text = NeededSometimes(
        label="What you had said",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text="Needed to contest it. A contested position never counts.",
    )


class RenewForm(forms.Form):
    """Why a hold is to stand for another span."""

    reason = words("What was tried to lift it, and what is still missing?")


class EnterRecusalForm(forms.Form):
    """A recusal the secretary writes down for a member."""

    member_id = forms.ChoiceField(label="Member")
    category = forms.ChoiceField(
        label="What kind of conflict is it?", choices=Recusal.Category, widget=forms.RadioSelect
    )
    text = words("What is it?", "In the member’s words. The board reads it; it is not published.")

    def __init__(self, *args: Any, members: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_id"].choices = [("", "Choose the member"), *members]  # type: ignore[attr-defined]


class AnswerRecusalForm(forms.Form):
    """Whether a recusal entered for one is one's own."""

    answer = forms.ChoiceField(
        label="Do you recuse yourself?",
        choices=[("confirm", "Confirm: I recuse myself"), ("decline", "Decline: I stay an elector")],
        widget=forms.RadioSelect,
    )
    reason = NeededSometimes(
        label="Why not",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text="Needed to decline.",
    )


class ExtendForm(forms.Form):
    """Until when a vote is extended, and why."""

    closes_at = InstantField(label="Closes (UTC)")
    reason = words("Why does the vote need more time?", "Everybody on the roll reads it.")


class CastingVoteForm(forms.Form):
    """The chair's casting vote."""

    position = forms.ChoiceField(label="Casting vote", choices=CastingVote.Choice, widget=forms.RadioSelect)
    reason = words("Reason", "It is printed with the decision.")


class ObjectForm(forms.Form):
    """Why a vote should go on."""

    objection = words("Why should the vote go on?")


class FixForm(MotionForm):
    """The words of a motion, put right."""

    reason = words("What is wrong, and why does the question stay the same?", longest=2000)


class DecideFixForm(forms.Form):
    """Whether a fix changes nothing that is asked."""

    answer = forms.ChoiceField(
        label="Does it change what is asked?",
        choices=[
            ("confirm", "Confirm: nothing asked changes"),
            ("refuse", "Refuse: it does, or it is not needed"),
        ],
        widget=forms.RadioSelect,
    )
    reason = NeededSometimes(
        label="Why it is refused",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text="Needed to refuse. What changes the question takes a new round.",
    )


class StatementForm(forms.Form):
    """Words for the record."""

    kind = forms.ChoiceField(label="What is it?", choices=Statement.Kind, widget=forms.RadioSelect)
    text = words("Statement", "Signed with your name and printed with the decision.", rows=6)


class OutcomeForm(forms.Form):
    """What a decision means and when it is looked at again."""

    text = words("What was decided in effect, and what follows?", rows=6)
    review_on = DayField(label="Looked at again on", required=False, help_text="Empty: no day is set.")


class ReconsiderForm(MotionForm):
    """A motion to reconsider, with what is new where the mover did not prevail."""

    new_information = NeededSometimes(
        label="What is known now that was not known then",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )

    def __init__(self, *args: Any, prevailed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_information"].help_text = (
            "You voted with the side that prevailed, so it may stay empty."
            if prevailed
            else "Needed, since you did not vote with the side that prevailed."
        )


class TermsForm(forms.Form):
    """Voting rules as they are proposed. The arithmetic of each set is fixed."""

    name = forms.ChoiceField(
        label="Rules",
        choices=[(name, name.replace("_", " ").capitalize()) for name in STANDARD_TERMS],
        help_text="Of the two ordinary sets, the one adopted last governs ordinary matters.",
    )
    minimum_opening_days = forms.IntegerField(
        label="Days a vote is open at least", min_value=0, max_value=365
    )
    hold_lapse_days = forms.IntegerField(label="Days until a hold lapses", min_value=1, max_value=365)
    extension_days = forms.IntegerField(
        label="Days of the one extension, at most", min_value=0, max_value=365
    )
    act_floor = forms.IntegerField(label="Fewest members able to act", min_value=2, max_value=300)
    why = words("Why should they change?", longest=2000)
