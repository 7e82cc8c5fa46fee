"""What people type about people. Parsing only; every rule is in the commands."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms

from accounts.states import Role, RollCall


class PersonForm(forms.Form):
    """How somebody is named."""

    name = forms.CharField(label="Name", max_length=200)
    affiliation = forms.CharField(
        label="Affiliation",
        max_length=200,
        required=False,
        help_text="Where they come from. It stands beside their votes.",
    )


class AdmitForm(PersonForm):
    """Somebody new, and the roles they begin with."""

    email = forms.EmailField(
        label="Email", help_text="They sign in with it. A link to choose a password goes there."
    )
    roles = forms.MultipleChoiceField(
        label="First roles",
        choices=[(role, label) for role, label in Role.choices if role != Role.AUDITOR],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="An auditor’s role needs a last day: admit them, then grant it.",
    )
    field_order = ("name", "email", "affiliation", "roles")


class GrantForm(forms.Form):
    """One role, for a time or until it is revoked."""

    role = forms.ChoiceField(label="Role", choices=Role.choices, widget=forms.RadioSelect)
    ends_at = forms.DateField(
        label="Last day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Empty: until it is revoked. An auditor’s role needs one, at most 366 days from now.",
    )

    def clean_ends_at(self) -> datetime | None:
        day = self.cleaned_data["ends_at"]
        return datetime.combine(day, time.max, tzinfo=UTC) if day else None


class WhyForm(forms.Form):
    """One reason."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class VisibilityForm(WhyForm):
    """What of this installation is public."""

    public_site = forms.TypedChoiceField(
        label="Public site",
        choices=[
            ("yes", "Yes: register, decisions and essays can be read by everybody"),
            ("no", "No: everything asks for sign-in"),
        ],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    roll_call = forms.ChoiceField(
        label="What a public decision tells of who voted how",
        choices=[
            (RollCall.NAMES.value, "Names: each member with their vote"),
            (RollCall.AFFILIATIONS.value, "Affiliations: each vote with where the member comes from"),
            (RollCall.TOTALS.value, "Totals only: how many approved, rejected, abstained"),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("public_site", "roll_call", "reason")


class PeopleFilterForm(forms.Form):
    """Which people a list shows."""

    q = forms.CharField(label="Name or affiliation", required=False, max_length=100)
    state = forms.ChoiceField(
        label="Who",
        required=False,
        choices=[("", "Active"), ("inactive", "Not active"), ("all", "Everybody")],
    )

    def chosen(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_valid() else {}
