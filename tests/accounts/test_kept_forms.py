"""What somebody typed and could not send is kept for them, offered at the same address, and for nobody else."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.kept_forms import KEY, LIMIT
from tests.accounts.codes import sign_in
from tests.cast import Cast

HERE = {"HTTP_ORIGIN": "http://testserver"}
SENT = {"name": "Lark", "provider": "A house", "description": "Reads\nold hands."}


@pytest.fixture
def page() -> str:
    return reverse("lifecycle:model-new")


def signed_in_and_timed_out(name: str = "steward") -> Client:
    """A browser whose session has ended on the server; its cookies are as they were."""
    client = Client()
    sign_in(client, f"{name}@example.org")
    assert client.get("/desk/").status_code == 200
    Session.objects.all().delete()
    return client


def test_a_form_sent_after_the_session_ended_is_offered_again_after_sign_in(cast: Cast, page: str) -> None:
    client = signed_in_and_timed_out()
    response = client.post(page, SENT, **HERE)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/accounts/login/?next={page}"
    assert "What you sent is kept" in client.get("/accounts/login/").content.decode()
    assert sign_in(client, "steward@example.org", page).headers["Location"] == page
    text = client.get(page).content.decode()
    assert "You were signed out while sending this. Nothing is lost." in text
    for value in SENT.values():
        assert value in text
    # Sent again with what the page holds, it reaches the page's own view.
    response = client.post(page, SENT, **HERE)
    assert "Nothing is lost" not in response.content.decode()
    assert "Nothing is lost" not in client.get(page).content.decode()


def test_passwords_are_not_kept(cast: Cast, page: str) -> None:
    client = signed_in_and_timed_out()
    client.post(page, SENT | {"new_password": "hush-hush-hush"}, **HERE)
    assert "hush-hush-hush" not in str(client.session[KEY])
    assert ["name", ["Lark"]] in client.session[KEY]["fields"]


def test_somebody_else_who_signs_in_sees_nothing_of_it(cast: Cast, page: str) -> None:
    client = signed_in_and_timed_out("steward")
    client.post(page, SENT, **HERE)
    sign_in(client, "secretary@example.org", page)
    assert "old hands" not in client.get(page).content.decode()
    assert KEY not in client.session


def test_what_another_site_posts_is_not_kept(cast: Cast, page: str) -> None:
    client = signed_in_and_timed_out()
    for elsewhere in ({"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}, {}):
        assert client.post(page, SENT, **elsewhere).status_code == 302
    assert KEY not in client.session


def test_it_can_be_discarded(cast: Cast, page: str) -> None:
    client = signed_in_and_timed_out()
    client.post(page, SENT, **HERE)
    sign_in(client, "steward@example.org", page)
    response = client.post(page, {"kept_form_discard": "1"}, **HERE)
    assert (response.status_code, response.headers["Location"]) == (303, page)
    assert "Nothing is lost" not in client.get(page).content.decode()


def test_other_pages_work_while_something_is_kept(cast: Cast, page: str) -> None:
    client = signed_in_and_timed_out()
    client.post(page, SENT, **HERE)
    sign_in(client, "steward@example.org")
    assert "Nothing is lost" not in client.get("/desk/").content.decode()
    assert "Nothing is lost" in client.get(page).content.decode()


def test_what_is_too_long_is_not_kept_and_the_page_says_so(cast: Cast, page: str) -> None:
    client = signed_in_and_timed_out()
    client.post(page, {"name": "x" * (LIMIT + 1)}, **HERE)
    assert client.session[KEY]["fields"] == []
    sign_in(client, "steward@example.org", page)
    assert "too long to be kept" in client.get(page).content.decode()


def test_a_form_with_an_old_token_is_offered_again_instead_of_a_bare_refusal(cast: Cast, page: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.person("steward").user)  # type: ignore[arg-type]
    client.get(page)
    response = client.post(page, SENT | {"csrfmiddlewaretoken": "o" * 64}, **HERE)
    assert (response.status_code, response.headers["Location"]) == (303, page)
    text = client.get(page).content.decode()
    assert "This page was opened before you signed in. Nothing is lost." in text


def test_a_form_forged_elsewhere_is_refused_and_not_kept(cast: Cast, page: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.person("steward").user)  # type: ignore[arg-type]
    response = client.post(page, SENT, HTTP_ORIGIN="https://evil.example")
    assert response.status_code == 403
    assert KEY not in client.session


def test_a_session_that_ended_takes_no_cookie_of_the_form_s_fields(cast: Cast, page: str) -> None:
    client = signed_in_and_timed_out()
    response = client.post(page, SENT, **HERE)
    assert "Lark" not in response.cookies.output()


def test_a_live_part_of_a_page_does_not_lead_a_signed_out_reader_away_from_what_they_type(cast: Cast) -> None:
    assert Client().get("/desk/", HTTP_HX_REQUEST="true").status_code == 401


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/",
        "//evil.example",
        r"/\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
    ],
)
def test_sign_in_never_leads_off_the_site(cast: Cast, evil: str) -> None:
    response: Any = sign_in(Client(), "member@example.org", evil)
    assert response.headers["Location"] == "/desk/"


def test_more_tries_than_a_person_makes_get_a_page_that_says_so(cast: Cast) -> None:
    client = Client()
    answers = [sign_in(client, f"nobody-{n}@example.org", password="wrong") for n in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many tries" in answers[-1].content.decode()


def test_guessing_one_persons_password_is_stopped_even_with_the_right_one(cast: Cast) -> None:
    client = Client()
    for _ in range(5):
        sign_in(client, "member@example.org", password="wrong")
    response = sign_in(client, "member@example.org")
    assert "Too many tries. Wait five minutes" in response.content.decode()
    assert client.get("/desk/").status_code == 302
