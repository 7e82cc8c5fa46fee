"""What people type into the board's pages. Parsing only; every rule is in the commands."""

from typing import Any

from django import forms

from accounts.models import Person
from accounts.states import Profile, Role, RollCall
from board.founding import Founder, Proposal
from board.models import Board, Recusal, Seat
from core.dates import DayField, InstantField


class OpenForm(forms.Form):
    """When a vote closes, and whether holds block in it: asked only where a hold stopped the round before."""

    closes_at = InstantField(
        label="Closes (UTC)", help_text="A vote at this very minute is late. The server's clock decides."
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
    """Text that some choices need: not called optional, and not demanded by the form. The command decides."""

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
    """A position the secretary enters for a member."""

    member = forms.ChoiceField(label="Member")

    field_order = ("member", "position", "reason", "lifts_when")

    def __init__(self, *args: Any, members: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", "Choose the member"), *members]  # type: ignore[attr-defined]
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


class MotionForm(forms.Form):
    """The words of a motion."""

    title = forms.CharField(
        label="The question", max_length=200, help_text="As a reader would ask it: “Shall … be …?”"
    )
    text = forms.CharField(
        label="What is asked",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
        help_text="So that it can be carried out as written: who, what, from when.",
    )
    status_quo = forms.CharField(
        label="What happens if we do nothing", widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )


class NewMotionForm(MotionForm):
    """A motion moved by hand, before one of the boards."""

    board = forms.ChoiceField(label="Board")
    kind = forms.ChoiceField(label="Kind")

    field_order = ("board", "kind", "title", "text", "status_quo")

    def __init__(
        self, *args: Any, boards: list[tuple[str, str]], kinds: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].choices = boards  # type: ignore[attr-defined]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


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

    person_id = forms.ModelChoiceField(
        label="Person", queryset=Person.objects.none(), empty_label="Choose the person"
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


class FounderForm(forms.Form):
    """One person of the founding. Whether it is complete is for the command to say: a draft need not be."""

    name = forms.CharField(label="Name", max_length=200, required=False)
    email = forms.EmailField(label="E-mail address", required=False)
    affiliation = forms.CharField(label="Affiliation", max_length=200, required=False)
    seat = forms.ChoiceField(
        label="Seat on the board", choices=[("", "No seat"), *Seat.Role.choices], required=False
    )
    ends_on = forms.DateField(
        label="Term of office ends",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    roles = forms.MultipleChoiceField(
        label="Roles", choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def founder(self) -> Founder:
        said = self.cleaned_data
        return Founder(
            name=said.get("name", ""),
            email=said.get("email", ""),
            affiliation=said.get("affiliation", ""),
            seat=said.get("seat", ""),
            ends_on=said["ends_on"].isoformat() if said.get("ends_on") else "",
            roles=tuple(said.get("roles", ())),
        )


class FoundingForm(forms.Form):
    """The founding on one page: the house, and a line per person. A draft may lack anything."""

    use_required_attribute = False
    PLACES = 40  # as many people as one founding takes; more are admitted afterwards

    organisation = forms.CharField(label="Name of the organisation", max_length=200, required=False)
    profile = forms.ChoiceField(
        label="Profile", choices=Profile.choices, required=False, widget=forms.RadioSelect
    )
    public_site = forms.TypedChoiceField(
        label="Public site",
        choices=[
            ("yes", "Yes: register, decisions and essays can be read by everybody"),
            ("no", "No: everything asks for sign-in"),
        ],
        coerce=lambda word: word == "yes",
        empty_value="yes",
        required=False,
        widget=forms.RadioSelect,
        help_text="It can be changed later, with a reason.",
    )
    roll_call = forms.ChoiceField(
        label="What a public decision tells of who voted how",
        choices=[
            (RollCall.NAMES, "Names: each member with their vote"),
            (RollCall.AFFILIATIONS, "Affiliations: each vote with where the member comes from"),
            (RollCall.TOTALS, "Totals only: how many approved, rejected, abstained"),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    board = forms.CharField(
        label="Name of the board",
        max_length=200,
        required=False,
        help_text="As it stands in decisions: “Retirement board”.",
    )
    act_floor = forms.IntegerField(
        label="Fewest who can act",
        min_value=2,
        max_value=300,
        required=False,
        help_text="With fewer eligible members a vote decides nothing. Two for a small board, three for a larger one.",
    )
    notice_days = forms.IntegerField(
        label="Days of notice",
        min_value=0,
        max_value=3650,
        required=False,
        help_text="The least it promises between announcing a retirement of your own model and its day.",
    )

    def __init__(self, *args: Any, proposal: Proposal, lines: int, **kwargs: Any) -> None:
        house = {
            **proposal.as_data(),
            "public_site": "yes" if proposal.public_site else "no",
        }
        super().__init__(*args, **kwargs)
        self.initial = house
        given = [{**line, "ends_on": line["ends_on"] or None} for line in proposal.as_data()["people"]]
        count = max(2, len(given), min(lines, self.PLACES))
        self.people = [
            FounderForm(
                self.data if self.is_bound else None,
                prefix=f"p{place}",
                initial=given[place] if place < len(given) else None,
            )
            for place in range(count)
        ]
        for form in self.people:
            form.use_required_attribute = False

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(form.is_valid() for form in self.people)])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        faulty = [place for place, form in enumerate(self.people, start=1) if not form.is_valid()]
        if faulty:
            raise forms.ValidationError(
                "Look at person " + ", ".join(map(str, faulty)) + ": something there cannot be read."
            )
        return {
            "proposal": Proposal(
                organisation=said.get("organisation", ""),
                profile=said.get("profile", ""),
                public_site=bool(said.get("public_site", True)),
                roll_call=said.get("roll_call", ""),
                board=said.get("board", ""),
                act_floor=said.get("act_floor") or 2,
                notice_days=said["notice_days"] if said.get("notice_days") is not None else 60,
                people=tuple(form.founder() for form in self.people),
            )
        }
