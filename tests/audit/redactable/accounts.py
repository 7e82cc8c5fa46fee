"""Pages that show text of people that can be redacted."""

from django.urls import reverse

from tests.audit.redactable import Made, Shown
from tests.cast import Cast


def _person(cast: Cast) -> Made:
    row = cast.person("editor")
    return row, reverse("accounts:person", args=[row.pk])


SHOWN = {
    "a person": Shown("accounts.Person", _person, ("name", "affiliation"), "steward"),
}
