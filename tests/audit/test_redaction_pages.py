"""Redaction in the browser: two people, one after the other; what leads nowhere is explained."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Person
from audit.disclosures import BLANK
from audit.models import Event
from tests.audit.test_redaction import propose
from tests.cast import Cast

WHY = "She asked us in writing to remove it."


@pytest.fixture
def desk(db: None, cast: Cast, signed_in: Callable[[str], Client]) -> Callable[[str], Client]:
    return signed_in


def test_two_people_redact_in_the_browser(desk: Callable[[str], Client], cast: Cast) -> None:
    person = cast.person("outsider")
    steward, second = desk("steward"), desk("secretary")
    empty = steward.get("/desk/redactions/")
    assert b"Nothing was ever blanked here." in empty.content
    asked = steward.get("/desk/redactions/new/", {"record": f"https://example.org/desk/people/{person.pk}/"})
    assert b"affiliation" in asked.content.lower()
    address = f"/desk/redactions/new/?record={person.pk}"
    sent = {"columns": ["affiliation"], "reason": "privacy", "explanation": WHY}
    led = steward.post(address, sent)
    assert led.status_code == 303
    page = steward.get(led["Location"])
    assert b"another person confirms it" in page.content
    waiting = second.get("/desk/")
    assert b"Confirm: Redaction of 1 field of a person" in waiting.content
    assert b"Office of the outsider" in second.get(f"{led['Location']}confirm/").content
    assert second.post(f"{led['Location']}confirm/", {}).status_code == 422
    done = second.post(f"{led['Location']}confirm/", {"certain": "on"})
    assert done.status_code == 303
    assert Person.objects.get(pk=person.pk).affiliation == BLANK
    shown = desk("auditor").get(led["Location"]).content.decode()
    assert "Secretary carried it out" in shown
    assert WHY in shown
    assert b"Carried out" in second.get("/desk/redactions/").content
    assert second.post(f"{led['Location']}confirm/", {"certain": "on"}).status_code == 409
    entry = Event.objects.filter(verb="accounts.person.admitted", target_id=str(person.pk)).latest("number")
    shown = desk("auditor").get(f"/desk/audit/{entry.number}/").content.decode()
    assert "Steward proposed it, Secretary confirmed it" in shown
    assert "Office of the outsider" not in shown


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("https://example.org/desk/people/", "There is no record’s number in this"),
        ("00000000-0000-4000-8000-000000000000", "No record has this number"),
    ],
)
def test_an_address_that_leads_nowhere_is_explained(
    said: str, answer: str, desk: Callable[[str], Client]
) -> None:
    response = desk("steward").get("/desk/redactions/new/", {"record": said})
    assert response.status_code == 422
    assert answer in response.content.decode()


def test_a_reason_is_needed_to_turn_one_down(desk: Callable[[str], Client], cast: Cast) -> None:
    row = propose(cast, cast.person("outsider"), "affiliation")
    member = desk("member")
    assert member.post(f"/desk/redactions/{row.pk}/drop/", {"reason": ""}).status_code == 422
    assert (
        member.post(f"/desk/redactions/{row.pk}/drop/", {"reason": "It is public anyway."}).status_code == 303
    )
    assert Event.objects.filter(verb="audit.redaction.dropped", reason="It is public anyway.").exists()
