"""Where one is signed in: only one's own, ended at once, with an event."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts import commands, sessions
from audit.models import Event
from core.errors import NotAllowed
from tests.accounts.codes import sign_in
from tests.cast import Cast

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1"
)


def browser(user_agent: str, name: str = "member") -> Client:
    client = Client(headers={"user-agent": user_agent})
    sign_in(client, f"{name}@example.org")
    return client


def test_a_person_sees_their_own_sign_ins_with_device_and_address(cast: Cast) -> None:
    here = browser(FIREFOX)
    browser(SAFARI)
    browser(FIREFOX, "colleague")
    text = here.get("/accounts/security/").content.decode()
    assert text.count('<tr><th scope="row">') == 2
    assert "Firefox on Linux" in text
    assert "Safari on iPhone" in text
    assert "127.0.0.1" in text


def test_an_ended_session_is_signed_out_at_its_next_request(cast: Cast) -> None:
    here, there = browser(FIREFOX), browser(SAFARI)
    other = UserSession.objects.get(user_agent=SAFARI)
    response = here.post("/accounts/security/sessions/end/", {"session": other.pk})
    assert response.status_code == 303
    assert there.get("/desk/").status_code == 302
    assert here.get("/desk/").status_code == 200
    event = Event.objects.latest("number")
    assert (event.verb, event.target_label, event.data) == ("accounts.session.ended", "Member", {"count": 1})


def test_all_others_are_ended_together(cast: Cast) -> None:
    here = browser(FIREFOX)
    others = [browser(SAFARI), browser(FIREFOX)]
    here.post("/accounts/security/sessions/end/", {"session": "others"})
    assert [other.get("/desk/").status_code for other in others] == [302, 302]
    assert here.get("/desk/").status_code == 200


def test_nobody_ends_somebody_elses(cast: Cast) -> None:
    here = browser(FIREFOX)
    there = browser(SAFARI, "colleague")
    foreign = UserSession.objects.get(user_agent=SAFARI)
    assert here.post("/accounts/security/sessions/end/", {"session": foreign.pk}).status_code == 404
    with pytest.raises(NotAllowed):
        commands.end_sessions(actor=cast.member, person_id=cast.colleague.id, session_ids=[foreign.pk])
    assert there.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (FIREFOX, "Firefox on Linux"),
        (SAFARI, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("curl/8.0", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_device_is_called_as_its_owner_calls_it(user_agent: str, device: str) -> None:
    assert sessions.device_of(user_agent) == device
