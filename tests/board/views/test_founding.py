"""The first-run setup in the browser: written, kept, proposed, answered."""

from typing import Any

import pytest
from django.test import Client

from accounts import commands as accounts
from accounts.actors import PersonActor
from accounts.models import Person
from accounts.queries import organisation
from accounts.steps import password_link
from board.commands.founding import propose_founding
from board.founding import Proposal
from board.models import Founding, FoundingDraft
from tests.cast import PASSWORD
from tests.factories.founding import SECOND, a_proposal, first_person, propose, second_person

pytestmark = pytest.mark.django_db


def as_(actor: PersonActor) -> Client:
    client = Client()
    user = Person.objects.select_related("user").get(pk=actor.id).user
    assert user is not None
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def typed(proposal: Proposal, **more: Any) -> dict[str, Any]:
    """The proposal as a browser sends it."""
    data = proposal.as_data()
    people = data.pop("people")
    sent = {**data, "public_site": "yes" if data["public_site"] else "no", "lines": len(people)}
    for place, one in enumerate(people):
        sent |= {f"p{place}-{name}": value for name, value in one.items()}
    return {**sent, **more}


def test_the_first_person_is_led_to_the_setup_from_the_desk() -> None:
    client = as_(first_person())
    page = client.get("/desk/").content.decode()
    assert "Found this installation" in page
    assert "/desk/setup/" in page
    assert "Found this installation" in client.get("/desk/setup/").content.decode()


def test_a_draft_keeps_what_was_typed_and_says_what_is_missing() -> None:
    client = as_(first_person())
    sent = typed(a_proposal(board="", people=a_proposal().people[:2]), act="draft")
    assert client.post("/desk/setup/", sent).status_code == 303
    page = client.get("/desk/setup/").content.decode()
    assert 'value="ben@example.org"' in page
    assert "Name the board." in page


def test_more_lines_are_given_without_a_script() -> None:
    client = as_(first_person())
    client.post("/desk/setup/", typed(a_proposal(), act="more"))
    assert client.get("/desk/setup/").content.decode().count('<fieldset class="founder"') == 8


def test_an_incomplete_proposal_is_refused_with_everything_still_there() -> None:
    client = as_(first_person())
    answer = client.post("/desk/setup/", typed(a_proposal(board=""), act="propose"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Name the board." in page
    assert 'value="dora@example.org"' in page
    assert not Founding.objects.exists()


def test_proposed_it_waits_for_the_second_person_who_reads_everything_and_confirms() -> None:
    ada = first_person()
    client = as_(ada)
    assert client.post("/desk/setup/", typed(a_proposal(), act="propose")).status_code == 303
    assert "waits for Ben Okri" in client.get("/desk/setup/").content.decode()
    assert client.post("/desk/setup/", typed(a_proposal(), act="draft")).status_code == 409
    ben = as_(second_person())
    assert "Confirm the founding of Harbour Library" in ben.get("/desk/").content.decode()
    page = ben.get("/desk/setup/").content.decode()
    assert "dora@example.org" in page
    assert ben.post("/desk/setup/confirm/").status_code == 303
    assert organisation().founded
    assert "Harbour Library is founded" in ben.get("/desk/setup/").content.decode()
    assert not FoundingDraft.objects.exists()


def test_sent_back_it_says_why_to_the_first_person() -> None:
    proposed = propose()
    ben = as_(second_person())
    assert ben.post("/desk/setup/return/", {"reason": "Dora is leaving."}).status_code == 303
    ada = as_(PersonActor(proposed.proposer.pk, "Ada", frozenset()))
    page = ada.get("/desk/setup/").content.decode()
    assert "Dora is leaving." in page
    assert 'value="dora@example.org"' in page


def test_where_mail_goes_nowhere_the_invitation_is_shown_once(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    client = as_(first_person())
    client.post("/desk/setup/", typed(a_proposal(), act="propose"))
    link = "/accounts/password/reset/key/"
    assert link in client.get("/desk/setup/").content.decode()
    assert link not in client.get("/desk/setup/").content.decode()


def test_the_invitation_leads_to_a_password_and_in() -> None:
    propose()
    client = Client()
    form = client.get(password_link(Person.objects.get(name="Ben Okri")), follow=True)
    sent = {"password1": "grey-herons-at-noon", "password2": "grey-herons-at-noon"}
    client.post(form.request["PATH_INFO"], sent)
    assert Client().login(email="ben@example.org", password="grey-herons-at-noon")


def test_a_second_person_who_is_here_in_another_role_is_shown_it_on_today() -> None:
    ada = first_person()
    accounts.admit_person(actor=ada, name="Ben", email=SECOND.email, password=PASSWORD, roles=["interviewer"])
    assert "founding" not in as_(second_person()).get("/desk/").content.decode()
    propose_founding(actor=ada, proposal=a_proposal())
    page = as_(second_person()).get("/desk/").content.decode()
    assert "Confirm the founding of Harbour Library" in page
