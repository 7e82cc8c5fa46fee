"""The second factor: who must have one, who is asked for it, how long a proof lasts, what is kept meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from accounts import commands
from audit.models import Event
from board.models import Position
from core import clock
from tests.accounts.codes import SECRET, code_of, enrol, sign_in, sign_in_with_code
from tests.cast import Cast, end_of
from tests.factories.house import furnish

SECURITY = "/accounts/security/"


@pytest.fixture
def required(settings: Any) -> None:
    settings.SECOND_FACTOR = "required"


def enrolled(cast: Cast, *names: str) -> None:
    for name in names:
        user = cast.person(name).user
        assert user is not None
        enrol(user)


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("role", ["member", "secretary", "auditor"])
def test_who_decides_keeps_or_audits_is_led_to_enrolment_from_every_desk_page(role: str, cast: Cast) -> None:
    client = Client()
    sign_in(client, f"{role}@example.org")
    for page in ("/desk/", "/desk/ballots/", "/desk/audit/"):
        response = client.get(page)
        assert (response.status_code, response.headers["Location"]) == (302, SECURITY)
    assert "need a second factor" in client.get(SECURITY).content.decode()


@pytest.mark.usefixtures("required")
def test_other_roles_go_straight_to_the_desk(cast: Cast) -> None:
    client = Client()
    sign_in(client, "editor@example.org")
    assert client.get("/desk/").status_code == 200


def test_where_it_is_only_offered_nobody_is_asked_even_with_a_factor(cast: Cast) -> None:
    enrolled(cast, "member")
    client = Client()
    assert sign_in(client, "member@example.org").headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


@pytest.mark.usefixtures("required")
def test_who_has_a_factor_is_asked_for_a_code_and_returns_to_the_page_they_wanted(cast: Cast) -> None:
    enrolled(cast, "member")
    client = Client()
    response = sign_in_with_code(client, "member@example.org", "/desk/ballots/?cursor=x")
    assert response.headers["Location"] == "/desk/ballots/?cursor=x"
    assert client.get("/desk/").status_code == 200


@pytest.mark.usefixtures("required")
def test_a_wrong_code_opens_nothing_and_is_an_event_without_the_code(cast: Cast) -> None:
    enrolled(cast, "member")
    client = Client()
    sign_in(client, "member@example.org")
    wrong = f"{(int(code_of(SECRET)) + 1) % 1_000_000:06}"
    response = client.post(f"{SECURITY}authenticate/", {"code": wrong})
    assert "This code does not fit" in response.content.decode()
    assert client.get("/desk/").status_code == 302
    event = Event.objects.latest("number")
    assert (event.verb, event.target_label) == ("accounts.factor.failed", "Member")
    assert wrong not in str(event.__dict__)


@pytest.mark.usefixtures("required")
def test_a_code_works_once(cast: Cast) -> None:
    enrolled(cast, "member")
    first, second = Client(), Client()
    code = code_of(SECRET)
    for client in (first, second):
        sign_in(client, "member@example.org")
        client.post(f"{SECURITY}authenticate/", {"code": code})
    assert first.get("/desk/").status_code == 200
    assert second.get("/desk/").status_code == 302


@pytest.mark.usefixtures("required")
def test_a_recovery_code_signs_in_once_and_is_an_event(cast: Cast) -> None:
    user = cast.person("member").user
    assert user is not None
    code = enrol(user)[0]
    for expected in (200, 302):
        client = Client()
        sign_in(client, "member@example.org")
        client.post(f"{SECURITY}authenticate/", {"code": code})
        assert client.get("/desk/").status_code == expected
    used = Event.objects.get(verb="accounts.recovery_code.used")
    assert used.target_label == "Member"
    assert code not in str(used.__dict__)


def test_a_secret_is_not_in_the_database_as_it_is(cast: Cast) -> None:
    enrolled(cast, "member")
    data = Authenticator.objects.get(type="totp").data
    assert SECRET not in str(data)
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of(SECRET))


@pytest.mark.usefixtures("required")
def test_a_vote_with_a_fresh_factor_is_recorded_at_once(cast: Cast) -> None:
    house = furnish(cast)
    enrolled(cast, "member")
    client = Client()
    sign_in_with_code(client, "member@example.org")
    page = f"/desk/ballots/{house.open_ballot.pk}/position/"
    assert client.post(page, {"position": "approve", "reason": ""}).status_code == 303


@pytest.mark.usefixtures("required")
def test_a_vote_without_a_fresh_factor_is_kept_until_the_member_has_proved_themselves(cast: Cast) -> None:
    house = furnish(cast)
    enrolled(cast, "member")
    client = Client()
    sign_in_with_code(client, "member@example.org")
    page = f"/desk/ballots/{house.open_ballot.pk}/position/"
    sent = {"position": "reject", "reason": "The oldest hands have no other help."}
    with clock.moved(timedelta(minutes=16)):
        response = client.post(page, sent)
        assert response.headers["Location"] == f"{SECURITY}reauthenticate/?next={page.replace('/', '%2F')}"
        assert not Position.objects.filter(reason=sent["reason"]).exists()
    _forget_used_codes()
    response = client.post(f"{SECURITY}reauthenticate/", {"code": code_of(SECRET), "next": page})
    assert response.headers["Location"] == page
    offered = client.get(page).content.decode()
    assert "Nothing is lost" in offered
    assert sent["reason"] in offered
    assert client.post(page, sent).status_code == 303
    assert Position.objects.get(reason=sent["reason"]).position == "reject"
    assert "Nothing is lost" not in client.get(f"/desk/ballots/{house.open_ballot.pk}/").content.decode()


def _forget_used_codes() -> None:
    """As if half a minute had passed: the code shown is another one."""
    cache.clear()


@pytest.mark.usefixtures("required")
def test_somebody_without_a_factor_sets_one_up_before_an_act_that_needs_it(cast: Cast) -> None:
    house = furnish(cast)
    client = Client()
    sign_in(client, "steward@example.org")
    response = client.post(f"/desk/ballots/{house.open_ballot.pk}/certify/", {"sure": "on"})
    assert (response.status_code, response.headers["Location"]) == (302, SECURITY)


def test_votes_recusals_and_certificates_ask_for_a_fresh_factor() -> None:
    asking = {
        pattern.name
        for resolver in get_resolver().url_patterns
        for pattern in getattr(resolver, "url_patterns", [])
        if _asks(getattr(pattern, "callback", None))
    }
    assert asking >= {
        "ballot-position",
        "ballot-enter",
        "ballot-recuse",
        "ballot-certify",
        "motion-pack-export",
        "model-suspend",
        "suspension-confirm",
        "suspension-lift",
    }


def _asks(view: Callable[..., Any] | None) -> bool:
    while view is not None:
        if getattr(view, "needs_fresh_factor", False):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


@pytest.mark.usefixtures("required")
def test_a_role_withdrawn_while_the_page_is_open_closes_the_act_with_its_reason(cast: Cast) -> None:
    house = furnish(cast)
    enrolled(cast, "secretary")
    # Somebody who may still read the vote; from others it is hidden altogether.
    commands.grant_role(
        actor=cast.steward, person_id=cast.secretary.id, role="auditor", ends_at=end_of("auditor")
    )
    client = Client()
    sign_in_with_code(client, "secretary@example.org")
    page = f"/desk/ballots/{house.open_ballot.pk}/close/"
    assert client.get(page).status_code == 200
    grant = cast.person("secretary").grants.get(role="secretary")
    commands.revoke_role(actor=cast.steward, grant_id=grant.pk, reason="The term is over.")
    response = client.post(page, {"reason": "Everybody has voted."})
    assert response.status_code == 403
    assert "secretary" in response.content.decode().lower()
