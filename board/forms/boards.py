"""What is typed to found a board and to change who sits on it."""

from typing import Any

from django import forms

from accounts.models import Person
from board.models import Board, Seat
from core.choosing import ChoiceOfMany
from core.dates import DayField


class FoundForm(forms.Form):
    """What a board is founded with. Its six sets of voting rules come with it."""

    name = forms.CharField(
        label="Name of the board", max_length=200, help_text="As it stands in decisions: “Retirement board”."
    )
    notice_days = forms.IntegerField(
        label="Days of notice it promises",
        min_value=0,
        max_value=3650,
        initial=60,
        help_text="Between the announcement of a retirement and the day it takes effect.",
    )
    act_floor = forms.IntegerField(
        label="Fewest members able to act",
        min_value=2,
        max_value=300,
        initial=3,
        help_text="With fewer eligible, nothing is decided. Three is usual; a small board adopts two.",
    )


class SeatForm(forms.Form):
    """Who takes which seat, for how long, and by what act."""

    person_id = ChoiceOfMany(
        Person.objects.none(),
        label="Person",
        empty_label="Choose the person",
        apart=lambda row: row.affiliation,
    )
    role = forms.ChoiceField(label="Seat", choices=Seat.Role.choices, initial=Seat.Role.MEMBER)
    starts_on = DayField(label="Term of office begins", required=False, help_text="Empty: today.")
    ends_on = DayField(label="Last day of the term", required=False, help_text="Empty: until it is ended.")
    basis = forms.CharField(
        label="Given by",
        max_length=500,
        help_text="The act that gives the seat: the founding, an election, an appointment and its date.",
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("person_id"):
            cleaned["person_id"] = cleaned["person_id"].pk
        return cleaned


class EndSeatForm(forms.Form):
    """By what act a seat ends before its term."""

    basis = forms.CharField(
        label="By what does it end?",
        max_length=500,
        help_text="A resignation and its date, or a removal and the decision that made it.",
    )
    voids_positions = forms.BooleanField(
        label="Positions already taken in open votes are void",
        required=False,
        help_text="Only where the decision that removes them says so. Otherwise what they voted stands.",
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["voids_positions"]


class StandInForm(forms.Form):
    """For whom an alternate stands in; nobody ends it."""

    member_seat_id = forms.ModelChoiceField(
        label="Stands in for",
        queryset=Seat.objects.none(),
        required=False,
        empty_label="Nobody: end the standing in",
    )
    reason = forms.CharField(label="Why", max_length=500, help_text="Leave, illness, a vacancy; until when.")

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["member_seat_id"]
        field.queryset = (
            Seat.objects.filter(
                board=board, ended_at=None, role__in=[Seat.Role.CHAIR, Seat.Role.VICE_CHAIR, Seat.Role.MEMBER]
            )
            .select_related("person")
            .order_by("person__name")
        )
        field.label_from_instance = lambda seat: f"{seat.person.name}, {seat.get_role_display().lower()}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seat = cleaned.get("member_seat_id")
        cleaned["member_seat_id"] = seat.pk if seat else None
        return cleaned
