"""The door: by address and password, back to where one wanted to go; every try is an event."""

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Person, User
from audit.models import Event
from audit.testing import recorded
from tests.cast import PASSWORD, Cast


def sign_in(client: Client, password: str, after: str = "/desk/") -> object:
    return client.post(
        f"/accounts/login/?next={after}", {"login": "member@example.org", "password": password, "next": after}
    )


def test_a_desk_page_leads_to_sign_in_and_back(cast: Cast) -> None:
    client = Client()
    response = client.get("/desk/ballots/?page=2")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/desk/ballots/%3Fpage%3D2")
    assert sign_in(client, PASSWORD, "/desk/").headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_signing_in_and_out_are_events(cast: Cast) -> None:
    client = Client()
    sign_in(client, PASSWORD)
    client.post("/accounts/logout/")
    verbs = [event.verb for event in Event.objects.all()[:2]]
    assert verbs == ["accounts.sign_in.ended", "accounts.sign_in.succeeded"]


def test_a_failed_sign_in_is_an_event_without_the_words_typed(cast: Cast) -> None:
    client = Client()
    assert sign_in(client, "wrong-secret-words").status_code == 200
    event = Event.objects.latest("number")
    assert (event.verb, event.target_label) == ("accounts.sign_in.failed", "Member")
    assert "wrong-secret-words" not in str(event.__dict__)


def test_nobody_signs_up_by_themselves(db: None) -> None:
    before = User.objects.count()
    Client().post(
        "/accounts/signup/", {"email": "eve@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert User.objects.count() == before


def test_a_deactivated_person_is_refused_at_the_desk(cast: Cast) -> None:
    client = Client()
    sign_in(client, PASSWORD)
    with recorded():
        person = Person.objects.get(pk=cast.member.id)
        person.active = False
        person.save()
    response = client.get("/desk/")
    assert response.status_code == 403
    assert "not active here" in response.content.decode()


def test_no_history_holds_a_password_hash_or_address(cast: Cast) -> None:

    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(h)::text from accounts_historicalperson h")
        text = " ".join(row for (row,) in cursor.fetchall())
    user = User.objects.first()
    assert user is not None
    assert user.password not in text
    assert "@example.org" not in text


@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/password/reset/"])
def test_the_pages_at_the_door_have_one_heading_and_no_script_of_their_own(page: str, db: None) -> None:
    text = Client().get(page).content.decode()
    assert text.count("<h1") == 1
    assert "<script>" not in text
    assert "style=" not in text
