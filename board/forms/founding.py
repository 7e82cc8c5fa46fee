"""What is typed into the founding of an installation."""

from typing import Any

from django import forms

from accounts.states import Profile, Role, RollCall
from board.founding import Founder, Proposal
from board.models import Seat


class FounderForm(forms.Form):
    """One person of the founding. Whether it is complete is for the command to say: a draft need not be."""

    name = forms.CharField(label="Name", max_length=200, required=False)
    email = forms.EmailField(label="Email", required=False)
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
