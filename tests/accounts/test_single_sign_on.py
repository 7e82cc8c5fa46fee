"""Single sign-on through a real OpenID Connect provider on loopback: who was admitted gets in, nobody else."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import User
from tests.accounts.codes import enrol
from tests.accounts.provider import CLIENT, SECRET, Provider, running_provider
from tests.cast import Cast

LOGIN = "/accounts/sso/organisation/login/"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running_provider() as started:
        one = {
            "provider_id": "organisation",
            "name": "Aldgate",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": started.issuer},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [one]}}
        yield started


def go_through(client: Client, after: str = "/desk/", process: str = "login") -> Any:
    """From our page to the provider and back; what we answer at the end."""
    leaving = client.get(LOGIN, {"process": process, "next": after})
    assert leaving.status_code == 302, leaving.content.decode()[:500]
    answer = requests.get(leaving.headers["Location"], allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def test_the_sign_in_page_offers_it_only_where_it_is_set(
    provider: Provider, cast: Cast, settings: Any
) -> None:
    assert "Sign in with Aldgate" in Client().get("/accounts/login/?next=/desk/ballots/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Sign in with" not in Client().get("/accounts/login/").content.decode()


def test_who_was_admitted_signs_in_by_their_verified_address_and_returns_to_their_page(
    provider: Provider, cast: Cast
) -> None:
    provider.claims = {"sub": "77", "email": "Member@example.org", "email_verified": True}
    client = Client()
    response = go_through(client, "/desk/ballots/?cursor=x")
    assert (response.status_code, response.headers["Location"]) == (302, "/desk/ballots/?cursor=x")
    assert client.get("/desk/").status_code == 200
    assert "POST /token" in provider.asked
    # Nothing but the address ties the two together: when it changes, the way in closes.
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "78", "email": "stranger@example.org", "email_verified": True},
        {"sub": "79", "email": "member@example.org", "email_verified": False},
        {"sub": "80", "email": "member@example.org"},
        {"sub": "81"},
    ],
    ids=["not admitted", "address not verified", "nothing said of verification", "no address"],
)
def test_nobody_else_gets_in_or_is_signed_up(provider: Provider, cast: Cast, claims: dict[str, Any]) -> None:
    provider.claims = claims
    before = User.objects.count()
    client = Client()
    response = go_through(client)
    assert response.status_code == 200
    assert "Nobody signs up here" in response.content.decode()
    assert client.get("/desk/").status_code == 302
    assert User.objects.count() == before


def test_an_answer_to_somebody_elses_question_is_refused(provider: Provider, cast: Cast) -> None:
    provider.claims = {"sub": "77", "email": "member@example.org", "email_verified": True}
    asking, other = Client(), Client()
    leaving = asking.get(LOGIN, {"process": "login"})
    answer = requests.get(leaving.headers["Location"], allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    response = other.get(f"{back.path}?{back.query}")
    assert "Not signed in" in response.content.decode()
    assert other.get("/desk/").status_code == 302


def test_a_second_identity_is_not_tied_to_an_account(provider: Provider, cast: Cast) -> None:
    provider.claims = {"sub": "66", "email": "elsewhere@example.org", "email_verified": True}
    client = Client()
    client.force_login(
        cast.person("member").user,  # type: ignore[arg-type]
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    go_through(client, process="connect")
    assert not SocialAccount.objects.exists()


def test_a_second_factor_is_asked_after_single_sign_on_too(
    provider: Provider, cast: Cast, settings: Any
) -> None:
    settings.SECOND_FACTOR = "required"
    enrol(cast.person("member").user)  # type: ignore[arg-type]
    provider.claims = {"sub": "77", "email": "member@example.org", "email_verified": True}
    client = Client()
    assert go_through(client).headers["Location"] == "/accounts/security/authenticate/"
    assert client.get("/desk/").status_code == 302
